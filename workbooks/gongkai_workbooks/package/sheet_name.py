"""The name of a sheet where a formula or a list of titles refers to it."""

from __future__ import annotations


def quoted(sheet: str) -> str:
    """The name as it stands in a formula: ``'公开01'``."""
    return "'" + sheet.replace("'", "''") + "'"
