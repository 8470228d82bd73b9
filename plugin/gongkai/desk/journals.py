"""What was done to the workbook of a visit and can be taken back: kept by the workbook, or for it where it may not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Applied, Edits, Journal, Refusal
from gongkai_workbooks.errors import LockedError

if TYPE_CHECKING:
    from .visit import Visit


def write(visit: Visit, edits: Edits, what: str) -> Applied:
    """Write, with a record on disk from before the first cell until the journal is kept. Raises ``WorkbookError``."""
    with visit.desk.begun.recorded(visit.key, what, edits, visit.desk.now()):
        applied = visit.workbook.apply(edits)
        if applied.journal.cells or applied.journal.results:
            _keep(visit, applied.journal)
    return applied


def kept(visit: Visit) -> tuple[Journal, ...]:
    """All journals of the workbook, oldest first. Raises ``WorkbookError``."""
    journals = (*visit.workbook.kept(), *visit.desk.shelf.kept(visit.key))
    return tuple(sorted(dict.fromkeys(journals), key=lambda journal: journal.moment))


def values_of(journal: Journal) -> tuple[CellRef, ...]:
    """The cells whose value a journal can give back."""
    return tuple(entry.cell for entry in journal.cells if entry.kind == "value")


def is_marked(visit: Visit) -> bool:
    """Whether the workbook bears marks or a list of ours."""
    return any(_bears_marks(journal) for journal in kept(visit))


def take_back(visit: Visit, journal: Journal) -> tuple[Refusal, ...]:
    """Take back all that a journal records, and forget it; returns the cells that were changed since. Raises ``WorkbookError``."""
    refused = visit.workbook.undo(journal)
    if journal in visit.workbook.kept():
        visit.workbook.drop(journal)
    shelved = visit.desk.shelf.kept(visit.key)
    if journal in shelved:
        visit.desk.shelf.keep(visit.key, [other for other in shelved if other != journal])
    return refused


def withdraw_marks(visit: Visit) -> tuple[Refusal, ...]:
    """Give colours, notes and the list back; values stay, with their journals. Returns the cells that were changed since."""
    refused: tuple[Refusal, ...] = ()
    if any(_bears_marks(journal) for journal in visit.workbook.kept()):
        refused = visit.workbook.clear_marks()
    shelved = visit.desk.shelf.kept(visit.key)
    if any(_bears_marks(journal) for journal in shelved):
        left: list[Journal] = []
        for journal in reversed(shelved):
            marks = tuple(entry for entry in journal.cells if entry.kind != "value")
            values = tuple(entry for entry in journal.cells if entry.kind == "value")
            if marks or journal.results:
                refused += visit.workbook.undo(replace(journal, cells=marks))
            if values:
                left.insert(0, replace(journal, cells=values, results=""))
        visit.desk.shelf.keep(visit.key, left)
    return refused


def _keep(visit: Visit, journal: Journal) -> None:
    try:
        visit.workbook.keep(journal)
    except LockedError:
        # No sheet may be added: the way back is kept for the workbook instead of in it.
        visit.desk.shelf.keep(visit.key, [*visit.desk.shelf.kept(visit.key), journal])


def _bears_marks(journal: Journal) -> bool:
    return bool(journal.results) or any(entry.kind != "value" for entry in journal.cells)
