"""What one cell holds, whether it may be written, and writing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .document import Document

if TYPE_CHECKING:
    from .document import Place

_CHARACTER = (
    *("CharColor", "CharEscapement", "CharFontName", "CharFontNameAsian", "CharHeight", "CharHeightAsian"),
    *("CharPosture", "CharPostureAsian", "CharStrikeout", "CharUnderline", "CharWeight", "CharWeightAsian"),
)
"""The look of characters, in alphabetical order as LibreOffice wants it."""


def kind(document: Document, name: str, place: Place) -> str:
    """``EMPTY``, ``VALUE``, ``TEXT`` or ``FORMULA``; a part of an array formula is a formula itself here."""
    return str(document.sheet(name).cell(place).getType().value)


def content(document: Document, name: str, place: Place) -> tuple[str, str | float]:
    """The kind, and the number or text."""
    cell = document.sheet(name).cell(place)
    found = str(cell.getType().value)
    return found, float(cell.getValue()) if found == "VALUE" else str(cell.getString())


def obstacle(document: Document, name: str, place: Place) -> str:
    """``locked`` where protection would not let the cell be written, ``array`` where an array formula fills it, ``formatted`` where a part of its text has
    a format of its own."""
    sheet = document.sheet(name)
    cell = sheet.cell(place)
    if sheet.native.isProtected() and cell.CellProtection.IsLocked:
        return "locked"
    if cell.getArrayFormula():
        return "array"
    return "formatted" if _is_partly_formatted(cell) else ""


def put_number(document: Document, name: str, place: Place, number: float) -> None:
    """Let a cell hold a number."""
    document.sheet(name).cell(place).setValue(number)


def put_text(document: Document, name: str, place: Place, text: str) -> None:
    """Let a cell hold a text; one that looks like a number would give the cell the format of texts."""
    cell = document.sheet(name).cell(place)
    number_format = cell.NumberFormat
    cell.setString(text)
    if cell.NumberFormat != number_format:
        cell.NumberFormat = number_format


def _is_partly_formatted(cell: Any) -> bool:
    """Whether the characters of a text differ in their look; portions alone tell nothing, because scripts are kept apart too."""
    if cell.getType().value != "TEXT":
        return False
    looks: set[str] = set()
    paragraphs = cell.getText().createEnumeration()
    while paragraphs.hasMoreElements():
        portions = paragraphs.nextElement().createEnumeration()
        while portions.hasMoreElements():
            looks.add(str(portions.nextElement().getPropertyValues(_CHARACTER)))
    return len(looks) > 1
