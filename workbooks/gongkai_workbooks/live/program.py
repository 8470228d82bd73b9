"""What is asked of a spreadsheet program beyond the public interface of xlwings, and which program answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.grid import Span

from .cell_content import Content
from .looks import Look

if TYPE_CHECKING:
    import xlwings

Place = tuple[int, int]
"""Row and column, both from 1."""


LOCKED_CELL = "工作表受保护且单元格已锁定，请先撤销工作表保护"
ARRAY_PART = "单元格由数组公式填充，不予覆盖"
PARTLY_FORMATTED = (
    "单元格内的文字只有一部分加了粗体、颜色等格式，改写后无法恢复，未改动；请先去掉这部分格式，或手工修改"
)
SHARED = "工作簿是共享工作簿，Excel 不许在其中删除工作表、添加链接，未作改动；请先在“审阅”里取消共享，再标记或修正"
FINAL = "工作簿已标记为最终状态，未作改动；请先点黄条上的“仍然编辑”"
LIST_HEADER = "单元格是表格（列表）的标题，不予改动"


class Outline(NamedTuple):
    """What a sheet looks like apart from its values: merged ranges, and what of the asked area is hidden."""

    visible: bool
    merges: tuple[Span, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


class NoteText(NamedTuple):
    """The text of a note, and whether it is a conversation (会话式批注), to which nothing can be appended."""

    text: str
    threaded: bool = False


class Program(Protocol):
    """One kind of spreadsheet program. Cells are given as places of one sheet; many are done in few calls.

    Errors of the program come through as they are; ``busy.guarded`` makes them sentences.
    """

    def sheet_names(self, book: xlwings.Book) -> Sequence[str]:
        """The worksheets in tab order, hidden ones included."""
        ...

    def ready(self, book: xlwings.Book) -> None:
        """Ask the program something harmless; an error means that it cannot be talked to now."""
        ...

    def outline(self, sheet: xlwings.Sheet, area: Span, filled: frozenset[Place]) -> Outline:
        """Merged ranges that begin in ``area``, and hidden rows and columns in it. ``filled`` are the cells that are not blank."""
        ...

    def contents(self, cells: xlwings.Range) -> tuple[object, object]:
        """The values of a range as they come (``raw_value``), and what would be typed to have them (``formula``)."""
        ...

    def plain_numbers(self, cells: xlwings.Range) -> object:
        """The values of a range with currency as plain numbers, unrounded."""
        ...

    def durations(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> frozenset[Place]:
        """Those of the places whose number format counts hours beyond a day."""
        ...

    def formula(self, sheet: xlwings.Sheet, place: Place) -> str:
        """The formula of a cell as ``contents`` tells it."""
        ...

    def put_formula(self, sheet: xlwings.Sheet, place: Place, text: str) -> None:
        """Let a cell hold that formula again."""
        ...

    def holds_formula(self, sheet: xlwings.Sheet, place: Place) -> bool:
        """Whether the cell holds a formula."""
        ...

    def merge_areas(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> Mapping[Place, Span]:
        """The merged range each cell belongs to, or the cell."""
        ...

    def obstacle(self, sheet: xlwings.Sheet, place: Place) -> str:
        """Why the program would not let the cell be written (protection, part of an array, header of a list), or could not
        give back what it holds (text of which a part is formatted); ``""``: it would."""
        ...

    def locked_for_marks(self, sheet: xlwings.Sheet) -> bool:
        """Whether the sheet is protected so that neither format nor notes may be changed."""
        ...

    def unwritable(self, book: xlwings.Book) -> str:
        """Why nothing can be written into the workbook as it is, though it can be read; ``""``: it can."""
        ...

    def structure_locked(self, book: xlwings.Book) -> bool:
        """Whether sheets may be neither added nor removed."""
        ...

    def content(self, sheet: xlwings.Sheet, place: Place) -> Content:
        """What a cell without formula holds, exactly."""
        ...

    def put(self, sheet: xlwings.Sheet, place: Place, content: Content) -> None:
        """Let a cell hold it; format, fill and note stay."""
        ...

    def looks(self, sheet: xlwings.Sheet, spans: Sequence[Span]) -> Mapping[Span, Look]:
        """Fill and border of cells and merged ranges."""
        ...

    def mark(self, sheet: xlwings.Sheet, spans: Sequence[Span], fill: str, side: str, colour: str) -> None:
        """Give cells a fill (``FFC7CE``; ``""``: leave it) and a border of that style and colour."""
        ...

    def restore_fill(self, sheet: xlwings.Sheet, spans: Sequence[Span], look: Look) -> None:
        """Give cells the fill of a look back."""
        ...

    def restore_sides(self, sheet: xlwings.Sheet, spans: Sequence[Span], look: Look, sides: Sequence[str]) -> None:
        """Give cells those sides of the border of a look back."""
        ...

    def notes(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> Mapping[Place, NoteText]:
        """The notes of those of the places that have one."""
        ...

    def add_notes(self, sheet: xlwings.Sheet, texts: Mapping[Place, str]) -> None:
        """New notes on cells that have none."""
        ...

    def append_note(self, sheet: xlwings.Sheet, place: Place, tail: str) -> None:
        """Add a text to a note; what stands there keeps its format."""
        ...

    def cut_note(self, sheet: xlwings.Sheet, place: Place, start: int, length: int) -> None:
        """Take ``length`` characters from ``start`` (from 0) out of a note; the rest keeps its format."""
        ...

    def remove_notes(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> None:
        """Remove the notes of the cells."""
        ...

    def add_sheet(self, book: xlwings.Book, name: str) -> xlwings.Sheet:
        """Add a sheet after the last one."""
        ...

    def tagged(self, book: xlwings.Book, names: Sequence[str], tag: str) -> tuple[str, ...]:
        """Those of the sheets that carry a sheet-wide name ``tag``."""
        ...

    def tag(self, sheet: xlwings.Sheet, tag: str) -> None:
        """Give the sheet that sheet-wide name."""
        ...

    def hide_deeply(self, sheet: xlwings.Sheet) -> None:
        """Hide the sheet so that the user does not come upon it."""
        ...

    def put_texts(self, sheet: xlwings.Sheet, rows: Sequence[Sequence[str | float]]) -> None:
        """Fill a sheet from A1 in one piece; every text stays a text."""
        ...

    def fill_results(self, sheet: xlwings.Sheet, results: ResultsSheet) -> None:
        """Texts, formats, links, widths, filter, frozen header and drop-down lists of the results sheet."""
        ...

    def remove_sheet(self, sheet: xlwings.Sheet) -> None:
        """Remove a sheet without asking."""
        ...

    def one_step(self, book: xlwings.Book, title: str) -> AbstractContextManager[None]:
        """What is done inside is one step of the program's own undo, where it keeps one."""
        ...

    def view(self, book: xlwings.Book) -> object:
        """Active sheet, selection and scroll position of the book's window."""
        ...

    def restore_view(self, book: xlwings.Book, view: object) -> None:
        """Put them back; a sheet or window that is gone is passed over."""
        ...

    def show(self, sheet: xlwings.Sheet, place: Place) -> None:
        """Bring the cell in front of the user."""
        ...
