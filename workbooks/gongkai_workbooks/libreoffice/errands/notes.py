"""Notes of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from .document import Document, Sheet, cell_address, places_of, spans_of, struct

if TYPE_CHECKING:
    from .document import Place

_ANNOTATION = 8
_LEAST = (11_000, 500)
"""Width, and the least height, in hundredths of a millimetre."""
_LONGEST_STEP = 30_000
_FEW = 4


def notes(document: Document, name: str, places: Sequence[Place]) -> list[tuple[int, int, str]]:
    """Row, column and text of the notes of those of the places that have one."""
    if not places:
        return []
    sheet = document.sheet(name)
    noted = places_of(spans_of(_together(sheet, places).queryContentCells(_ANNOTATION)))
    if not noted:
        return []
    if len(noted) < _FEW or sheet.annotations.getCount() > 2 * len(noted):
        return [(*place, annotation(sheet.cell(place)).getString()) for place in noted]
    # From the list a note is one object, from its cell two.
    asked, found = set(noted), []
    for number in range(sheet.annotations.getCount()):
        note = _filled(partial(sheet.annotations.getByIndex, number))
        at = note.getPosition()
        if (at.Row + 1, at.Column + 1) in asked:
            found.append((at.Row + 1, at.Column + 1, note.getString()))
    return found


def add_notes(document: Document, name: str, texts: Sequence[tuple[int, int, str]]) -> None:
    """New notes on cells that have none: row, column and text of each."""
    sheet = document.sheet(name)
    annotations, number = sheet.annotations, sheet.number
    for row, column, text in texts:
        annotations.insertNew(cell_address(number, (row, column)), text)
    size = struct("com.sun.star.awt.Size", Width=_LEAST[0], Height=_LEAST[1])
    for row, column, _ in texts:
        # A new note is as narrow as a column; it grows with its text, but does not shrink.
        sheet.cell((row, column)).getAnnotation().getAnnotationShape().setSize(size)


def append_note(document: Document, name: str, place: Place, tail: str) -> None:
    """Add a text to a note; what stands there keeps its format."""
    note = annotation(document.sheet(name).cell(place))
    cursor = note.createTextCursor()
    cursor.gotoEnd(False)
    note.insertString(cursor, tail, False)


def cut_note(document: Document, name: str, place: Place, start: int, length: int) -> None:
    """Take ``length`` characters from ``start`` (from 0) out of a note; the rest keeps its format."""
    cursor = annotation(document.sheet(name).cell(place)).createTextCursor()
    cursor.gotoStart(False)
    for count, selecting in ((start, False), (length, True)):
        while count > 0:
            step = min(count, _LONGEST_STEP)
            cursor.goRight(step, selecting)
            count -= step
    cursor.setString("")


def remove_notes(document: Document, name: str, places: Sequence[Place]) -> None:
    """Remove the notes of the cells."""
    if places:
        _together(document.sheet(name), places).clearContents(_ANNOTATION)


def annotation(cell: Any) -> Any:
    """The annotation of a cell, ready to be read; one without text where the cell has no note."""
    return _filled(cell.getAnnotation)


def _filled(get: Callable[[], Any]) -> Any:
    # Newer versions (25.2 does, 7.4 does not) give a note of an opened file its text only with its shape, which
    # is made when asked for; an object that was asked for the text before stays empty.
    note = get()
    if not note.getString() and note.getAnnotationShape() is not None:
        note = get()
    return note


def _together(sheet: Sheet, places: Sequence[Place]) -> Any:
    return sheet.together([[*place, *place] for place in places])
