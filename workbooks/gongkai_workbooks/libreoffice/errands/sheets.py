"""Sheets added, marked as ours, filled and removed."""

from __future__ import annotations

from collections.abc import Sequence

from .document import Document, cell_address


def add_sheet(document: Document, name: str) -> None:
    """Add a sheet after the last one."""
    document.sheets.insertNewByName(name, document.sheets.getCount())


def tagged(document: Document, names: Sequence[str], tag: str) -> list[str]:
    """Those of the sheets that carry a sheet-wide name ``tag``."""
    return [name for name in names if document.sheet(name).native.NamedRanges.hasByName(tag)]


def tag_sheet(document: Document, name: str, tag: str) -> None:
    """Give the sheet that sheet-wide name."""
    sheet = document.sheet(name)
    sheet.native.NamedRanges.addNewByName(tag, "1", cell_address(sheet.number, (1, 1)), 0)


def hide_sheet(document: Document, name: str) -> None:
    """Hide a sheet."""
    document.sheet(name).native.IsVisible = False


def remove_sheet(document: Document, name: str) -> None:
    """Remove a sheet."""
    document.sheets.removeByName(name)


def is_protected(document: Document, name: str) -> bool:
    """Whether a sheet is protected."""
    return bool(document.sheet(name).native.isProtected())


def put_texts(document: Document, name: str, rows: Sequence[Sequence[str | float]]) -> None:
    """Fill a sheet from A1 in one piece; every text stays a text."""
    width = max(map(len, rows))
    document.sheet(name).cells((1, 1, len(rows), width)).setDataArray(
        tuple(
            tuple(cell if isinstance(cell, str) else float(cell) for cell in row) + ("",) * (width - len(row))
            for row in rows
        )
    )
