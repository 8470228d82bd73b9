"""What the objects of the stand-in look like from outside: their members, as COM asks for them by name.

Whatever the model has, has the same name here. What real xlwings asks for beyond that is added by name in ``ADDED``.
"""

# The names are Excel's.
# ruff: noqa: N802, N803

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongkai_workbooks.grid import Span
from tests.workbooks.live.object_cells import (
    Border,
    Borders,
    Characters,
    Font,
    Gone,
    Hyperlinks,
    Interior,
    Lines,
    NoteObject,
    Refused,
    SheetName,
    SheetNames,
    Validation,
    Window,
    Windows,
    Workbooks,
)
from tests.workbooks.live.object_model import Application, RangeObject, Workbook, Worksheet

from .state import state_of

MODEL = (
    Application,
    Border,
    Borders,
    Characters,
    Font,
    Hyperlinks,
    Interior,
    Lines,
    NoteObject,
    RangeObject,
    SheetName,
    SheetNames,
    Validation,
    Window,
    Windows,
    Workbook,
    Workbooks,
    Worksheet,
)
SETTINGS = {
    "ScreenUpdating": "screen_updating",
    "EnableEvents": "enable_events",
    "StatusBar": "status_bar",
    "Calculation": "calculation",
}
KNOBS = {"Busy": "busy", "DiesAtFill": "dies_at_fill"}
"""What a test turns: how many calls are rejected, and at which filling of cells the program dies."""
MODES = {"automatic": -4105, "manual": -4135, "semiautomatic": 2}
ANY_NAME = {
    Interior: "Color ThemeColor TintAndShade Pattern PatternColor PatternThemeColor PatternTintAndShade",
    Border: "LineStyle Weight Color ThemeColor TintAndShade",
    Font: "Name Size Bold Italic Underline Strikethrough Color Superscript Subscript",
    Borders: "LineStyle Weight Color",
    RangeObject: "HorizontalAlignment VerticalAlignment WrapText",
}
"""Objects that keep whatever they are told: the names that Excel knows."""


class Sheets:
    """The sheets of a workbook, or those of a few of them."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    @property
    def Count(self) -> int:
        return len(self.book.worksheets)

    def __call__(self, key: str | float) -> Worksheet:
        for number, sheet in enumerate(self.book.worksheets, 1):
            if key == number or str(key).casefold() == sheet.Name.casefold():
                return sheet
        raise Refused("subscript out of range")

    def __iter__(self) -> Any:
        return iter(self.book.worksheets)

    def Add(self, Before: Any = None, After: Any = None, Count: Any = None, Type: Any = None) -> Worksheet:
        place = self.book.worksheets.index(Before) if isinstance(Before, Worksheet) else 0
        self.book.app.answer()
        return self.book.add(f"Sheet{len(self.book.worksheets) + 1}", place)


class Count:
    """The rows or columns of a range, of which only the number is asked for."""

    def __init__(self, number: int) -> None:
        self.Count = number


def _cells(sheet: Worksheet, row: float, column: float) -> RangeObject:
    place = int(row), int(column)
    return RangeObject(sheet, [Span(*place, *place)])


def _range(sheet: Worksheet, first: Any, last: Any = None) -> RangeObject:
    if isinstance(first, str):
        return sheet.range(first if not isinstance(last, str) else f"{first}:{last}")
    top, left, bottom, right = first.spans[0]
    if isinstance(last, RangeObject):
        bottom, right = last.spans[0].bottom, last.spans[0].right
    return RangeObject(sheet, [Span(top, left, bottom, right)])


def _move(sheet: Worksheet, Before: Any = None, After: Any = None) -> None:
    sheet.book.worksheets.remove(sheet)
    sheet.book.worksheets.insert(sheet.book.worksheets.index(Before), sheet)


def _delete(sheet: Worksheet) -> bool:
    sheet.book.worksheets.remove(sheet)
    if sheet.book.ActiveSheet is sheet:
        sheet.book.ActiveSheet = sheet.book.worksheets[0]
    return True


def _used(sheet: Worksheet) -> RangeObject:
    sheet.book.app.answer()
    places = [place for place, cell in sheet.grid.items() if cell.value is not None or cell.formula] or [(1, 1)]
    rows, columns = [place[0] for place in places], [place[1] for place in places]
    spans = [Span(min(rows), min(columns), max(rows), max(columns)), *sheet.merges]
    return RangeObject(
        sheet,
        [
            Span(
                min(span.top for span in spans),
                min(span.left for span in spans),
                max(span.bottom for span in spans),
                max(span.right for span in spans),
            )
        ],
    )


def _size(cells: RangeObject) -> int:
    return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in cells.spans)


def _width(cells: RangeObject) -> float:
    return cells.sheet.widths.get(cells.spans[0].left, 8.0)


ADDED: Mapping[tuple[type, str], Callable[[Any], Any]] = {
    (Application, "Application"): lambda app: app,
    (Application, "Calculate"): lambda app: lambda: None,
    (Application, "Visible"): lambda app: True,
    (Application, "State"): state_of,
    (Workbook, "Worksheets"): Sheets,
    (Workbook, "Parent"): lambda book: book.app,
    (Worksheet, "Parent"): lambda sheet: sheet.book,
    (Worksheet, "Index"): lambda sheet: sheet.book.worksheets.index(sheet) + 1,
    (Worksheet, "Cells"): lambda sheet: lambda row, column: _cells(sheet, row, column),
    (Worksheet, "Range"): lambda sheet: lambda first, last=None: _range(sheet, first, last),
    (Worksheet, "Move"): lambda sheet: lambda Before=None, After=None: _move(sheet, Before, After),
    (Worksheet, "Delete"): lambda sheet: lambda: _delete(sheet),
    (Worksheet, "UsedRange"): _used,
    (RangeObject, "Application"): lambda cells: cells.sheet.book.app,
    (RangeObject, "Worksheet"): lambda cells: cells.sheet,
    (RangeObject, "Parent"): lambda cells: cells.sheet,
    (RangeObject, "Column"): lambda cells: cells.spans[0].left,
    (RangeObject, "Rows"): lambda cells: Count(cells.spans[0].bottom - cells.spans[0].top + 1),
    (RangeObject, "Columns"): lambda cells: Count(cells.spans[0].right - cells.spans[0].left + 1),
    (RangeObject, "Count"): _size,
    (RangeObject, "ColumnWidth"): _width,
    (Window, "Application"): lambda window: window.book.app,
    (SheetNames, "Count"): lambda names: len(names.names),
    (Workbooks, "Item"): lambda books: books,
    (Windows, "Item"): lambda windows: windows,
}


def has(thing: Any, name: str) -> bool:
    """Whether an object has a member of that name."""
    kind = type(thing)
    if name.startswith("_") or not name[:1].isupper():
        return False
    if isinstance(thing, RangeObject) and name == "Formula2" and not thing.sheet.book.app.knows_arrays:
        return False
    known = (kind, name) in ADDED or hasattr(kind, name) or name in vars(thing)
    return known or name in ANY_NAME.get(kind, "").split() or (kind is Application and name in (*SETTINGS, *KNOBS))


def get(thing: Any, name: str) -> Any:
    """A property, or a function that is a method."""
    if (type(thing), name) in ADDED:
        return ADDED[type(thing), name](thing)
    if isinstance(thing, Application) and name in SETTINGS:
        value = thing.settings[SETTINGS[name]]
        return MODES[value] if name == "Calculation" else value
    if isinstance(thing, Application) and name in KNOBS:
        return getattr(thing, KNOBS[name], 0)
    if isinstance(thing, RangeObject) and name in ANY_NAME[RangeObject].split():
        return thing.first().style.get(name)
    return getattr(thing, name)


def put(thing: Any, name: str, value: Any) -> None:
    """Set a property."""
    if isinstance(thing, Application) and name in SETTINGS:
        thing.answer()
        names = {number: mode for mode, number in MODES.items()}
        thing.settings[SETTINGS[name]] = names[value] if name == "Calculation" else value
    elif isinstance(thing, Application) and name in KNOBS:
        setattr(thing, KNOBS[name], int(value))
        _doomed.append(thing)
    elif isinstance(thing, RangeObject) and name == "ColumnWidth":
        for number in range(thing.spans[0].left, thing.spans[0].right + 1):
            thing.sheet.widths[number] = value
    else:
        if isinstance(thing, Interior) and name == "Color":
            _die_when_told()
        setattr(thing, name, value)


_doomed: list[Application] = []


def _die_when_told() -> None:
    for app in _doomed:
        left = getattr(app, "dies_at_fill", 0)
        if left == 1:
            raise Gone
        app.dies_at_fill = max(0, left - 1)  # type: ignore[attr-defined]
