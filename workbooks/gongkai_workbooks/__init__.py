"""Sheets, cells and files of a department's final accounts. Knows no rule and no user."""
