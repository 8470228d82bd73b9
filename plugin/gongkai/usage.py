"""What the user asked for cannot be done as asked."""

from __future__ import annotations


class UsageError(Exception):
    """``str()`` is the sentence for the user; the program then leaves with 2."""
