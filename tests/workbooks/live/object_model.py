"""As much of Excel's object model as the product uses, in memory and with Excel's habits.

Edges are shared by neighbours, a text that looks like a number becomes one, a format of text keeps numbers out, an address may
have 255 characters, a question to many cells is answered with null when they differ, and sheets may be protected.
"""

# The names are Excel's.
# ruff: noqa: N802

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from gongkai_workbooks.cells import column_letters, parse_a1
from gongkai_workbooks.grid import Span

from .object_cells import (
    LONGEST_ADDRESS,
    LONGEST_OF_MANY,
    Borders,
    Cell,
    ChartSheet,
    Font,
    Gone,
    Hyperlinks,
    Interior,
    Lines,
    NoteObject,
    Refused,
    Rejected,
    SheetNames,
    Validation,
    Window,
    Windows,
    Workbooks,
)

T = TypeVar("T")


class RangeObject:
    def __init__(self, sheet: Worksheet, spans: list[Span]) -> None:
        self.__dict__.update(sheet=sheet, spans=spans)

    sheet: Worksheet
    spans: list[Span]

    def places(self) -> Iterator[tuple[int, int]]:
        for top, left, bottom, right in self.spans:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column

    def cells(self) -> list[Cell]:
        return [self.sheet.cell(*place) for place in self.places()]

    def first(self) -> Cell:
        return self.sheet.cell(self.spans[0].top, self.spans[0].left)

    def rows(self, take: Any) -> Any:
        self.sheet.book.app.answer()
        top, left, bottom, right = self.spans[0]
        rows = tuple(
            tuple(take(self.sheet.cell(row, column)) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    @property
    def Value2(self) -> Any:
        return self.rows(self.sheet.result)

    @property
    def Value(self) -> Any:
        return self.rows(self.sheet.shown)

    @property
    def Formula(self) -> Any:
        return self.rows(lambda cell: cell.formula.replace("@", "") or _as_typed(cell))

    @property
    def Formula2(self) -> Any:
        if not self.sheet.book.app.knows_arrays:
            raise AttributeError("Formula2")
        return self.rows(lambda cell: cell.formula or _as_typed(cell))

    @property
    def HasFormula(self) -> bool | None:
        return _common({bool(cell.formula) for cell in self.cells()})

    HasArray = False

    @property
    def MergeCells(self) -> bool | None:
        self.sheet.book.app.answer()
        return _common({self.sheet.merge_at(*place) is not None for place in self.places()})

    @property
    def MergeArea(self) -> RangeObject:
        row, column = self.spans[0].top, self.spans[0].left
        return RangeObject(self.sheet, [self.sheet.merge_at(row, column) or Span(row, column, row, column)])

    @property
    def Address(self) -> str:
        return ",".join(_absolute(span) for span in self.spans)

    @property
    def Row(self) -> int:
        return self.spans[0].top

    @property
    def EntireRow(self) -> Lines:
        return Lines(self.sheet.hidden_rows, range(self.spans[0].top, self.spans[0].bottom + 1))

    @property
    def EntireColumn(self) -> Lines:
        return Lines(self.sheet.hidden_columns, range(self.spans[0].left, self.spans[0].right + 1))

    @property
    def Locked(self) -> bool | None:
        return _common({cell.locked for cell in self.cells()})

    @property
    def NumberFormat(self) -> str | None:
        return _common({cell.number_format for cell in self.cells()})

    @property
    def PrefixCharacter(self) -> str:
        return self.first().prefix

    @property
    def Interior(self) -> Interior:
        self.sheet.check(formats=True)
        return Interior(self.cells())

    @property
    def Borders(self) -> Borders:
        return Borders(self)

    @property
    def Font(self) -> Font:
        return Font(self.cells())

    @property
    def Validation(self) -> Validation:
        return Validation(self.sheet, self.Address)

    @property
    def Comment(self) -> NoteObject | None:
        self.sheet.book.app.answer()
        return self.first().comment

    @property
    def CommentThreaded(self) -> object:
        return self.first().threaded

    def __setattr__(self, name: str, value: Any) -> None:
        self.sheet.book.app.answer()
        contents = name in ("Value", "Value2", "Formula", "Formula2")
        self.sheet.check(formats=not contents, cells=self.cells())
        if contents:
            rows = value if isinstance(value, list | tuple) else [[value]]
            if rows is value and any(
                isinstance(cell, str) and len(cell) > LONGEST_OF_MANY for row in rows for cell in row
            ):
                raise Refused("a text is too long to be written with others")
            if name == "Formula" and self.sheet.book.app.knows_arrays:
                # A product of areas is one of single cells then.
                rows = [[re.sub(r"([A-Z]+[0-9]+:)", r"@\1", value) if "*" in value else value]]
            top, left = self.spans[0].top, self.spans[0].left
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    self.sheet.type_in(top + i, left + j, cell)
            return
        for cell in self.cells():
            if name == "NumberFormat":
                cell.number_format = value
            else:
                cell.style[name] = value

    def AddComment(self, text: str) -> NoteObject:
        self.sheet.check(formats=True)
        cell = self.first()
        if cell.comment is not None:
            raise Refused("there is a comment")
        cell.comment = NoteObject(cell, "")
        cell.comment.runs.clear()
        cell.comment.Text(text)
        return cell.comment

    def AutoFilter(self) -> None:
        self.sheet.filter = self.Address

    def Select(self) -> None:
        if self.sheet.book.ActiveSheet is not self.sheet:
            raise Refused("not the active sheet")
        self.sheet.book.window.RangeSelection = self

    def Clear(self) -> None:
        for place in self.places():
            self.sheet.grid.pop(place, None)


def _common(found: set[T]) -> T | None:
    return found.pop() if len(found) == 1 else None


def _as_typed(cell: Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _absolute(span: Span) -> str:
    first = f"${column_letters(span.left)}${span.top}"
    last = f"${column_letters(span.right)}${span.bottom}"
    return first if first == last else f"{first}:{last}"


class Worksheet:
    def __init__(self, book: Workbook, name: str) -> None:
        self.book, self.Name, self.Application = book, name, book.app
        self.grid: dict[tuple[int, int], Cell] = {}
        self.edges: dict[tuple[str, int, int], dict[str, Any]] = {}
        self.merges: list[Span] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.widths: dict[int, float] = {}
        self.links: dict[str, str] = {}
        self.lists: dict[str, str] = {}
        self.filter = ""
        self.frozen = 0
        self.Visible = -1
        self.ProtectContents = self.ProtectDrawingObjects = False
        self.Names = SheetNames(self)
        self.Hyperlinks = Hyperlinks(self)

    def cell(self, row: int, column: int) -> Cell:
        return self.grid.setdefault((row, column), Cell())

    def merge_at(self, row: int, column: int) -> Span | None:
        for span in self.merges:
            if span.top <= row <= span.bottom and span.left <= column <= span.right:
                return span
        return None

    def check(self, *, formats: bool, cells: list[Cell] | None = None) -> None:
        """Excel refuses whatever a protected sheet forbids."""
        self.book.app.answer()
        if self.ProtectContents and (formats or any(cell.locked for cell in cells or ())):
            raise Refused("the sheet is protected")

    def range(self, address: str) -> RangeObject:
        if len(address) > LONGEST_ADDRESS:
            raise Refused("the address is too long")
        spans = []
        for part in address.replace("$", "").split(","):
            first, _, last = part.partition(":")
            (top, left), (bottom, right) = parse_a1(first), parse_a1(last or first)
            spans.append(Span(top, left, bottom, right))
        self.book.app.addresses.append(address)
        return RangeObject(self, spans)

    def type_in(self, row: int, column: int, value: Any) -> None:
        """What Excel makes of a value that is assigned to a cell."""
        cell = self.cell(row, column)
        cell.formula = cell.prefix = ""
        if cell.number_format == "@" and not isinstance(value, bool) and value not in ("", None):
            cell.value = value if isinstance(value, str) else f"{value:.15g}"
            return
        if isinstance(value, str) and value.startswith("'"):
            cell.prefix, cell.value = "'", value[1:]
        elif isinstance(value, str) and value.startswith("="):
            cell.formula, cell.value = value, None
        elif isinstance(value, str) and re.fullmatch(r"-?[0-9,]*\.?[0-9]+", value):
            cell.value = float(value.replace(",", ""))
        elif value == "":
            cell.value = None
        else:
            cell.value = float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def result(self, cell: Cell) -> Any:
        return self._calculated(cell.formula) if cell.formula else cell.value

    def shown(self, cell: Cell) -> Any:
        value = self.result(cell)
        if isinstance(value, float) and cell.style.get("date"):
            from gongkai_workbooks.libreoffice.dates import moment

            return moment(value)
        return value

    def _calculated(self, formula: str) -> float:
        """Sums and differences of cells and areas."""

        def number(match: re.Match[str]) -> str:
            first, last = match[1], match[2] or match[1]
            (top, left), (bottom, right) = parse_a1(first), parse_a1(last)
            cells = RangeObject(self, [Span(top, left, bottom, right)]).cells()
            found = [self.result(cell) for cell in cells]
            return repr(sum(value for value in found if isinstance(value, float)))

        plain = formula[1:].replace("SUM", "").replace("@", "")
        text = re.sub(r"([A-Z]+[0-9]+)(?::([A-Z]+[0-9]+))?", number, plain)
        assert re.fullmatch(r"[-+*()0-9.e ]+", text), formula
        return float(eval(text))

    def Activate(self) -> None:
        if self.Visible != -1:
            raise Refused("the sheet is hidden")
        self.book.ActiveSheet = self


class Workbook:
    def __init__(self, app: Application, name: str) -> None:
        self.app = self.Application = app
        self.Name, self.FullName = name, f"D:\\决算\\{name}"
        self.worksheets: list[Worksheet] = []
        self.charts: list[ChartSheet] = []
        self.ProtectStructure = self.MultiUserEditing = self.Final = False
        self.window = Window(self)
        self.Windows = Windows(self.window)
        self.ActiveSheet: Any = None

    def add(self, name: str, place: int | None = None) -> Worksheet:
        if self.ProtectStructure:
            raise Refused("the structure is protected")
        sheet = Worksheet(self, name)
        self.worksheets.insert(len(self.worksheets) if place is None else place, sheet)
        # Excel brings a new sheet to the front.
        self.ActiveSheet = sheet
        self.window.RangeSelection = sheet.range("A1")
        return sheet

    def Activate(self) -> None:
        self.app.ActiveWorkbook = self

    def add_chart(self, name: str) -> ChartSheet:
        """A chart that fills a sheet of its own, in front."""
        self.charts.append(ChartSheet(self, name))
        self.ActiveSheet = self.charts[-1]
        return self.charts[-1]

    def Sheets(self, name: str) -> Any:
        sheets: list[Any] = [*self.worksheets, *self.charts]
        return next(sheet for sheet in sheets if sheet.Name == name)


class Application:
    """``busy`` rejects that many calls, as while a cell is edited; ``fails_at`` breaks off at that call."""

    def __init__(self) -> None:
        self.workbooks: list[Workbook] = []
        self.Workbooks = Workbooks(self.workbooks)
        self.ActiveWorkbook: Any = None
        self.addresses: list[str] = []
        self.calls = 0
        self.busy = 0
        self.fails_at = -1
        self.knows_arrays = False
        """Whether formulas may fill several cells, as in versions from 2021."""
        self.Ready = self.DisplayAlerts = True
        self.Name, self.Path, self.Hwnd = "Microsoft Excel", "C:\\Program Files\\Microsoft Office", 4711
        self.settings: dict[str, Any] = {
            "screen_updating": True,
            "enable_events": True,
            "display_alerts": True,
            "calculation": "automatic",
            "status_bar": False,
        }

    def answer(self) -> None:
        self.calls += 1
        if self.busy:
            self.busy -= 1
            raise Rejected
        if self.calls == self.fails_at:
            raise Gone

    def Goto(self, cells: RangeObject) -> None:
        cells.Select()
