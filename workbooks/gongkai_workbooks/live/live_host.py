"""A workbook that is open in Excel, WPS or LibreOffice, as a host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import JOURNAL_SHEET, NOTE_AUTHOR, RESULTS_SHEET, Applied, Edits, Journal, Refusal
from gongkai_workbooks.errors import LockedError, UnreadableError
from gongkai_workbooks.grid import Grid
from gongkai_workbooks.reading.limits import MAX_AREA

from .busy import UnfinishedError, guarded, sentence_of, wait_until_ready
from .kept_journals import keep_journals, kept_journals
from .planning import UNRECORDED, plan_edits
from .programs import program_of
from .quiet import kept_quiet
from .sheet_reading import formula_texts, read_sheet
from .taking_back import take_back
from .writing import NO_RESULTS, add_results, remove_results, results_name, write_plan

if TYPE_CHECKING:
    import xlwings


class LiveHost:
    """An open workbook: saved or not, on a disk, a network or a server; ``book`` is any ``xlwings.Book``.

    Only this workbook is touched, whichever is in front. Reading writes nothing. Every method raises ``WorkbookError``, whose text is one
    sentence with the workbook's name, the reason and the cure; a program that is busy is waited for three seconds.
    """

    replaces_formulas = True

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book
        self._name = ""
        self._still = False
        self._kept: Journal | None = None
        with guarded("工作簿"):
            self._program = program_of(book)
            wait_until_ready(lambda: self._program.ready(book), "工作簿")
            self._name = book.name

    @property
    def book(self) -> xlwings.Book:
        """The workbook."""
        return self._book

    @property
    def name(self) -> str:
        """The name that the window shows: that of the file, or ``工作簿1`` before it is saved."""
        return self._name

    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets in tab order, hidden ones included; charts and the sheet with the journals are none."""
        with self._ready():
            return tuple(name for name in self._names() if name != JOURNAL_SHEET)

    def read(self, sheet: str) -> Grid:
        """Values of one sheet with their true addresses, faults, formula positions, merges and hidden rows and columns."""
        with self._ready():
            return read_sheet(self._sheet(sheet), self._program, MAX_AREA)

    def read_all(self, reading: Callable[[str, int, int], object] | None = None) -> tuple[Grid, ...]:
        """All sheets in tab order, but neither the sheet of results nor that of the journals.

        ``reading`` is told each sheet's name, number and the number of all before it is read; what it raises ends the reading.
        """
        with self._ready():
            names = [name for name in self._names() if name not in (JOURNAL_SHEET, RESULTS_SHEET)]
            grids = []
            for number, name in enumerate(names, 1):
                if reading is not None:
                    reading(name, number, len(names))
                grids.append(read_sheet(self._book.sheets[name], self._program, MAX_AREA))
            return tuple(grids)

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """Formula text with ``=`` by row and column, spelt as the program spells it."""
        with self._ready():
            return formula_texts(self._sheet(sheet), self._program)

    def apply(self, edits: Edits) -> Applied:
        """Carry out ``edits``; what could not be done is said, the rest is done.

        Marks and results of earlier runs are replaced; values they wrote stay, and the journals with them. The journal is kept in the workbook
        before the first cell is written. Raises ``WorkbookError``: nothing was done; ``UnfinishedError``: the program failed on the way.
        """
        from datetime import datetime
        from importlib.metadata import version

        with self._writing():
            locked = self._program.structure_locked(self._book)
            if edits.marks or edits.results is not None:
                self._clear()
            unrecorded = tuple(value for value in edits.values if value.formula) if locked else ()
            values = tuple(value for value in edits.values if value not in unrecorded)
            plan = plan_edits(self._book, self._program, replace(edits, values=values))
            plan.refused += [Refusal(cell=value.cell, reason=UNRECORDED) for value in unrecorded]
            name = ""
            if edits.results is not None:
                if locked:
                    plan.refused.append(Refusal(cell=CellRef(RESULTS_SHEET, 1, 1), reason=NO_RESULTS))
                else:
                    name = results_name(self._book, self._program)
            journal = Journal(
                tool_version=version("gongkai"),
                time=datetime.now().astimezone().isoformat(timespec="seconds"),
                source=self._name,
                cells=tuple(plan.cells),
                results=name,
            )
            applied = Applied(journal=journal, refused=tuple(plan.refused))
            if (journal.cells or name) and not locked:
                keep_journals(self._book, self._program, (*kept_journals(self._book, self._program), journal))
                self._kept = journal
            try:
                write_plan(self._book, self._program, plan)
                if edits.results is not None and name:
                    add_results(self._book, self._program, edits.results, name)
            except Exception as error:
                raise UnfinishedError(self._name, applied, sentence_of(error, self._name)) from error
        return applied

    def undo(self, journal: Journal) -> tuple[Refusal, ...]:
        """Take back what ``journal`` records, and forget it; cells that were changed since are left alone and returned."""
        with self._writing():
            refused = take_back(self._book, self._program, journal, values=True)
            self._forget(journal)
        return refused

    def clear_marks(self) -> tuple[Refusal, ...]:
        """Take back all marks, notes and results sheets; values stay and can still be taken back."""
        with self._writing():
            return self._clear()

    def kept(self) -> tuple[Journal, ...]:
        """The journals that the workbook keeps, oldest first. Raises ``WorkbookError`` when the record was damaged."""
        with self._ready():
            return kept_journals(self._book, self._program)

    def keep(self, journal: Journal) -> None:
        """Let the workbook keep a journal; ``apply`` has done so already where sheets may be added."""
        with self._ready():
            if journal is self._kept and JOURNAL_SHEET in self._names():
                return
        with self._writing():
            journals = kept_journals(self._book, self._program)
            if journal not in journals:
                keep_journals(self._book, self._program, (*journals, journal))

    def drop(self, journal: Journal) -> None:
        """Let the workbook forget a journal; a sheet for journals goes when none is left in it."""
        with self._writing():
            self._forget(journal)

    def goto(self, cell: CellRef) -> None:
        """Show a cell to the user. Raises ``WorkbookError`` when its sheet is hidden."""
        with self._ready():
            sheet = self._sheet(cell.sheet)
            if not sheet.visible:
                raise UnreadableError(f"{self._name}：工作表「{cell.sheet}」已隐藏，无法转到 {cell.a1}。请先取消隐藏。")
            self._program.show(sheet, (cell.row, cell.column))

    def status(self, text: str | None) -> None:
        """Show a text in the status bar; None gives the bar back to the program."""
        with guarded(self._name):
            self._book.app.status_bar = False if text is None else text

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """No redrawing, events or calculation inside; afterwards all is as it was, with status bar, selection and scroll.

        One quiet inside another is the same quiet: every setting costs the program a moment.
        """
        with self._ready():
            if self._still:
                yield
                return
            self._still = True
            try:
                with kept_quiet(self._book, self._program):
                    yield
            finally:
                self._still = False

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Quiet, and one step of the program's own undo. What formulas make of new values is there afterwards."""
        with self._ready():
            reason = self._program.unwritable(self._book)
            if reason:
                raise LockedError(f"{self._name}：{reason}。")
            manual = self._book.app.calculation == "manual"
            with self.quiet(), self._program.one_step(self._book, NOTE_AUTHOR):
                yield
            if manual:
                self._book.app.calculate()

    def _clear(self) -> tuple[Refusal, ...]:
        journals = kept_journals(self._book, self._program)
        refused: list[Refusal] = []
        left: list[Journal] = []
        for journal in reversed(journals):
            refused += take_back(self._book, self._program, journal, values=False)
            values = tuple(cell for cell in journal.cells if cell.kind == "value")
            if values:
                left.insert(0, replace(journal, cells=values, results=""))
        if tuple(left) != journals or self._keeps_nothing(left):
            keep_journals(self._book, self._program, left)
        remove_results(self._book, self._program)
        return tuple(refused)

    def _forget(self, journal: Journal) -> None:
        journals = kept_journals(self._book, self._program)
        left = [other for other in journals if other != journal]
        if len(left) < len(journals) or self._keeps_nothing(left):
            keep_journals(self._book, self._program, left)

    def _keeps_nothing(self, journals: Sequence[Journal]) -> bool:
        """Whether a sheet for journals is there without any: whoever added it was ended in the middle."""
        return not journals and JOURNAL_SHEET in self._names()

    def _names(self) -> Sequence[str]:
        return self._program.sheet_names(self._book)

    @contextmanager
    def _ready(self) -> Iterator[None]:
        with guarded(self._name):
            wait_until_ready(lambda: self._program.ready(self._book), self._name)
            yield

    def _sheet(self, name: str) -> xlwings.Sheet:
        if name not in self._names():
            raise UnreadableError(f"{self._name}：没有名为「{name}」的工作表。")
        return self._book.sheets[name]
