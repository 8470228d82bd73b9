"""Cells of the object model, and what a user sees of them: fills, edges, notes."""

# The names are Excel's.
# ruff: noqa: N802, N803, N818

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.grid import Span

if TYPE_CHECKING:
    from .object_model import RangeObject, Workbook, Worksheet

NONE, SOLID = -4142, 1
LONGEST_ADDRESS = 255
LONGEST_OF_MANY = 8203
"""Characters of a text that is written together with others; of a text alone it may be 32,767."""


class Refused(Exception):
    """What pywin32 raises when Excel refuses: error 1004."""

    hresult = -2147352567

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.excepinfo = (0, "Microsoft Excel", text, None, 0, -2146827284)


class Rejected(Exception):
    """What pywin32 raises while a cell is edited."""

    hresult = -2147418111


class Gone(Exception):
    """What pywin32 raises when the program was killed."""

    hresult = -2147023174


class Cell:
    def __init__(self) -> None:
        self.value: Any = None
        self.formula = ""
        self.prefix = ""
        self.number_format = "General"
        self.locked = True
        self.interior: dict[str, Any] = {"Pattern": NONE}
        self.comment: NoteObject | None = None
        self.threaded: object = None
        self.style: dict[str, Any] = {}
        self.partly: set[str] = set()
        """What some of the characters have and others have not, such as ``Bold``."""


class Interior:
    def __init__(self, cells: list[Cell]) -> None:
        self.__dict__["cells"] = cells

    def __getattr__(self, name: str) -> Any:
        defaults = {"Color": 0xFFFFFF}
        found = {cell.interior.get(name, defaults.get(name)) for cell in self.__dict__["cells"]}
        return found.pop() if len(found) == 1 else None

    def __setattr__(self, name: str, value: Any) -> None:
        for cell in self.__dict__["cells"]:
            if name == "Pattern" and value == NONE:
                cell.interior = {"Pattern": NONE}
                continue
            if name == "Color":
                for other in ("ColorIndex", "ThemeColor", "TintAndShade"):
                    cell.interior.pop(other, None)
            if name in ("Color", "ThemeColor") and cell.interior["Pattern"] == NONE:
                cell.interior["Pattern"] = SOLID
            cell.interior[name] = value


class Border:
    def __init__(self, sheet: Worksheet, keys: list[tuple[str, int, int]]) -> None:
        self.__dict__.update(sheet=sheet, keys=keys)

    def __getattr__(self, name: str) -> Any:
        # For edges that differ Excel answers with one of them.
        defaults = {"LineStyle": NONE, "Weight": 2, "Color": 0}
        edges = self.__dict__["sheet"].edges
        return edges.get(self.__dict__["keys"][0], {}).get(name, defaults.get(name))

    def __setattr__(self, name: str, value: Any) -> None:
        edges = self.__dict__["sheet"].edges
        self.__dict__["sheet"].book.app.answer()
        for key in self.__dict__["keys"]:
            if name == "LineStyle" and value == NONE:
                edges.pop(key, None)
                continue
            edge = edges.setdefault(key, {"LineStyle": 1, "Weight": 2, "Color": 0})
            if name == "Color":
                edge.pop("ColorIndex", None)
            edge[name] = value


class Borders:
    def __init__(self, cells: RangeObject) -> None:
        self.__dict__["cells"] = cells

    def __call__(self, edge: int) -> Border:
        cells: RangeObject = self.__dict__["cells"]
        return Border(cells.sheet, [key for span in cells.spans for key in _edge_keys(span, edge)])

    def __setattr__(self, name: str, value: Any) -> None:
        cells: RangeObject = self.__dict__["cells"]
        for row, column in cells.places():
            for edge in (7, 8, 9, 10):
                setattr(Border(cells.sheet, _edge_keys(Span(row, column, row, column), edge)), name, value)


def _edge_keys(span: Span, edge: int) -> list[tuple[str, int, int]]:
    top, left, bottom, right = span
    if edge in (7, 10):
        column = left if edge == 7 else right + 1
        return [("v", row, column) for row in range(top, bottom + 1)]
    row = top if edge == 8 else bottom + 1
    return [("h", row, column) for column in range(left, right + 1)]


class NoteObject:
    def __init__(self, cell: Cell, text: str) -> None:
        self.cell = cell
        self.runs: list[tuple[str, str]] = [(text, "plain")]
        self.keeps_long_texts = False
        """Whether nothing can be taken out of a text of more than 255 characters."""
        self.Shape = self
        self.TextFrame = self
        self.Width = self.Height = 0.0

    def Text(self, text: str | None = None, start: int = 1, overwrite: bool = True) -> str:
        whole = "".join(run for run, _ in self.runs)
        if text is not None:
            if len(text) > LONGEST_ADDRESS:
                raise Refused("text too long")
            if overwrite:
                self.runs = [(text, "plain")]
            else:
                assert start == len(whole) + 1
                self.runs.append((text, "plain"))
        return whole

    def Characters(self, start: int, length: int) -> Characters:
        return Characters(self, start, length)

    def Delete(self) -> None:
        self.cell.comment = None


class Characters:
    def __init__(self, comment: NoteObject, start: int, length: int) -> None:
        self.comment, self.start, self.length = comment, start - 1, length

    def Delete(self) -> None:
        if self.comment.keeps_long_texts and len(self.comment.Text()) > LONGEST_ADDRESS:
            return
        kept, at = [], 0
        for text, font in self.comment.runs:
            inside = "".join(c for i, c in enumerate(text, at) if not self.start <= i < self.start + self.length)
            if inside:
                kept.append((inside, font))
            at += len(text)
        self.comment.runs = kept


class Font:
    def __init__(self, cells: list[Cell]) -> None:
        self.__dict__["cells"] = cells

    def __getattr__(self, name: str) -> Any:
        cells: list[Cell] = self.__dict__["cells"]
        if any(name in cell.partly for cell in cells):
            return None
        found = {cell.style.get(f"Font.{name}", False) for cell in cells}
        return found.pop() if len(found) == 1 else None

    def __setattr__(self, name: str, value: Any) -> None:
        for cell in self.__dict__["cells"]:
            cell.style[f"Font.{name}"] = value


class Validation:
    def __init__(self, sheet: Worksheet, address: str) -> None:
        self.sheet, self.address = sheet, address
        self.IgnoreBlank = False

    def Delete(self) -> None:
        self.sheet.lists.pop(self.address, None)

    def Add(self, kind: int, alert: int, operator: int, formula: str) -> None:
        self.sheet.lists[self.address] = formula


class Lines:
    """Whole rows or columns of a range."""

    def __init__(self, hidden: set[int], numbers: range) -> None:
        self._hidden, self._numbers = hidden, numbers

    @property
    def Hidden(self) -> bool | None:
        found = {number in self._hidden for number in self._numbers}
        return found.pop() if len(found) == 1 else None


class SheetNames:
    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.names: list[SheetName] = []

    def Add(self, *, Name: str, RefersTo: str, Visible: bool) -> None:
        self.names.append(SheetName(f"'{self.sheet.Name}'!{Name}", RefersTo, Visible))

    def __iter__(self) -> Iterator[SheetName]:
        return iter(self.names)


class SheetName:
    def __init__(self, name: str, refers_to: str, visible: bool) -> None:
        self.Name, self.RefersTo, self.Visible = name, refers_to, visible


class Hyperlinks:
    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    def Add(self, *, Anchor: RangeObject, Address: str, SubAddress: str) -> None:
        self.sheet.links[Anchor.Address] = SubAddress


class ChartSheet:
    def __init__(self, book: Workbook, name: str) -> None:
        self.book, self.Name = book, name

    def Activate(self) -> None:
        self.book.ActiveSheet = self


class Window:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.ScrollColumn = 1
        self.SplitRow = self.SplitColumn = 0
        self._selection: Any = None
        self._scrolled = 1
        self.keeps_panes = False

    def _on_cells(self) -> None:
        if isinstance(self.book.ActiveSheet, ChartSheet):
            raise Refused("a chart has no cells")

    @property
    def RangeSelection(self) -> Any:
        self._on_cells()
        return self._selection

    @RangeSelection.setter
    def RangeSelection(self, value: Any) -> None:
        self._selection = value

    @property
    def ScrollRow(self) -> int:
        self._on_cells()
        return self._scrolled

    @ScrollRow.setter
    def ScrollRow(self, value: int) -> None:
        self._on_cells()
        self._scrolled = value

    @property
    def FreezePanes(self) -> bool:
        return bool(self.book.ActiveSheet.frozen)

    @FreezePanes.setter
    def FreezePanes(self, value: bool) -> None:
        if self.keeps_panes:
            raise Refused("the window is protected")
        self.book.ActiveSheet.frozen = self.SplitRow if value else 0


class Windows:
    Count = 1

    def __init__(self, window: Window) -> None:
        self._window = window

    def __call__(self, number: int) -> Window:
        return self._window


class Workbooks:
    def __init__(self, books: list[Workbook]) -> None:
        self._books = books

    @property
    def Count(self) -> int:
        return len(self._books)

    def __call__(self, key: str | int) -> Workbook:
        return next(book for number, book in enumerate(self._books, 1) if key in (number, book.Name))

    def __iter__(self) -> Iterator[Workbook]:
        return iter(self._books)
