"""What the buttons do: one function each, over any host and the same checks as the command line."""
