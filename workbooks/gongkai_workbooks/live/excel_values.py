"""What a cell of Excel holds, and how to let it hold a number or a text without Excel making something else of it."""

from __future__ import annotations

from typing import Any

from .busy import BusyError, GoneError, sentence_of
from .cell_content import Content
from .sheet_values import error_text

_CHARACTER = ("Name", "Size", "Bold", "Italic", "Underline", "Strikethrough", "Color", "Superscript", "Subscript")
_TEXT_FORMAT, _GENERAL = "@", "General"


def optional(thing: Any, name: str) -> Any:
    """A property that not every version has, or that is refused where it does not apply; None then."""
    try:
        return getattr(thing, name)
    except Exception as error:
        if isinstance(sentence_of(error, ""), BusyError | GoneError):
            raise
        return None


def cell_content(cell: Any) -> Content:
    """What a cell without formula holds."""
    value = cell.Value2
    if value is None or value == "":
        return Content("blank")
    if isinstance(value, str):
        return Content("text", value, cell.PrefixCharacter == "'")
    if isinstance(value, bool):
        return Content("bool", "TRUE" if value else "FALSE")
    return Content("error", error_text(value)) if isinstance(value, int) else Content("number", repr(float(value)))


def is_partly_formatted(cell: Any) -> bool:
    """Whether the characters of a text differ in their look: asked for the look of all, Excel answers with null."""
    font = cell.Font
    return any(getattr(font, name) is None for name in _CHARACTER)


def put_content(cell: Any, content: Content) -> None:
    """Let a cell hold it. The number format is the same afterwards."""
    if content.kind == "number":
        _put_under(cell, content.number, _GENERAL, only_for=_TEXT_FORMAT)
    elif content.kind == "text" and content.quoted:
        cell.Value2 = f"'{content.text}"
    elif content.kind == "text":
        # Under any other format a text such as 00123 would become a number.
        _put_under(cell, content.text, _TEXT_FORMAT)
    elif content.kind == "bool":
        cell.Value2 = content.text == "TRUE"
    elif content.kind == "error":
        cell.Formula = content.text
    else:
        cell.Value2 = ""


def _put_under(cell: Any, value: float | str, number_format: str, *, only_for: str = "") -> None:
    before = cell.NumberFormat
    changed = before != number_format and only_for in ("", before)
    if changed:
        cell.NumberFormat = number_format
    try:
        cell.Value2 = value
    finally:
        if changed:
            cell.NumberFormat = before
