"""The XML of one worksheet, made ready for calamine, with what calamine would lose of it.

calamine drops error values, formulas without a stored result and all formula positions, and it allocates the whole rectangle
between the first and the last value. So the XML is looked through first. Nearly every sheet is *plain*: written the way Excel,
WPS and the usual libraries write, which a few byte searches prove. Any other goes through ``sheet_walk``, which
understands all of XML and writes the cells anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gongkai_workbooks.cells import column_number
from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.grid import NEVER_CALCULATED

from .far_cells import IN_PLACE, Layout
from .limits import MAX_AREA, MAX_COLUMN, MAX_ROW, MIB
from .small_xml import REFUSED

ERROR_TEXTS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""The error values that calamine knows; with any other (``#SPILL!``) it refuses the whole sheet."""


class SheetPart(NamedTuple):
    """A sheet for calamine, and what is known of it besides.

    ``xml`` holds the merged ranges and the cells only, placed as ``layout`` says; ``cells`` counts the cell elements.
    """

    xml: bytes
    cells: int
    layout: Layout = IN_PLACE
    faults: Mapping[tuple[int, int], str] = {}
    formulas: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


# Digits become 0, capitals A, other small letters x; quotes and the colon of a prefix are made one with their likes; blanks go.
# In the result a cell element is <c, its address r="A0, a formula <f, an error type ="e", whatever way it was written.
_SHAPES = bytearray(range(256))
for _byte in range(256):
    _character = chr(_byte)
    if "0" <= _character <= "9":
        _SHAPES[_byte] = ord("0")
    elif "A" <= _character <= "Z":
        _SHAPES[_byte] = ord("A")
    elif "a" <= _character <= "z" and _character not in "cdefhinr":
        _SHAPES[_byte] = ord("x")
_SHAPES[ord("'")] = ord('"')
_SHAPES[ord(":")] = ord("<")
_DROPPED = b" \t\r\n" + bytes(range(128, 256))

# Compiled when first needed: most workbooks need none, and compiling takes as long as reading a small workbook.
_PHANTOM = rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]+")?(?: t="n")? ?/>'
_TAG = rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: [A-Za-z:]+="[^"<>]*")* ?(/?)>'
_BEFORE_FORMULA = rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"([^<>]*)>'
_AFTER_FORMULA = rb"(?:[^<>]*/>|[^<>]*>[^<]*</f>)(?:(<v)[^<>]*>(?:([^<]*)</v>)?)?</c>"
_ERROR_CELL = (
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"[^<>]* t="e"[^<>]*>(?:<f(?:[^<>]*/>|[^<>]*>[^<]*</f>))?'
    rb"<v>([^<]*)</v></c>"
)
_ROW_TAG = rb"<row ([^<>]*)>"
_COLUMN_TAG = rb"<col ([^<>]*)>"
_ATTRIBUTE = rb'([A-Za-z:]+)="([^"<>]*)"'
_MIN_STRIPPED = 4 * MIB


def plain_part(xml: bytes) -> SheetPart | None:
    """The sheet for calamine, or None when the XML is not plain and must be walked. ``xml`` is UTF-8."""
    start = xml.find(b"<sheetData")
    head = xml[: max(start, 0)]
    if start < 0 or b"<worksheet" not in head or b"<!" in head:
        return None
    stop = xml.find(b"</sheetData>", start)
    if stop < 0:
        return None
    body, tail = xml[start : stop + 12], xml[stop + 12 :]
    if b"sheetData" in tail or b"<!" in tail or b":mergeCell" in tail:
        return None
    if len(body) > _MIN_STRIPPED:
        # Whole columns that were coloured in: a hundred thousand rows of empty cells.
        body = re.sub(_PHANTOM, b"", body)
    shape = body.translate(_SHAPES, _DROPPED)
    cells = shape.count(b"<c")
    narrow = shape.count(b'<cr="A0') == cells
    if not narrow and shape.count(b'<cr="A0') + shape.count(b'<cr="AA0') + shape.count(b'<cr="AAA0') != cells:
        return None
    # Looking for a single byte is many times faster than for two, and these are rare.
    if b"!" in body and b"<!" in shape:
        return None
    layout = IN_PLACE
    if not narrow or b"A0000" in shape:
        known = _area(body, cells)
        if known is None or known > MAX_AREA:
            return None
        layout = Layout(known)
    part = SheetPart(b"".join((b"<worksheet>", _merges(tail), body, b"</worksheet>")), cells, layout)
    formulas = shape.count(b"<f") if b"f" in body else 0
    errors = shape.count(b'="e"')
    if formulas or errors:
        marked = _mark(body, formulas, errors)
        if marked is None:
            return None
        part = part._replace(faults=marked[0], formulas=marked[1])
    if (b"d" in body and b"hidden" in body) or b"hidden" in head:
        hidden = _hidden(head, body)
        if hidden is None:
            return None
        part = part._replace(hidden_rows=hidden[0], hidden_columns=hidden[1])
    return part


def refuse_doctype(xml: bytes) -> None:
    """Raise ``UnreadableError`` when the XML declares a document type: no office program writes one."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise UnreadableError(REFUSED)


def _merges(tail: bytes) -> bytes:
    # They go before the cells: calamine looks for them in a second pass, which then ends at once.
    start = tail.find(b"<mergeCells")
    stop = tail.find(b"</mergeCells>", start)
    return tail[start : stop + 13] if 0 <= start < stop else b"<mergeCells/>"


def _area(body: bytes, cells: int) -> int | None:
    tags = re.findall(_TAG, body)
    if len(tags) != cells:
        return None
    valued = [(letters, int(row)) for letters, row, slash in tags if not slash]
    if not valued:
        return 0
    rows = [row for _, row in valued]
    columns = [column_number(letters.decode("ascii")) for letters in {letters for letters, _ in valued}]
    if max(rows) > MAX_ROW or max(columns) > MAX_COLUMN:
        return None
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def _mark(
    body: bytes, formulas: int, errors: int
) -> tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]] | None:
    """Faults and formula positions; None when a cell is written in a way that the patterns do not know."""
    faults: dict[tuple[int, int], str] = {}
    places: list[tuple[int, int]] = []
    columns = _Columns()
    before_formula, after_formula = re.compile(_BEFORE_FORMULA), re.compile(_AFTER_FORMULA)
    before, *pieces = body.split(b"<f")
    if len(pieces) != formulas:
        return None
    for piece in pieces:
        cell = before_formula.fullmatch(before, max(before.rfind(b"<"), 0))
        rest = after_formula.match(piece)
        if cell is None or rest is None:
            return None
        letters, row, attributes = cell.groups()
        has_value, value = rest.groups()
        place = (int(row), columns[letters])
        places.append(place)
        if not value and not (has_value and b' t="str"' in attributes):
            faults[place] = NEVER_CALCULATED
        before = piece
    if errors:
        wrong = re.findall(_ERROR_CELL, body)
        if len(wrong) != errors:
            return None
        for letters, row, value in wrong:
            text = value.decode("utf-8", "replace")
            if text not in ERROR_TEXTS:
                return None
            faults[int(row), columns[letters]] = text
    return faults, frozenset(places)


class _Columns(dict[bytes, int]):
    """Column numbers by letters, worked out once each."""

    def __missing__(self, letters: bytes) -> int:
        number = self[letters] = column_number(letters.decode("ascii"))
        return number


def _hidden(head: bytes, body: bytes) -> tuple[frozenset[int], frozenset[int]] | None:
    """Hidden rows and columns; None when a tag is written in a way that the patterns do not know."""
    rows: list[int] = []
    columns: set[int] = set()
    if _hides(body):
        tags = re.findall(_ROW_TAG, body)
        if len(tags) + body.count(b"<row>") != body.count(b"<row") or b"='" in body or b" =" in body or b"= " in body:
            return None
        number = 0
        for tag in tags:
            attributes = dict(re.findall(_ATTRIBUTE, tag))
            number = int(attributes[b"r"]) if attributes.get(b"r", b"").isdigit() else number + 1
            if attributes.get(b"hidden") in (b"1", b"true"):
                rows.append(number)
    if _hides(head):
        tags = re.findall(_COLUMN_TAG, head)
        if len(tags) + head.count(b"<cols") != head.count(b"<col") or b"='" in head or b" =" in head or b"= " in head:
            return None
        for tag in tags:
            attributes = dict(re.findall(_ATTRIBUTE, tag))
            if attributes.get(b"hidden") in (b"1", b"true"):
                columns.update(column_range(attributes.get(b"min", b"").decode(), attributes.get(b"max", b"").decode()))
    return frozenset(rows), frozenset(columns)


def _hides(xml: bytes) -> bool:
    """Whether something is hidden: LibreOffice says of every row that it is not."""
    return xml.count(b"hidden") != xml.count(b'hidden="false"') + xml.count(b'hidden="0"')


def column_range(first: str, last: str) -> range:
    """The columns of a ``<col>`` element; empty when its bounds are no columns."""
    if not (first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6):
        return range(0)
    return range(max(1, int(first)), min(int(last), MAX_COLUMN) + 1)
