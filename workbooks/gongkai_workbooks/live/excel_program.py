"""Excel, and WPS, as ``Program``: what is asked of them beyond xlwings, in the words of Excel's object model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.grid import Span

from .addresses import span_address, span_at
from .busy import BusyError, GoneError, busy_error, sentence_of
from .cell_content import Content
from .excel_looks import looks_of, mark_cells, put_fill, put_sides
from .excel_values import cell_content, is_partly_formatted, optional, put_content
from .looks import Look
from .merged_ranges import merged_ranges
from .program import ARRAY_PART, FINAL, LIST_HEADER, LOCKED_CELL, PARTLY_FORMATTED, SHARED, NoteText, Outline, Place

if TYPE_CHECKING:
    import xlwings

_VISIBLE, _VERY_HIDDEN = -1, 2
_PIECE = 250
"""Characters of a note that are written at once: some versions take no more than 255."""
_ROWS_AT_ONCE = 1_000
_EXACT_FORMULA = "Formula2"
"""Where Excel has it: ``Formula`` leaves out where a formula takes one cell of many, and puts that in when it is written back."""


class ExcelProgram:
    """See ``Program``. Nothing here looks for a window: WPS has others than Excel."""

    def sheet_names(self, book: xlwings.Book) -> Sequence[str]:
        """See ``Program``."""
        return [sheet.name for sheet in book.sheets]

    def ready(self, book: xlwings.Book) -> None:
        """See ``Program``."""
        if optional(book.api.Application, "Ready") is False:
            raise busy_error(book.name)

    def outline(self, sheet: xlwings.Sheet, area: Span, filled: frozenset[Place]) -> Outline:
        """See ``Program``."""
        return Outline(
            visible=sheet.api.Visible == _VISIBLE,
            merges=merged_ranges(_Survey(sheet), area, lambda row, column: (row, column) not in filled),
            hidden_rows=_hidden(area.top, area.bottom, lambda a, b: _cells(sheet, a, 1, b, 1).EntireRow.Hidden),
            hidden_columns=_hidden(area.left, area.right, lambda a, b: _cells(sheet, 1, a, 1, b).EntireColumn.Hidden),
        )

    def contents(self, cells: xlwings.Range) -> tuple[object, object]:
        """See ``Program``."""
        formulas = optional(cells.api, _EXACT_FORMULA)
        return self._values(cells), cells.formula if formulas is None else formulas

    def _values(self, cells: xlwings.Range) -> object:
        try:
            return cells.raw_value
        except Exception as error:
            if isinstance(sentence_of(error, ""), BusyError | GoneError):
                raise
            # Numbers that are no day, under the format of a date, are given as numbers only.
            return cells.api.Value2

    def plain_numbers(self, cells: xlwings.Range) -> object:
        """See ``Program``."""
        return cells.api.Value2

    def durations(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> frozenset[Place]:
        """See ``Program``."""
        codes = {place: str(_cell(sheet, place).NumberFormat) for place in places}
        return frozenset(place for place, code in codes.items() if code.lower().startswith(("[h", "[m", "[s")))

    def formula(self, sheet: xlwings.Sheet, place: Place) -> str:
        """See ``Program``."""
        cell = sheet.range(place)
        exact = optional(cell.api, _EXACT_FORMULA)
        return str(cell.formula if exact is None else exact)

    def put_formula(self, sheet: xlwings.Sheet, place: Place, text: str) -> None:
        """See ``Program``."""
        cell = sheet.range(place)
        if optional(cell.api, _EXACT_FORMULA) is None:
            cell.formula = text
        else:
            cell.api.Formula2 = text

    def holds_formula(self, sheet: xlwings.Sheet, place: Place) -> bool:
        """See ``Program``."""
        return bool(_cell(sheet, place).HasFormula)

    def merge_areas(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> Mapping[Place, Span]:
        """See ``Program``."""
        survey = _Survey(sheet)
        return {place: survey.merge_of(*place) for place in places}

    def obstacle(self, sheet: xlwings.Sheet, place: Place) -> str:
        """See ``Program``."""
        cell = _cell(sheet, place)
        if cell.HasArray or optional(cell, "HasSpill") or optional(cell, "SpillParent") is not None:
            return ARRAY_PART
        if sheet.api.ProtectContents and cell.Locked:
            return LOCKED_CELL
        if isinstance(cell.Value2, str) and is_partly_formatted(cell):
            return PARTLY_FORMATTED
        table = optional(cell, "ListObject")
        header = None if table is None else optional(table, "HeaderRowRange")
        return LIST_HEADER if header is not None and header.Row == place[0] else ""

    def locked_for_marks(self, sheet: xlwings.Sheet) -> bool:
        """See ``Program``."""
        return bool(sheet.api.ProtectContents or sheet.api.ProtectDrawingObjects)

    def unwritable(self, book: xlwings.Book) -> str:
        """See ``Program``."""
        if optional(book.api, "MultiUserEditing") is True:
            return SHARED
        return FINAL if optional(book.api, "Final") is True else ""

    def structure_locked(self, book: xlwings.Book) -> bool:
        """See ``Program``."""
        return bool(book.api.ProtectStructure)

    def content(self, sheet: xlwings.Sheet, place: Place) -> Content:
        """See ``Program``."""
        return cell_content(_cell(sheet, place))

    def put(self, sheet: xlwings.Sheet, place: Place, content: Content) -> None:
        """See ``Program``."""
        put_content(_cell(sheet, place), content)

    # Looks

    def looks(self, sheet: xlwings.Sheet, spans: Sequence[Span]) -> Mapping[Span, Look]:
        """See ``Program``."""
        return looks_of(sheet, spans)

    def mark(self, sheet: xlwings.Sheet, spans: Sequence[Span], fill: str, side: str, colour: str) -> None:
        """See ``Program``."""
        mark_cells(sheet, spans, fill, side, colour)

    def restore_fill(self, sheet: xlwings.Sheet, spans: Sequence[Span], look: Look) -> None:
        """See ``Program``."""
        put_fill(sheet, spans, look)

    def restore_sides(self, sheet: xlwings.Sheet, spans: Sequence[Span], look: Look, sides: Sequence[str]) -> None:
        """See ``Program``."""
        put_sides(sheet, spans, look, sides)

    # Notes

    def notes(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> Mapping[Place, NoteText]:
        """See ``Program``."""
        found = {}
        for place in places:
            cell = _cell(sheet, place)
            threaded = optional(cell, "CommentThreaded") is not None
            note = cell.Comment
            if note is not None or threaded:
                found[place] = NoteText("" if note is None else str(note.Text()), threaded)
        return found

    def add_notes(self, sheet: xlwings.Sheet, texts: Mapping[Place, str]) -> None:
        """See ``Program``."""
        for place, text in texts.items():
            note = _cell(sheet, place).AddComment(text[:_PIECE])
            _append(note, text[:_PIECE], text[_PIECE:])
            shape = note.Shape
            shape.Width = 240
            shape.Height = 14 * (3 + sum(1 + len(line) // 20 for line in text.split("\n")))

    def append_note(self, sheet: xlwings.Sheet, place: Place, tail: str) -> None:
        """See ``Program``."""
        note = _cell(sheet, place).Comment
        _append(note, str(note.Text()), tail)

    def cut_note(self, sheet: xlwings.Sheet, place: Place, start: int, length: int) -> None:
        """See ``Program``."""
        note = _cell(sheet, place).Comment
        before = str(note.Text())
        frame = note.Shape.TextFrame
        for begin in range(0, length, _PIECE):
            frame.Characters(start + 1, min(length - begin, _PIECE)).Delete()
        left = before[:start] + before[start + length :]
        if str(note.Text()) != left:
            # A version that takes nothing out of a long text: better the note in one font than our words in it.
            note.Text(left[:_PIECE])
            _append(note, left[:_PIECE], left[_PIECE:])

    def remove_notes(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> None:
        """See ``Program``."""
        for place in places:
            _cell(sheet, place).Comment.Delete()

    # Sheets

    def add_sheet(self, book: xlwings.Book, name: str) -> xlwings.Sheet:
        """See ``Program``."""
        return book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])

    def tagged(self, book: xlwings.Book, names: Sequence[str], tag: str) -> tuple[str, ...]:
        """See ``Program``."""
        return tuple(
            name for name in names if any(str(n.Name).rpartition("!")[2] == tag for n in book.sheets[name].api.Names)
        )

    def tag(self, sheet: xlwings.Sheet, tag: str) -> None:
        """See ``Program``."""
        sheet.api.Names.Add(Name=tag, RefersTo="=1", Visible=False)

    def hide_deeply(self, sheet: xlwings.Sheet) -> None:
        """See ``Program``."""
        sheet.api.Visible = _VERY_HIDDEN

    def put_texts(self, sheet: xlwings.Sheet, rows: Sequence[Sequence[str | float]]) -> None:
        """See ``Program``. An apostrophe before it keeps a text from becoming a formula, a number or a date."""
        width = max(map(len, rows))
        cells = [
            [f"'{cell}" if isinstance(cell, str) and cell else cell for cell in row] + [""] * (width - len(row))
            for row in rows
        ]
        for start in range(0, len(cells), _ROWS_AT_ONCE):
            part = cells[start : start + _ROWS_AT_ONCE]
            sheet.range((start + 1, 1), (start + len(part), width)).raw_value = part

    def fill_results(self, sheet: xlwings.Sheet, results: ResultsSheet) -> None:
        """See ``Program``."""
        from .excel_results import dress

        if results.rows:
            self.put_texts(sheet, [[cell.value for cell in row] for row in results.rows])
        dress(sheet, results)

    def remove_sheet(self, sheet: xlwings.Sheet) -> None:
        """See ``Program``. A sheet that is hidden so deeply cannot be removed."""
        app = sheet.api.Application
        alerts = app.DisplayAlerts
        app.DisplayAlerts = False
        try:
            sheet.api.Visible = _VISIBLE
            sheet.delete()
        finally:
            app.DisplayAlerts = alerts

    # The window

    def one_step(self, book: xlwings.Book, title: str) -> AbstractContextManager[None]:
        """See ``Program``. Excel's own undo ends where another program writes."""
        return nullcontext()

    def view(self, book: xlwings.Book) -> object:
        """See ``Program``."""
        if not book.api.Windows.Count:
            return None
        window = book.api.Windows(1)
        active = book.api.Application.ActiveWorkbook
        # On a chart that fills a sheet nothing is selected and nothing scrolled.
        selection = optional(window, "RangeSelection")
        return (
            "" if active is None else str(active.Name),
            str(book.api.ActiveSheet.Name),
            "" if selection is None else str(selection.Address),
            optional(window, "ScrollRow"),
            optional(window, "ScrollColumn"),
        )

    def restore_view(self, book: xlwings.Book, view: object) -> None:
        """See ``Program``."""
        if not isinstance(view, tuple) or view == self.view(book):
            return
        active, name, selection, row, column = view
        window = book.api.Windows(1)
        if name in self.sheet_names(book):
            sheet = book.sheets[name]
            sheet.api.Activate()
            if selection:
                sheet.range(selection).api.Select()
            if row is not None and column is not None:
                window.ScrollRow, window.ScrollColumn = row, column
        else:
            with suppress(Exception):  # a chart; one that is gone is passed over
                book.api.Sheets(name).Activate()
        if active and active != book.name:
            # The user was in another workbook all the while.
            with suppress(Exception):
                book.api.Application.Workbooks(active).Activate()

    def show(self, sheet: xlwings.Sheet, place: Place) -> None:
        """See ``Program``."""
        sheet.book.api.Activate()
        sheet.api.Activate()
        sheet.book.api.Application.Goto(_cell(sheet, place))


class _Survey:
    """Tells which parts of a sheet hold merged ranges."""

    def __init__(self, sheet: xlwings.Sheet) -> None:
        self._sheet = sheet

    def merged_parts(self, parts: Sequence[Span]) -> list[Span]:
        """See ``MergeSurvey``. The answer is yes, no, or null for "some of them"."""
        return [part for part in parts if _cells(self._sheet, *part).MergeCells is not False]

    def merge_of(self, row: int, column: int) -> Span:
        """See ``MergeSurvey``."""
        return span_at(str(_cell(self._sheet, (row, column)).MergeArea.Address))


def _hidden(first: int, last: int, ask: Callable[[int, int], object]) -> frozenset[int]:
    """Hidden rows or columns from ``first`` to ``last``: the answer is yes, no, or null for "some of them"."""
    found: set[int] = set()
    waiting = [(first, last)]
    while waiting:
        begin, end = waiting.pop()
        answer = ask(begin, end)
        if answer is True:
            found.update(range(begin, end + 1))
        elif answer is not False and begin < end:
            middle = (begin + end) // 2
            waiting += [(begin, middle), (middle + 1, end)]
    return frozenset(found)


def _cell(sheet: xlwings.Sheet, place: Place) -> Any:
    return sheet.range(place).api


def _cells(sheet: xlwings.Sheet, top: int, left: int, bottom: int, right: int) -> Any:
    # By its address, which is one call; its corners would be three.
    return sheet.range(span_address(Span(top, left, bottom, right))).api


def _append(note: Any, text: str, tail: str) -> None:
    place = len(text) + 1
    for start in range(0, len(tail), _PIECE):
        note.Text(tail[start : start + _PIECE], place + start, False)
