"""What is to be done to a workbook: values, marks and a sheet of results. Hosts carry it out; checks and reports make it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from .cells import CellRef
from .grid import CellValue

SeverityWord = Literal["error", "warning", "info"]

RESULTS_SHEET = "校验结果"
"""Name of the sheet that gongkai adds to a marked workbook; a reader passes it over."""

JOURNAL_SHEET = "_gongkai_校验记录"
"""Name of the hidden sheet in which an open workbook keeps what was done to it; a reader passes it over."""

NOTE_AUTHOR = "决算公开校验"
"""Author of the notes that gongkai writes, and the first words of each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValue:
    """Write ``new`` into a cell that still holds ``old``.

    ``old`` and ``new`` are cell values: a float or int is written as a number, a str as text, ``""`` empties the cell.
    A host refuses when the cell no longer holds ``old``, or holds a formula, unless it is the ``formula`` that the user has agreed to give up for
    this cell and the host can give it back. A saved file keeps its formulas whatever was agreed to.
    """

    cell: CellRef
    old: CellValue
    new: CellValue
    formula: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Fill, border and note of one cell. Several marks of one cell are joined: the gravest severity, all notes."""

    cell: CellRef
    severity: SeverityWord
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """A cell of the results sheet. ``link`` makes it a hyperlink to a cell of the same workbook."""

    value: str | int | float
    style: Literal["plain", "title", "header", "error", "warning", "info", "amount", "wrap", "muted"] = "plain"
    link: CellRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsSheet:
    """The sheet 「校验结果」, placed last; it replaces an earlier one of the same name that gongkai made.

    ``rows`` are the cells from A1; ``header_row`` (from 1) is frozen and carries the filter over its columns down to
    ``last_filter_row``; ``widths`` are column widths in characters; ``choices`` puts a drop-down list of those texts on a
    column (counted from 1) from below the header to ``last_filter_row``.
    """

    rows: tuple[tuple[SheetCell, ...], ...]
    header_row: int
    last_filter_row: int
    widths: tuple[float, ...]
    choices: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """All that one run does to one workbook."""

    values: tuple[SetValue, ...] = ()
    marks: tuple[Mark, ...] = ()
    results: ResultsSheet | None = None

    def __bool__(self) -> bool:
        return bool(self.values or self.marks or self.results)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An edit that was not carried out, or not taken back, with the reason in Chinese."""

    cell: CellRef
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of a set of edits: the journal, which names what was written and takes it all back, and what was ``refused``."""

    journal: Journal
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalCell:
    """One thing done to one cell: how it was before, and what was made of it.

    ``kind`` says what was done: ``value`` is what the cell holds, ``look`` its fill and border, ``note`` its note. ``before`` and
    ``after`` are texts in the form of the host that wrote them (the package editor writes JSON); only that host reads them.
    """

    cell: CellRef
    kind: Literal["value", "look", "note"]
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPart:
    """One part of a saved workbook as it was before a run; a live host has none.

    ``after`` is the SHA-256 of what was written (``""`` when the part was removed): while the part still has it, ``data`` can be put
    back. ``data`` are the original bytes as they stood in the archive, compressed by ``method``; ``None`` when the part was added.
    """

    name: str
    after: str
    data: bytes | None = None
    method: int = 0
    crc: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Everything needed to take one run back, in the order in which it was done. Hosts keep it as JSON.

    ``source`` is the name of the workbook that was read, ``results`` the name of the results sheet that was added (``""``: none).
    """

    tool_version: str
    time: str
    source: str
    cells: tuple[JournalCell, ...] = ()
    parts: tuple[JournalPart, ...] = ()
    results: str = ""

    @property
    def moment(self) -> datetime.datetime:
        """When it was written, whatever the time zone then was; long ago where ``time`` is none."""
        try:
            return datetime.datetime.fromisoformat(self.time).astimezone()
        except (ValueError, OverflowError):
            return datetime.datetime.min.replace(tzinfo=datetime.UTC)
