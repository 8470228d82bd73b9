"""LibreOffice as ``live.program.Program``: what is asked of it beyond xlwings, as errands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.grid import Span
from gongkai_workbooks.live.cell_content import Content
from gongkai_workbooks.live.looks import Look
from gongkai_workbooks.live.program import ARRAY_PART, LOCKED_CELL, PARTLY_FORMATTED, NoteText, Outline, Place

from .cell_looks import fill_of, lines_of, look_of, mark_lines
from .results_look import as_given

if TYPE_CHECKING:
    import xlwings

_FORMULA, _VALUE, _TEXT = "FORMULA", "VALUE", "TEXT"
_OBSTACLES = {"": "", "locked": LOCKED_CELL, "array": ARRAY_PART, "formatted": PARTLY_FORMATTED}


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
        found = sheet.impl.errand("outline", area)
        return Outline(
            visible=found["visible"],
            merges=tuple(Span(*span) for span in found["merges"]),
            hidden_rows=frozenset(found["hidden_rows"]),
            hidden_columns=frozenset(found["hidden_columns"]),
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
        return frozenset((row, column) for row, column in sheet.impl.errand("durations", places))

    def formula(self, sheet: xlwings.Sheet, place: Place) -> str:
        """See ``Program``."""
        return str(sheet.range(place).formula)

    def put_formula(self, sheet: xlwings.Sheet, place: Place, text: str) -> None:
        """See ``Program``."""
        sheet.range(place).formula = text

    def holds_formula(self, sheet: xlwings.Sheet, place: Place) -> bool:
        """See ``Program``."""
        return bool(sheet.impl.errand("kind", place) == _FORMULA)

    def merge_areas(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> Mapping[Place, Span]:
        """See ``Program``."""
        spans = sheet.impl.errand("merge_areas", places)
        return {place: Span(*span) for place, span in zip(places, spans, strict=True)}

    def obstacle(self, sheet: xlwings.Sheet, place: Place) -> str:
        """See ``Program``. A part of an array formula is a formula itself here."""
        return _OBSTACLES[sheet.impl.errand("obstacle", place)]

    def locked_for_marks(self, sheet: xlwings.Sheet) -> bool:
        """See ``Program``."""
        return bool(sheet.impl.errand("is_protected"))

    def unwritable(self, book: xlwings.Book) -> str:
        """See ``Program``."""
        return ""

    def structure_locked(self, book: xlwings.Book) -> bool:
        """See ``Program``."""
        return bool(book.api.isProtected())

    def content(self, sheet: xlwings.Sheet, place: Place) -> Content:
        """See ``Program``."""
        kind, held = sheet.impl.errand("content", place)
        if kind == _VALUE:
            return Content("number", repr(float(held)))
        return Content("text", held) if kind == _TEXT else Content("blank")

    def put(self, sheet: xlwings.Sheet, place: Place, content: Content) -> None:
        """See ``Program``."""
        if content.kind == "number":
            sheet.impl.errand("put_number", place, content.number)
        elif content.kind == "bool":
            sheet.impl.errand("put_number", place, float(content.text == "TRUE"))
        else:
            sheet.impl.errand("put_text", place, content.text)

    # Looks

    def looks(self, sheet: xlwings.Sheet, spans: Sequence[Span]) -> Mapping[Span, Look]:
        """See ``Program``. A merged range looks like its first cell."""
        return {span: look_of(look) for span, look in zip(spans, sheet.impl.errand("looks", spans), strict=True)}

    def mark(self, sheet: xlwings.Sheet, spans: Sequence[Span], fill: str, side: str, colour: str) -> None:
        """See ``Program``."""
        if spans:
            sheet.impl.errand("put_looks", spans, int(fill, 16) if fill else None, mark_lines(side, colour))

    def restore_fill(self, sheet: xlwings.Sheet, spans: Sequence[Span], look: Look) -> None:
        """See ``Program``."""
        if spans:
            sheet.impl.errand("put_looks", spans, fill_of(look), {})

    def restore_sides(self, sheet: xlwings.Sheet, spans: Sequence[Span], look: Look, sides: Sequence[str]) -> None:
        """See ``Program``."""
        if spans:
            sheet.impl.errand("put_looks", spans, None, lines_of(look, sides))

    # Notes

    def notes(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> Mapping[Place, NoteText]:
        """See ``Program``."""
        return {(row, column): NoteText(text) for row, column, text in sheet.impl.errand("notes", places)}

    def add_notes(self, sheet: xlwings.Sheet, texts: Mapping[Place, str]) -> None:
        """See ``Program``."""
        sheet.impl.errand("add_notes", [(*place, text) for place, text in texts.items()])

    def append_note(self, sheet: xlwings.Sheet, place: Place, tail: str) -> None:
        """See ``Program``."""
        sheet.impl.errand("append_note", place, tail)

    def cut_note(self, sheet: xlwings.Sheet, place: Place, start: int, length: int) -> None:
        """See ``Program``."""
        sheet.impl.errand("cut_note", place, start, length)

    def remove_notes(self, sheet: xlwings.Sheet, places: Sequence[Place]) -> None:
        """See ``Program``."""
        sheet.impl.errand("remove_notes", places)

    # Sheets

    def add_sheet(self, book: xlwings.Book, name: str) -> xlwings.Sheet:
        """See ``Program``. xlwings would look at every sheet first."""
        book.impl.errand("add_sheet", name)
        return book.sheets[name]

    def tagged(self, book: xlwings.Book, names: Sequence[str], tag: str) -> tuple[str, ...]:
        """See ``Program``."""
        return tuple(book.impl.errand("tagged", names, tag))

    def tag(self, sheet: xlwings.Sheet, tag: str) -> None:
        """See ``Program``."""
        sheet.impl.errand("tag_sheet", tag)

    def hide_deeply(self, sheet: xlwings.Sheet) -> None:
        """See ``Program``. LibreOffice knows one degree of hiding."""
        sheet.impl.errand("hide_sheet")

    def put_texts(self, sheet: xlwings.Sheet, rows: Sequence[Sequence[str | float]]) -> None:
        """See ``Program``."""
        sheet.impl.errand("put_texts", rows)

    def fill_results(self, sheet: xlwings.Sheet, results: ResultsSheet) -> None:
        """See ``Program``."""
        sheet.impl.errand("fill_results", as_given(results))

    def remove_sheet(self, sheet: xlwings.Sheet) -> None:
        """See ``Program``."""
        sheet.impl.errand("remove_sheet")

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
            controller.select(sheet.impl.known.cell(place))
            controller.getFrame().getContainerWindow().toFront()
