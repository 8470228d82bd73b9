"""What is right in the nine disclosure sheets. Knows no file format and no user interface."""
