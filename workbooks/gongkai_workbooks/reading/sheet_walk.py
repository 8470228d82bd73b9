"""A worksheet's XML read element by element, for sheets that ``plain_part`` cannot vouch for, and for formula texts.

expat does the reading: it builds no tree, so memory is bounded by the values, and it never follows an entity.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from gongkai_workbooks.cells import column_letters, column_number
from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.grid import NEVER_CALCULATED

from .far_cells import Layout, layout_of
from .limits import MAX_AREA, MAX_COLUMN, MAX_ROW
from .sheet_part import SheetPart, column_range, refuse_doctype
from .zip_archive import DAMAGED, TOO_LARGE

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_MAX_VALUES = MAX_AREA // 2


class Formula(NamedTuple):
    """Formula text without ``=``; ``shared`` is the number of the shared formula that the cell defines or follows, or ""."""

    text: str
    shared: str


class _Cell(NamedTuple):
    row: int
    column: int
    kind: str
    style: str
    text: str


class SheetWalk:
    """All cells of one worksheet, with their faults and formulas. ``xml`` is UTF-8. Raises ``UnreadableError``."""

    def __init__(self, xml: bytes) -> None:
        refuse_doctype(xml)
        self.values: list[_Cell] = []
        self.faults: dict[tuple[int, int], str] = {}
        self.formulas: dict[tuple[int, int], Formula] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[str] = []
        self.cells = 0
        self._root = ""
        self._in_data = False
        self._in_cell = False
        self._phonetic = 0
        self._row = self._column = 0
        self._kind = self._style = self._shared = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] = []
        self._text: list[str] = []
        self._preserve = False
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise UnreadableError(DAMAGED) from error
        if self._root != "worksheet":
            raise UnreadableError(DAMAGED)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._text.clear()
        if not self._root:
            self._root = local
        if self._in_cell:
            if local == "f":
                self._shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
            elif local == "t":
                self._preserve = attributes.get("xml:space") == "preserve"
            elif local == "rPh":
                self._phonetic += 1
        elif local == "sheetData":
            self._in_data = True
        elif local == "row" and self._in_data:
            self._row = _whole(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.add(self._row)
        elif local == "c" and self._in_data:
            self._begin_cell(attributes)
        elif local == "col":
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_columns.update(column_range(attributes.get("min", ""), attributes.get("max", "")))
        elif local == "mergeCell":
            self.merges.append(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        self._in_cell = True
        if "r" in attributes:
            match = _ADDRESS.fullmatch(attributes["r"])
            if match is None:
                raise UnreadableError(DAMAGED)
            self._column, self._row = column_number(match[1]), int(match[2])
        else:
            self._column += 1
        if not (1 <= self._row <= MAX_ROW and 1 <= self._column <= MAX_COLUMN):
            raise UnreadableError(DAMAGED)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = self._formula = None
        self._inline.clear()

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "sheetData":
            self._in_data = False
        elif self._in_cell:
            if local == "v":
                self._value = "".join(self._text)
            elif local == "f":
                self._formula = "".join(self._text)
            elif local == "t" and not self._phonetic:
                text = "".join(self._text)
                self._inline.append(text if self._preserve else text.strip(" \t\r\n"))
            elif local == "rPh":
                self._phonetic -= 1
            elif local == "c":
                self._in_cell = False
                self._finish_cell()
        self._text.clear()

    def _finish_cell(self) -> None:
        place = (self._row, self._column)
        text = self._value or ""
        if self._formula is not None:
            self.formulas[place] = Formula(self._formula, self._shared)
        if self._kind == "e":
            self.faults[place] = text.strip() or "#VALUE!"
            return
        if self._kind == "inlineStr":
            text = "".join(self._inline)
        elif self._formula is not None and not text and (self._value is None or self._kind != "str"):
            self.faults[place] = NEVER_CALCULATED
            return
        if text:
            self.values.append(_Cell(*place, self._kind, self._style, text))
            if len(self.values) > _MAX_VALUES:
                raise UnreadableError(TOO_LARGE)


def walked_part(xml: bytes) -> SheetPart:
    """The sheet for calamine, written anew; far cells are brought together when the rectangle around them is too large."""
    walk = SheetWalk(xml)
    layout = layout_of((cell.row for cell in walk.values), (cell.column for cell in walk.values))
    return SheetPart(
        _written(walk, layout),
        walk.cells,
        layout,
        walk.faults,
        frozenset(walk.formulas),
        frozenset(walk.hidden_rows),
        frozenset(walk.hidden_columns),
    )


def _written(walk: SheetWalk, layout: Layout) -> bytes:
    rows = {row: place for place, row in enumerate(layout.row_numbers or (), 1)}
    columns = {column: place for place, column in enumerate(layout.column_numbers or (), 1)}
    pieces = ["<worksheet><mergeCells>"]
    pieces += [f'<mergeCell ref="{reference}"/>' for reference in walk.merges if _is_range(reference)]
    pieces.append("</mergeCells><sheetData><row>")
    for row, column, kind, style, text in walk.values:
        if kind == "b":
            text = "0" if text.strip() in ("0", "false") else "1"
        elif not _fits(kind, text):
            kind = "str"
        address = f"{column_letters(columns.get(column, column))}{rows.get(row, row)}"
        tag = f'<c r="{address}" t="{kind}"' + (f' s="{style}">' if style.isdecimal() else ">")
        content = _escaped(text if kind in ("str", "inlineStr") else text.strip())
        if kind == "inlineStr":
            pieces.append(f'{tag}<is><t xml:space="preserve">{content}</t></is></c>')
        else:
            pieces.append(f"{tag}<v>{content}</v></c>")
    pieces.append("</row></sheetData></worksheet>")
    return "".join(pieces).encode("utf-8", "replace")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fits(kind: str, text: str) -> bool:
    if kind == "n":
        return _NUMBER.fullmatch(text.strip()) is not None
    if kind == "s":
        return text.strip().isdecimal()
    return kind in ("d", "str", "inlineStr")


def _is_range(reference: str) -> bool:
    ends = reference.split(":")
    return len(ends) <= 2 and all(_ADDRESS.fullmatch(end) for end in ends)


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 7:
        raise UnreadableError(DAMAGED)
    return int(text)
