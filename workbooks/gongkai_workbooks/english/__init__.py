"""Chinese sentences in English."""
