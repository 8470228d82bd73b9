"""The journals that an open workbook kept in its hidden sheet: read from the saved file, in the words of the package editor, and the sheet taken out."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator
from typing import Any

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import JOURNAL_SHEET, Journal, JournalCell
from gongkai_workbooks.grid import Span

from .archive import DamagedError
from .cell_value import SharedStrings, Stored, number_text, read_cell
from .live_looks import border_before, fill_before
from .marks import LookAfter, LookBefore, look_json
from .opc import Package
from .workbook_xml import Workbook
from .xml_tree import child, children

PIECE_MARK = "|"
"""Begins every cell of the sheet that holds a piece of the record."""


def read_live_journals(package: Package) -> tuple[Journal, ...]:
    """The journals of the hidden sheet, oldest first; none where there is no such sheet. Raises ``DamagedError``."""
    from .journal import chain_from_json

    sheet = Workbook(package).sheets().get(JOURNAL_SHEET)
    if sheet is None or not sheet.part:
        return ()
    shared, rows = SharedStrings(package), child(package.tree(sheet.part), "sheetData")
    pieces = []
    for row in () if rows is None else children(rows, "row"):
        # The record stands in the first column, and nothing else in the sheet.
        text = read_cell(child(row, "c"), shared).text
        if text.startswith(PIECE_MARK):
            pieces.append(text[1:])
    if not pieces:
        return ()
    return _as_runs([_translated(journal) for journal in chain_from_json("".join(pieces)).journals])


def remove_live_record(package: Package) -> None:
    """Take the hidden sheet out of the workbook, and what it said with it."""
    workbook = Workbook(package)
    if JOURNAL_SHEET in workbook.sheets() and len(workbook.sheets()) > 1:
        workbook.remove_sheet(JOURNAL_SHEET)
        package.flush()


def _as_runs(journals: list[Journal]) -> tuple[Journal, ...]:
    """An open workbook is written twice in one run, values and then marks; in a file the two are one run, which is taken back as one."""
    if len(journals) > 1 and not _values(journals[-1]) and len(_values(journals[-2])) == len(journals[-2].cells):
        values, marks = journals[-2:]
        joined = dataclasses.replace(marks, cells=(*values.cells, *marks.cells))
        return (*journals[:-2], joined)
    return tuple(journals)


def _values(journal: Journal) -> list[JournalCell]:
    return [entry for entry in journal.cells if entry.kind == "value"]


def _translated(journal: Journal) -> Journal:
    try:
        cells = [cell for entry in journal.cells for cell in _entries(entry)]
    except (ValueError, KeyError, TypeError, IndexError, OverflowError):
        raise DamagedError("校验记录有误") from None
    return dataclasses.replace(journal, cells=tuple(cells), parts=())


def _entries(entry: JournalCell) -> Iterator[JournalCell]:
    if entry.kind == "value":
        yield dataclasses.replace(entry, before=_stored(entry.before).to_json(), after=_stored(entry.after).to_json())
    elif entry.kind == "note":
        # Without the old text only our lines are taken out, and the user's keep their format.
        yield dataclasses.replace(entry, before="")
    else:
        yield from _looks(entry)


def _stored(text: str) -> Stored:
    fields = json.loads(text)
    kind, content = str(fields["kind"]), str(fields["text"])
    if kind == "number":
        return Stored(kind, number_text(float(content)))
    if kind == "bool":
        return Stored(kind, "1" if content == "TRUE" else "0")
    if kind == "formula":
        result = str(fields.get("result", ""))
        if result and not math.isfinite(float(result)):
            raise ValueError(result)
        return Stored(kind, content, result=number_text(float(result)) if result else "")
    if kind not in ("blank", "text", "error"):
        raise ValueError(kind)
    return Stored(kind, content)


def _looks(entry: JournalCell) -> Iterator[JournalCell]:
    """A program marks a merged range as one; a file has the look of each of its cells."""
    before, after = json.loads(entry.before), json.loads(entry.after)
    exact: dict[str, Any] = json.loads(before["exact"])
    span = Span(*(int(bound) for bound in before["span"]))
    mark = [str(after[name]) for name in ("fill", "side", "colour")]
    for row in range(span.top, span.bottom + 1):
        for column in range(span.left, span.right + 1):
            cell = CellRef(entry.cell.sheet, row, column)
            old = LookBefore(fill_before(exact, before["fill"]), border_before(exact, span, cell), False)
            inner = cell != entry.cell
            new = LookAfter(mark[0], mark[1], mark[2], inner)
            yield JournalCell(cell=cell, kind="look", before=look_json(old), after=look_json(new))
