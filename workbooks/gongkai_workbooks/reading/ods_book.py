"""OpenDocument spreadsheets, ``.ods``: read here and not by calamine, whose addresses would depend on repeated rows.

In this format one row or cell can stand for a million, merged areas, faults and formulas stand in the cells, and all sheets share
one part; so expat reads it once and everything is at hand.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from xml.parsers import expat

from gongkai_workbooks.errors import PasswordError, UnreadableError
from gongkai_workbooks.grid import NEVER_CALCULATED, CellValue, Grid, Span

from .limits import MAX_AREA, MAX_COLUMN, MAX_ROW, MAX_SHEETS, MAX_TEXT_BYTES
from .saved_book import SheetEntry
from .small_xml import REFUSED
from .xml_encoding import as_utf8
from .zip_archive import DAMAGED, TOO_LARGE, ZipArchive

_ENCRYPTED = "文件设有打开密码，而 .ods 格式的密码这里打不开。请用 WPS 或 LibreOffice 打开，取消密码后另存为 .xlsx 格式"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_DRAWING = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "

_ERROR = re.compile(r"#[A-Z]+[A-Z/0-9]*[!?]|#N/A|Err:[0-9]{3}")
_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,6})D)?T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})(?:[.,]([0-9]{1,9}))?S)?"
)
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_BLANKS = re.compile(r"[ \t\r\n]+")
_MAX_SPACES = 10_000
_EMPTY_ROW: list[CellValue] = []


class _Sheet:
    """What was read of one table."""

    def __init__(self, name: str, style: str) -> None:
        self.name = name
        self.style = style
        self.rows: dict[int, list[tuple[int, int, CellValue]]] = {}
        """Runs of equal values by row: first column, last column, value."""
        self.faults: dict[tuple[int, int], str] = {}
        self.formulas: dict[tuple[int, int], str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Span] = []


class OdsBook:
    """An opened ``.ods`` package."""

    def __init__(self, archive: ZipArchive) -> None:
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise PasswordError(_ENCRYPTED)
        reader = _ContentReader(as_utf8(archive.read("content.xml")))
        self._sheets = reader.sheets
        self._visible = [sheet.style not in reader.hidden_styles for sheet in self._sheets]
        self.sheets: Sequence[SheetEntry] = tuple(
            SheetEntry(sheet.name, visible, "") for sheet, visible in zip(self._sheets, self._visible, strict=True)
        )

    def read(self, chosen: Sequence[int]) -> list[Grid]:
        """See ``SavedBook``."""
        return [_grid(self._sheets[place], self._visible[place]) for place in chosen]

    def formulas(self, place: int) -> Mapping[tuple[int, int], str]:
        """See ``SavedBook``."""
        return {place: _plain_formula(text) for place, text in self._sheets[place].formulas.items()}


class _ContentReader:
    def __init__(self, xml: bytes) -> None:
        self.sheets: list[_Sheet] = []
        self.hidden_styles: set[str] = set()
        self._sheet: _Sheet | None = None
        self._nested = 0
        self._skipped = 0
        self._style = ""
        self._row = self._row_repeat = self._column = 0
        self._list_column = 0
        self._runs: list[tuple[int, int, CellValue]] = []
        self._attributes: dict[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._size = 0
        self._area = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise UnreadableError(DAMAGED) from error

    def _doctype(self, *_: object) -> None:
        raise UnreadableError(REFUSED)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name.startswith(_DRAWING) or name == _OFFICE + "annotation":
            # Notes and drawings hold paragraphs and tables of their own.
            self._skipped += 1
        elif name == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif name == _STYLE + "table-properties":
            if attributes.get(_TABLE + "display") == "false":
                self.hidden_styles.add(self._style)
        elif name == _TABLE + "table":
            self._begin_table(attributes)
        elif self._sheet is None or self._nested:
            return
        elif name == _TABLE + "table-row":
            self._row_repeat = _count(attributes.get(_TABLE + "number-rows-repeated"))
            self._column = 1
            self._runs = []
            if attributes.get(_TABLE + "visibility") in ("collapse", "filter"):
                self._sheet.hidden_rows.update(range(self._row, min(self._row + self._row_repeat, MAX_ROW + 1)))
        elif name == _TABLE + "table-column":
            repeat = _count(attributes.get(_TABLE + "number-columns-repeated"))
            if attributes.get(_TABLE + "visibility") in ("collapse", "filter"):
                last = min(self._list_column + repeat, MAX_COLUMN + 1)
                self._sheet.hidden_columns.update(range(self._list_column, last))
            self._list_column += repeat
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._attributes = attributes
            self._paragraphs = []
        elif self._attributes is not None:
            self._start_text(name, attributes)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        if self._sheet is not None:
            self._nested += 1
            return
        self._sheet = _Sheet(attributes.get(_TABLE + "name", ""), attributes.get(_TABLE + "style-name", ""))
        self._row = self._list_column = 1
        # Copies of sheets in other files, kept for formulas that refer to them.
        if not self._sheet.name.startswith("'file:"):
            self.sheets.append(self._sheet)
            if len(self.sheets) > MAX_SHEETS:
                raise UnreadableError(TOO_LARGE)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TEXT + "p":
            self._paragraphs.append([])
        elif not self._paragraphs:
            return
        elif name == _TEXT + "s":
            self._paragraphs[-1].append("\0" * min(_count(attributes.get(_TEXT + "c")), _MAX_SPACES))
        elif name == _TEXT + "tab":
            self._paragraphs[-1].append("\t")
        elif name == _TEXT + "line-break":
            self._paragraphs.append([])

    def _characters(self, data: str) -> None:
        if self._attributes is not None and self._paragraphs and not self._skipped:
            self._paragraphs[-1].append(_BLANKS.sub(" ", data))

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == _TABLE + "table":
            if self._nested:
                self._nested -= 1
            else:
                self._sheet = None
        elif self._sheet is None or self._nested:
            return
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell") and self._attributes is not None:
            self._end_cell(self._sheet, self._attributes)
            self._attributes = None
        elif name == _TABLE + "table-row":
            self._end_row(self._sheet)

    def _end_cell(self, sheet: _Sheet, attributes: dict[str, str]) -> None:
        repeat = _count(attributes.get(_TABLE + "number-columns-repeated"))
        first, last = self._column, self._column + repeat - 1
        self._column += repeat
        text = "\n".join("".join(pieces).strip(" ").replace("\0", " ") for pieces in self._paragraphs)
        formula = attributes.get(_TABLE + "formula")
        fault, value = _value(attributes, formula is not None, text)
        across = _count(attributes.get(_TABLE + "number-columns-spanned"))
        down = _count(attributes.get(_TABLE + "number-rows-spanned"))
        if across > 1 or down > 1:
            sheet.merges.append(Span(self._row, first, self._row + down - 1, first + across - 1))
        if formula is None and not fault and value == "":
            return
        self._area += repeat * self._row_repeat
        self._size += len(text) * repeat * self._row_repeat * 3
        if last > MAX_COLUMN or self._area > MAX_AREA or self._size > MAX_TEXT_BYTES:
            raise UnreadableError(TOO_LARGE)
        if value != "":
            self._runs.append((first, last, value))
        if formula is not None or fault:
            for row in range(self._row, self._row + self._row_repeat):
                for column in range(first, last + 1):
                    if formula is not None:
                        sheet.formulas[row, column] = formula
                    if fault:
                        sheet.faults[row, column] = fault

    def _end_row(self, sheet: _Sheet) -> None:
        last = self._row + self._row_repeat
        if self._runs:
            if last - 1 > MAX_ROW:
                raise UnreadableError(TOO_LARGE)
            for row in range(self._row, last):
                sheet.rows[row] = self._runs
        self._row = min(last, MAX_ROW + 1)


def _value(attributes: dict[str, str], is_formula: bool, text: str) -> tuple[str, CellValue]:
    """The fault of a cell, or "" and its value."""
    kind = attributes.get(_OFFICE + "value-type", "")
    if attributes.get(_CALC + "value-type") == "error" or (is_formula and _ERROR.fullmatch(text)):
        return text or "#VALUE!", ""
    if kind in ("float", "percentage", "currency"):
        return "", float(attributes.get(_OFFICE + "value", ""))
    if kind == "boolean":
        return "", attributes.get(_OFFICE + "boolean-value") == "true"
    if kind == "date":
        return "", _date(attributes.get(_OFFICE + "date-value", ""))
    if kind == "time":
        return "", _time(attributes.get(_OFFICE + "time-value", ""))
    if kind == "string":
        return "", attributes.get(_OFFICE + "string-value", text)
    return (NEVER_CALCULATED, "") if is_formula else ("", text)


def _date(text: str) -> CellValue:
    try:
        if len(text) == 10:
            return datetime.date.fromisoformat(text)
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return text


def _time(text: str) -> CellValue:
    match = _DURATION.fullmatch(text)
    if match is None:
        return text
    sign, days, hours, minutes, seconds, fraction = match.groups()
    whole = datetime.timedelta(
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=int((fraction or "0").ljust(6, "0")[:6]),
    )
    if not sign and whole < datetime.timedelta(days=1):
        return (datetime.datetime.min + whole).time()
    return -whole if sign else whole


def _grid(sheet: _Sheet, visible: bool) -> Grid:
    top = min(sheet.rows, default=1)
    left = min((runs[0][0] for runs in sheet.rows.values()), default=1)
    rows = [_EMPTY_ROW] * (max(sheet.rows, default=0) - top + 1)
    made: dict[int, list[CellValue]] = {}
    total = 0
    for number, runs in sheet.rows.items():
        row = made.get(id(runs))
        if row is None:
            width = runs[-1][1] - left + 1
            total += width
            if total > 2 * MAX_AREA:
                raise UnreadableError(TOO_LARGE)
            row = made[id(runs)] = [""] * width
            for first, last, value in runs:
                row[first - left : last - left + 1] = [value] * (last - first + 1)
        rows[number - top] = row
    return Grid(
        sheet.name,
        rows,
        top,
        left,
        visible,
        tuple(sheet.merges),
        sheet.faults,
        frozenset(sheet.formulas),
        frozenset(sheet.hidden_rows),
        frozenset(sheet.hidden_columns),
    )


def _plain_formula(text: str) -> str:
    """``of:=SUM([.A1:.B2])`` as Excel writes it: ``=SUM(A1:B2)``."""
    start = text.find("=")
    return "=" + _REFERENCE.sub(lambda match: _plain_reference(match[1]), text[start + 1 :])


def _plain_reference(text: str) -> str:
    ends = []
    for end in text.split(":"):
        sheet, _, cell = end.rpartition(".")
        ends.append(f"{sheet.lstrip('$')}!{cell}" if sheet else cell)
    return ":".join(ends)


def _count(text: str | None) -> int:
    if text is None:
        return 1
    if not text.isdecimal() or len(text) > 9:
        raise UnreadableError(DAMAGED)
    return max(1, int(text))
