"""An xlwings engine that holds its workbooks in memory and speaks Excel's object model, for tests without a spreadsheet program."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from xlwings import App as XlwingsApp
from xlwings import Book as XlwingsBook
from xlwings import base_classes

from gongkai_workbooks.cells import parse_a1
from gongkai_workbooks.grid import Span
from gongkai_workbooks.libreoffice.dates import day_number
from gongkai_workbooks.live.sheet_values import error_code

from .object_cells import NoteObject
from .object_model import Application, RangeObject, Workbook, Worksheet

_WEIGHTS = {"thin": (1, 2), "medium": (1, -4138), "thick": (1, 4), "dashed": (-4115, 2), "dotted": (-4118, 2)}


def open_in_memory(*paths: Path) -> XlwingsApp:
    """A program that has these workbooks open."""
    app = App(Application())
    for path in paths:
        app.model.workbooks.append(_loaded(app.model, path))
    if app.model.workbooks:
        app.model.ActiveWorkbook = app.model.workbooks[0]
    return XlwingsApp(impl=app)


def workbook_in_memory(path: Path) -> XlwingsBook:
    """One workbook, open in a program of its own."""
    return open_in_memory(path).books[0]


def model_of(book: XlwingsBook) -> Workbook:
    """The workbook behind the xlwings object."""
    model: Workbook = book.api
    return model


def _loaded(app: Application, path: Path) -> Workbook:
    book = Workbook(app, path.name)
    for source in openpyxl.load_workbook(path).worksheets:
        sheet = book.add(source.title)
        sheet.Visible = {"visible": -1, "hidden": 0, "veryHidden": 2}[source.sheet_state]
        sheet.ProtectContents = bool(source.protection.sheet)
        sheet.merges = [Span(m.min_row, m.min_col, m.max_row, m.max_col) for m in source.merged_cells.ranges]
        sheet.hidden_rows = {row for row, line in source.row_dimensions.items() if line.hidden}
        for line in source.column_dimensions.values():
            if line.hidden and line.min is not None and line.max is not None:
                sheet.hidden_columns.update(range(line.min, line.max + 1))
        for row in source.iter_rows():
            for cell in row:
                _load_cell(sheet, cell)
    book.ActiveSheet = next(sheet for sheet in book.worksheets if sheet.Visible == -1)
    book.window.RangeSelection = book.ActiveSheet.range("A1")
    return book


def _load_cell(sheet: Worksheet, source: Any) -> None:
    if source.value is None and not source.has_style:
        return
    cell = sheet.cell(source.row, source.column)
    value = source.value
    if source.data_type == "f":
        cell.formula = str(value)
    elif source.data_type == "e":
        cell.value = error_code(value)
    elif isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        cell.value, cell.style["date"] = day_number(value), True
    else:
        cell.value = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    cell.number_format = source.number_format
    cell.locked = source.protection.locked
    if source.fill.fill_type == "solid":
        cell.interior = {"Pattern": 1, "Color": _bgr(source.fill.fgColor.rgb)}
    if source.comment is not None:
        cell.comment = NoteObject(cell, source.comment.text)
    row, column = source.row, source.column
    for side, key in (
        ("left", ("v", row, column)),
        ("right", ("v", row, column + 1)),
        ("top", ("h", row, column)),
        ("bottom", ("h", row + 1, column)),
    ):
        line = getattr(source.border, side)
        if line is not None and line.style is not None:
            style, weight = _WEIGHTS[line.style]
            sheet.edges[key] = {"LineStyle": style, "Weight": weight, "Color": _bgr(getattr(line.color, "rgb", None))}


def _bgr(argb: object) -> int:
    if not isinstance(argb, str):
        return 0
    red, green, blue = (int(argb[i : i + 2], 16) for i in (2, 4, 6))
    return red | green << 8 | blue << 16


class Engine:
    name, type = "memory", "desktop"
    apps: list[App] = []  # noqa: RUF012

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any = None) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(data: Any, builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool) -> Any:
        return [[empty_as if value is None else value for value in row] for row in data]


ENGINE = Engine()


def _setting(name: str) -> property:
    def get(self: App) -> Any:
        return self.model.settings[name]

    def put(self: App, value: Any) -> None:
        self.model.settings[name] = value

    return property(get, put)


class App(base_classes.App):
    engine = ENGINE
    pid, hwnd, version, visible = 1, 4711, "16.0", True
    screen_updating, enable_events = _setting("screen_updating"), _setting("enable_events")
    display_alerts, calculation = _setting("display_alerts"), _setting("calculation")
    status_bar = _setting("status_bar")

    def __init__(self, model: Application) -> None:
        self.model = model
        self.calculated = 0

    @property
    def api(self) -> Application:
        return self.model

    @property
    def books(self) -> Books:
        return Books(self)

    def calculate(self) -> None:
        self.calculated += 1


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    def _all(self) -> list[Book]:
        return [Book(self.app, model) for model in self.app.model.workbooks]

    @property
    def active(self) -> Book:
        return Book(self.app, self.app.model.ActiveWorkbook)

    def __call__(self, key: str | int) -> Book:
        for number, book in enumerate(self._all(), 1):
            if key in (number, book.name):
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.app.model.workbooks)

    def __iter__(self) -> Iterator[Book]:
        return iter(self._all())


class Book(base_classes.Book):
    def __init__(self, app: App, model: Workbook) -> None:
        self._app, self.model = app, model

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> Workbook:
        return self.model

    @property
    def name(self) -> str:
        self.model.app.answer()
        return self.model.Name

    fullname = name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    def activate(self) -> None:
        self.model.app.ActiveWorkbook = self.model


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self.book = book

    def __call__(self, key: str | int) -> Sheet:
        for number, sheet in enumerate(self.book.model.worksheets, 1):
            if key in (number, sheet.Name):
                return Sheet(self.book, sheet)
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.book.model.worksheets)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, sheet) for sheet in self.book.model.worksheets])

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        place = None if after is None else self.book.model.worksheets.index(after.model) + 1
        return Sheet(self.book, self.book.model.add(name or "Sheet", place))


class Sheet(base_classes.Sheet):
    def __init__(self, book: Book, model: Worksheet) -> None:
        self._book, self.model = book, model

    @property
    def book(self) -> Book:
        return self._book

    @property
    def api(self) -> Worksheet:
        return self.model

    @property
    def name(self) -> str:
        return self.model.Name

    @name.setter
    def name(self, value: str) -> None:
        self.model.Name = value

    @property
    def visible(self) -> bool:
        return self.model.Visible == -1

    @visible.setter
    def visible(self, value: bool) -> None:
        self.model.Visible = -1 if value else 0

    def range(self, first: Any, last: Any = None) -> Range:
        if isinstance(first, str):
            return Range(self, self.model.range(first))
        top, left = _place(first)
        bottom, right = _place(last or first)
        return Range(self, RangeObject(self.model, [Span(top, left, bottom, right)]))

    @property
    def used_range(self) -> Range:
        self.model.book.app.answer()
        places = [place for place, cell in self.model.grid.items() if cell.value is not None or cell.formula] or [
            (1, 1)
        ]
        rows, columns = [place[0] for place in places], [place[1] for place in places]
        span = Span(min(rows), min(columns), max(rows), max(columns))
        for merge in self.model.merges:
            span = Span(
                min(span.top, merge.top),
                min(span.left, merge.left),
                max(span.bottom, merge.bottom),
                max(span.right, merge.right),
            )
        return Range(self, RangeObject(self.model, [span]))

    def delete(self) -> None:
        self.model.book.worksheets.remove(self.model)
        if self.model.book.ActiveSheet is self.model:
            self.model.book.ActiveSheet = self.model.book.worksheets[0]


class Range(base_classes.Range):
    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: Sheet, model: RangeObject) -> None:
        self._sheet, self.model = sheet, model

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def api(self) -> RangeObject:
        return self.model

    @property
    def row(self) -> int:
        return self.model.spans[0].top

    @property
    def column(self) -> int:
        return self.model.spans[0].left

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self.model.spans[0]
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    @property
    def address(self) -> str:
        return self.model.Address

    @property
    def raw_value(self) -> Any:
        return self.model.Value

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        setattr(self.model, "Value", value)  # noqa: B010

    @property
    def formula(self) -> Any:
        return self.model.Formula

    @formula.setter
    def formula(self, value: Any) -> None:
        setattr(self.model, "Formula", value)  # noqa: B010

    @property
    def number_format(self) -> str | None:
        return self.model.NumberFormat

    @number_format.setter
    def number_format(self, value: str) -> None:
        setattr(self.model, "NumberFormat", value)  # noqa: B010

    @property
    def column_width(self) -> float:
        return self._sheet.model.widths.get(self.column, 8.0)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._sheet.model.widths[self.column] = value

    def clear(self) -> None:
        self.model.Clear()

    def __call__(self, row: int, column: int | None = None) -> Range:
        return self._sheet.range((self.row + row - 1, self.column + (column or 1) - 1))


def _place(where: Any) -> tuple[int, int]:
    if isinstance(where, str):
        return parse_a1(where)
    if isinstance(where, Range):
        return where.row, where.column
    row, column = where
    return row, column
