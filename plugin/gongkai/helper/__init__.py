"""The resident helper: warm, one for each user, told over the loopback by the buttons what to do."""
