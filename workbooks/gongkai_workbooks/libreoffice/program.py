"""LibreOffice as ``live.program.Program``: what is asked of it beyond xlwings, in few calls and few objects.

A call takes a fifth of a millisecond, an object that is new to Python ten times as long; so cells are taken together as
``SheetCellRanges`` wherever LibreOffice allows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.grid import Span
from gongkai_workbooks.live.cell_content import Content
from gongkai_workbooks.live.looks import Look
from gongkai_workbooks.live.merged_ranges import merged_ranges
from gongkai_workbooks.live.program import LOCKED_CELL, PARTLY_FORMATTED, NoteText, Outline, Place

from .cell_looks import looks_of, mark_cells, put_fill, put_sides
from .struct import cell_address, size_of, spans_of

if TYPE_CHECKING:
    import xlwings

_ANNOTATION = 8
_NOTE = (11_000, 500)
"""Width, and the least height, in hundredths of a millimetre."""
_FORMULA, _VALUE, _TEXT = "FORMULA", "VALUE", "TEXT"

_CHARACTER = (
    *("CharColor", "CharEscapement", "CharFontName", "CharFontNameAsian", "CharHeight", "CharHeightAsian"),
    *("CharPosture", "CharPostureAsian", "CharStrikeout", "CharUnderline", "CharWeight", "CharWeightAsian"),
)
"""The look of characters, in alphabetical order as LibreOffice wants it."""


class LibreOffice:
    """See ``Program``."""

    def sheet_names(self, book: xlwings.Book) -> Sequence[str]:
        """See ``Program``."""
        names: Sequence[str] = book.impl.native_sheets.getElementNames()
        return names

    def ready(self, book: xlwings.Book) -> None:
        """See ``Program``."""
        book.api.getURL()

    def outline(self, sheet: xlwings.Sheet, area: Span, filled: frozenset[Place]) -> Outline:
        """See ``Program``."""
        native = sheet.api
        cells = sheet.impl.cells_of(area)
        shown = spans_of(cells.queryVisibleCells().getRangeAddresses())
        rows = {row for span in shown for row in range(span.top, span.bottom + 1)}
        columns = {column for span in shown for column in range(span.left, span.right + 1)}
        if not shown:
            every = native.getColumns()
            numbers = range(area.left, area.right + 1)
            columns = {column for column in numbers if every.getByIndex(column - 1).IsVisible}
        merges: tuple[Span, ...] = ()
        if cells.getIsMerged():
            merges = merged_ranges(sheet.impl.survey, area, lambda row, column: (row, column) not in filled)
        return Outline(
            visible=bool(native.IsVisible),
            merges=merges,
            hidden_rows=frozenset(range(area.top, area.bottom + 1)).difference(rows),
            hidden_columns=frozenset(range(area.left, area.right + 1)).difference(columns),
        )

    def contents(self, cells: xlwings.Range) -> tuple[object, object]:
        """See ``Program``."""
        found: tuple[object, object] = cells.impl.contents()
        return found

    def plain_numbers(self, cells: xlwings.Range) -> object:
        """See ``Program``. LibreOffice rounds nothing."""
        return cells.raw_value

    def durations(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> frozenset[Place]:
        """See ``Program``."""
        formats = sheet.book.api.getNumberFormats()
        codes = {place: str(formats.getByKey(_cell(sheet, place).NumberFormat).FormatString) for place in places}
        return frozenset(place for place, code in codes.items() if code.upper().startswith(("[H", "[M", "[S")))

    def formula(self, sheet: xlwings.Sheet, place: Place) -> str:
        """See ``Program``."""
        return str(sheet.range(place).formula)

    def put_formula(self, sheet: xlwings.Sheet, place: Place, text: str) -> None:
        """See ``Program``."""
        sheet.range(place).formula = text

    def holds_formula(self, sheet: xlwings.Sheet, place: Place) -> bool:
        """See ``Program``."""
        return bool(_cell(sheet, place).getType().value == _FORMULA)

    def merge_areas(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> Mapping[Place, Span]:
        """See ``Program``."""
        survey = sheet.impl.survey
        return {place: survey.merge_of(*place) for place in places}

    def obstacle(self, sheet: xlwings.Sheet, place: Place) -> str:
        """See ``Program``. A part of an array formula is a formula itself here."""
        if sheet.api.isProtected() and _cell(sheet, place).CellProtection.IsLocked:
            return LOCKED_CELL
        return PARTLY_FORMATTED if _is_partly_formatted(_cell(sheet, place)) else ""

    def locked_for_marks(self, sheet: xlwings.Sheet) -> bool:
        """See ``Program``."""
        return bool(sheet.api.isProtected())

    def unwritable(self, book: xlwings.Book) -> str:
        """See ``Program``."""
        return ""

    def structure_locked(self, book: xlwings.Book) -> bool:
        """See ``Program``."""
        return bool(book.api.isProtected())

    def content(self, sheet: xlwings.Sheet, place: Place) -> Content:
        """See ``Program``."""
        cell = _cell(sheet, place)
        kind = cell.getType().value
        if kind == _VALUE:
            return Content("number", repr(float(cell.getValue())))
        return Content("text", str(cell.getString())) if kind == _TEXT else Content("blank")

    def put(self, sheet: xlwings.Sheet, place: Place, content: Content) -> None:
        """See ``Program``."""
        cell = _cell(sheet, place)
        if content.kind == "number":
            cell.setValue(content.number)
        elif content.kind == "bool":
            cell.setValue(float(content.text == "TRUE"))
        else:
            # A text that looks like a number would give the cell the format of texts.
            number_format = cell.NumberFormat
            cell.setString(content.text)
            if cell.NumberFormat != number_format:
                cell.NumberFormat = number_format

    # Looks

    def looks(self, sheet: xlwings.Sheet, spans: Sequence[Span]) -> Mapping[Span, Look]:
        """See ``Program``. A merged range looks like its first cell."""
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
        if not places:
            return {}
        found = _together(sheet, places).queryContentCells(_ANNOTATION)
        spans = spans_of(found.getRangeAddresses())
        noted = [
            (row, column)
            for span in spans
            for row in range(span.top, span.bottom + 1)
            for column in range(span.left, span.right + 1)
        ]
        annotations = sheet.impl.annotations
        if len(noted) < _FEW or annotations.getCount() > 2 * len(noted):
            return {place: NoteText(str(_cell(sheet, place).getAnnotation().getString())) for place in noted}
        # From the list a note is one object, from its cell two.
        asked, texts = set(noted), {}
        for note in (annotations.getByIndex(i) for i in range(annotations.getCount())):
            at = note.getPosition()
            if (at.Row + 1, at.Column + 1) in asked:
                texts[at.Row + 1, at.Column + 1] = NoteText(str(note.getString()))
        return texts

    def add_notes(self, sheet: xlwings.Sheet, texts: Mapping[Place, str]) -> None:
        """See ``Program``."""
        annotations, number = sheet.api.getAnnotations(), sheet.index - 1
        for (row, column), text in texts.items():
            annotations.insertNew(cell_address(number, row, column), text)
        for place in texts:
            # A new note is as narrow as a column; it grows with its text, but does not shrink.
            _cell(sheet, place).getAnnotation().getAnnotationShape().setSize(size_of(*_NOTE))

    def append_note(self, sheet: xlwings.Sheet, place: Place, tail: str) -> None:
        """See ``Program``."""
        note = _cell(sheet, place).getAnnotation()
        cursor = note.createTextCursor()
        cursor.gotoEnd(False)
        note.insertString(cursor, tail, False)

    def cut_note(self, sheet: xlwings.Sheet, place: Place, start: int, length: int) -> None:
        """See ``Program``."""
        cursor = _cell(sheet, place).getAnnotation().createTextCursor()
        cursor.gotoStart(False)
        for count, selecting in ((start, False), (length, True)):
            while count > 0:
                step = min(count, _LONGEST_STEP)
                cursor.goRight(step, selecting)
                count -= step
        cursor.setString("")

    def remove_notes(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> None:
        """See ``Program``."""
        if places:
            _together(sheet, places).clearContents(_ANNOTATION)

    # Sheets

    def add_sheet(self, book: xlwings.Book, name: str) -> xlwings.Sheet:
        """See ``Program``. xlwings would look at every sheet first."""
        sheets = book.impl.native_sheets
        sheets.insertNewByName(name, sheets.getCount())
        return book.sheets[name]

    def tagged(self, book: xlwings.Book, names: Sequence[str], tag: str) -> tuple[str, ...]:
        """See ``Program``."""
        sheets = book.impl.native_sheets
        return tuple(name for name in names if sheets.getByName(name).NamedRanges.hasByName(tag))

    def tag(self, sheet: xlwings.Sheet, tag: str) -> None:
        """See ``Program``."""
        sheet.api.NamedRanges.addNewByName(tag, "1", cell_address(sheet.index - 1, 1, 1), 0)

    def hide_deeply(self, sheet: xlwings.Sheet) -> None:
        """See ``Program``. LibreOffice knows one degree of hiding."""
        sheet.api.IsVisible = False

    def put_texts(self, sheet: xlwings.Sheet, rows: Sequence[Sequence[str | float]]) -> None:
        """See ``Program``."""
        width = max(map(len, rows))
        cells = sheet.api.getCellRangeByPosition(0, 0, width - 1, len(rows) - 1)
        cells.setDataArray(
            tuple(
                tuple(float(cell) if isinstance(cell, int) else cell for cell in row) + ("",) * (width - len(row))
                for row in rows
            )
        )

    def fill_results(self, sheet: xlwings.Sheet, results: ResultsSheet) -> None:
        """See ``Program``. Rows find their heights whenever their look changes, which costs least while they are blank."""
        from .results_look import add_links, dress

        dress(sheet, results)
        if results.rows:
            self.put_texts(sheet, [["" if cell.link else cell.value for cell in row] for row in results.rows])
            add_links(sheet, results)

    def remove_sheet(self, sheet: xlwings.Sheet) -> None:
        """See ``Program``."""
        sheet.book.api.getSheets().removeByName(sheet.name)

    # The window

    @contextmanager
    def one_step(self, book: xlwings.Book, title: str) -> Iterator[None]:
        """See ``Program``."""
        manager = book.impl.undo_manager
        manager.enterUndoContext(title)
        try:
            yield
        finally:
            # The program may be gone; why is being said already.
            with suppress(Exception):
                manager.leaveUndoContext()

    def view(self, book: xlwings.Book) -> object:
        """See ``Program``."""
        controller = book.api.getCurrentController()
        return None if controller is None else (controller.getViewData(), controller.getSelection())

    def restore_view(self, book: xlwings.Book, view: object) -> None:
        """See ``Program``."""
        controller = book.api.getCurrentController()
        if controller is None or not isinstance(view, tuple):
            return
        data, selection = view
        controller.restoreViewData(data)
        if selection is not None:
            controller.select(selection)

    def show(self, sheet: xlwings.Sheet, place: Place) -> None:
        """See ``Program``."""
        controller = sheet.book.api.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(sheet.api)
            controller.select(_cell(sheet, place))
            controller.getFrame().getContainerWindow().toFront()


_LONGEST_STEP = 30_000
_FEW = 4


def _cell(sheet: xlwings.Sheet, place: Place) -> Any:
    row, column = place
    return sheet.api.getCellByPosition(column - 1, row - 1)


def _together(sheet: xlwings.Sheet, places: Sequence[Place]) -> Any:
    return sheet.impl.together([Span(row, column, row, column) for row, column in places])


def _is_partly_formatted(cell: Any) -> bool:
    """Whether the characters of a text differ in their look; portions alone tell nothing, because scripts are kept apart too."""
    if cell.getType().value != _TEXT:
        return False
    looks: set[str] = set()
    paragraphs = cell.getText().createEnumeration()
    while paragraphs.hasMoreElements():
        portions = paragraphs.nextElement().createEnumeration()
        while portions.hasMoreElements():
            looks.add(str(portions.nextElement().getPropertyValues(_CHARACTER)))
    return len(looks) > 1
