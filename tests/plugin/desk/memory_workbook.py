"""A workbook that exists in memory only, as a host with a person in front of it: what stands in each cell, how it looks, and what was asked of it."""

from __future__ import annotations

import contextlib
import copy
import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from gongkai.desk.open_workbook import Reading
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import RESULTS_SHEET, Applied, Edits, Journal, JournalCell, Refusal, SetValue
from gongkai_workbooks.errors import LockedError
from gongkai_workbooks.grid import CellValue, Grid

NOON = datetime.datetime(2099, 1, 1, 12).astimezone()


class DeadError(Exception):
    """The program went away in the middle of what it was doing."""


class MemoryWorkbook:
    """``dies_after`` cells that were written the program dies; ``recalculate`` is run after values were written, as formulas would be."""

    name = "决算公开.xlsx"
    replaces_formulas = False

    def __init__(self, grids: Sequence[Grid]) -> None:
        self.grids = {grid.sheet: replace(grid, rows=[[*row] for row in grid.rows]) for grid in grids}
        self.looks: dict[CellRef, str] = {}
        self.notes: dict[CellRef, str] = {}
        self.locked: set[CellRef] = set()
        self.journals: list[Journal] = []
        self.selected: list[CellRef] = []
        self.said: list[str | None] = []
        self.writes = 0
        self.applied = 0
        self.dies_after: int | None = None
        self.recalculate: Callable[[MemoryWorkbook], object] = lambda _: None
        self.quiet_depth = 0
        self.keeps_nothing = False

    def state(self) -> object:
        """All that a person could see of the workbook."""
        return copy.deepcopy(({name: grid.rows for name, grid in self.grids.items()}, self.looks, self.notes))

    def sheets(self) -> tuple[str, ...]:
        return tuple(self.grids)

    def read(self, sheet: str) -> Grid:
        return replace(self.grids[sheet], rows=[[*row] for row in self.grids[sheet].rows])

    def read_all(self, reading: Reading | None = None) -> tuple[Grid, ...]:
        names = [sheet for sheet in self.grids if sheet != RESULTS_SHEET]
        grids = []
        for number, name in enumerate(names, 1):
            if reading is not None:
                reading(name, number, len(names))
            grids.append(self.read(name))
        return tuple(grids)

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        return dict.fromkeys(self.grids[sheet].formulas, "=1")

    def apply(self, edits: Edits) -> Applied:
        if edits.marks or edits.results is not None:
            self.clear_marks()
        done: list[JournalCell] = []
        refused: list[Refusal] = []
        for edit in edits.values:
            entry = self._set(edit)
            if isinstance(entry, Refusal):
                refused.append(entry)
            else:
                done.append(entry)
        if edits.values:
            self.recalculate(self)
        for mark in edits.marks:
            self._count()
            look, note = self.looks.get(mark.cell, ""), self.notes.get(mark.cell, "")
            self.looks[mark.cell] = mark.severity
            self.notes[mark.cell] = "\n".join(filter(None, (note, mark.note)))
            done.append(JournalCell(cell=mark.cell, kind="look", before=look, after=self.looks[mark.cell]))
            done.append(JournalCell(cell=mark.cell, kind="note", before=note, after=self.notes[mark.cell]))
        if edits.results is not None:
            self._count()
        results = ""
        if edits.results is not None:
            results = RESULTS_SHEET
            self.grids[results] = Grid(results, [[cell.value for cell in row] for row in edits.results.rows])
        self.applied += 1
        time = (NOON + datetime.timedelta(seconds=self.applied)).isoformat()
        journal = Journal(tool_version="0", time=time, source=self.name, cells=tuple(done), results=results)
        return Applied(journal=journal, refused=tuple(refused))

    def undo(self, journal: Journal) -> tuple[Refusal, ...]:
        refused = []
        for entry in reversed(journal.cells):
            cell = entry.cell
            if entry.kind == "value":
                if self.value(cell) != json.loads(entry.after):
                    refused.append(Refusal(cell=cell, reason="单元格内容在修正之后又被改动"))
                else:
                    self.put(cell, json.loads(entry.before))
            else:
                known = self.looks if entry.kind == "look" else self.notes
                if entry.before:
                    known[cell] = entry.before
                else:
                    known.pop(cell, None)
        self.grids.pop(journal.results, None)
        self.recalculate(self)
        return tuple(refused)

    def clear_marks(self) -> tuple[Refusal, ...]:
        for journal in [*reversed(self.journals)]:
            values = tuple(entry for entry in journal.cells if entry.kind == "value")
            self.undo(replace(journal, cells=tuple(entry for entry in journal.cells if entry.kind != "value")))
            self.journals.remove(journal)
            if values:
                self.journals.insert(0, replace(journal, cells=values, results=""))
        return ()

    def goto(self, cell: CellRef) -> None:
        assert self.quiet_depth == 0, "the selection would be put back"
        self.selected.append(cell)

    def status(self, text: str | None) -> None:
        self.said.append(text)

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        self.quiet_depth += 1
        try:
            yield
        finally:
            self.quiet_depth -= 1

    def keep(self, journal: Journal) -> None:
        if self.keeps_nothing:
            raise LockedError("工作簿结构受保护")
        self.journals.append(journal)

    def kept(self) -> tuple[Journal, ...]:
        return tuple(self.journals)

    def drop(self, journal: Journal) -> None:
        if journal in self.journals:
            self.journals.remove(journal)

    def value(self, cell: CellRef) -> CellValue:
        return self.grids[cell.sheet].value(cell.row, cell.column)

    def put(self, cell: CellRef, value: CellValue) -> None:
        """Let a cell hold something, as when a person types it."""
        grid = self.grids[cell.sheet]
        row = grid.rows[cell.row - grid.top]
        row.extend("" for _ in range(cell.column - grid.left + 1 - len(row)))
        row[cell.column - grid.left] = value

    def _set(self, edit: SetValue) -> JournalCell | Refusal:
        if edit.cell in self.locked:
            return Refusal(cell=edit.cell, reason="工作表受保护且单元格已锁定")
        if (edit.cell.row, edit.cell.column) in self.grids[edit.cell.sheet].formulas:
            return Refusal(cell=edit.cell, reason="单元格含有公式")
        if self.value(edit.cell) != edit.old:
            return Refusal(cell=edit.cell, reason="单元格内容与校验时不同")
        self._count()
        self.put(edit.cell, edit.new)
        return JournalCell(cell=edit.cell, kind="value", before=json.dumps(edit.old), after=json.dumps(edit.new))

    def _count(self) -> None:
        if self.dies_after is not None and self.writes >= self.dies_after:
            raise DeadError
        self.writes += 1
