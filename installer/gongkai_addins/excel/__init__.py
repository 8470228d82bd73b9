"""The add-in of Excel and of WPS with macros."""
