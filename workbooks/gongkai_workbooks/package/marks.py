"""Marks on the cells of one worksheet: fill, border and note. What a cell looked like before goes into the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import NOTE_AUTHOR, JournalCell, Mark, Refusal, SeverityWord
from gongkai_workbooks.grid import Span
from gongkai_workbooks.mark_look import MARK_LOOKS

from .archive import DamagedError
from .notes import Notes
from .sheet_xml import LAST_COLUMN, LAST_ROW, Ranges, SheetXml
from .styles import Styles
from .values import OUT_OF_RANGE
from .xml_tree import text_xml

SIGNS: Mapping[SeverityWord, str] = {"error": "✖ 错误", "warning": "▲ 警告", "info": "● 提示"}
LARGEST_MERGE = 256
"""A merged range of more cells than this is marked at its top-left cell only."""

LONGEST_NOTE = 30_000
_GRAVEST: tuple[SeverityWord, ...] = ("error", "warning", "info")


class LookBefore(NamedTuple):
    """Fill and border of a cell as XML (``""``: none), and whether the cell was absent from the sheet."""

    fill: str
    border: str
    absent: bool


class LookAfter(NamedTuple):
    """Fill colour (``""``: not changed), style and colour of the sides, and whether the cell lies inside a merged range."""

    fill: str
    side: str
    colour: str
    inner: bool


def look_json(look: LookBefore | LookAfter) -> str:
    """The form kept in the journal."""
    return json.dumps(look._asdict(), ensure_ascii=False)


def read_look(entry: JournalCell) -> tuple[LookBefore, LookAfter]:
    """The look of a cell before and after, as ``look_json`` wrote them. Raises ``DamagedError``."""
    try:
        before, after = json.loads(entry.before), json.loads(entry.after)
        return (
            LookBefore(str(before["fill"]), str(before["border"]), bool(before["absent"])),
            LookAfter(str(after["fill"]), str(after["side"]), str(after["colour"]), bool(after["inner"])),
        )
    except (ValueError, KeyError, TypeError):
        raise DamagedError("校验记录有误") from None


def note_block(marks: Iterable[Mark]) -> str:
    """Our text in the note of one cell: author, sign and word of the gravest mark first, then what each mark says."""
    ordered = sorted(marks, key=lambda mark: _GRAVEST.index(mark.severity))
    head = SIGNS[ordered[0].severity]
    texts = list(dict.fromkeys(mark.note.strip() for mark in ordered))
    block = "\n".join(text for text in texts if text)
    # A text that itself begins with sign and word is not told twice.
    block = f"{NOTE_AUTHOR} {block}" if block.startswith(head) else f"{NOTE_AUTHOR} {head}\n{block}".rstrip()
    return block if len(block) <= LONGEST_NOTE else block[:LONGEST_NOTE] + "…"


class Marker:
    """Marks cells, one worksheet after the other."""

    def __init__(self, styles: Styles):
        self._styles = styles
        self._before: dict[tuple[int, bool], str] = {}
        self._after: dict[tuple[SeverityWord, bool], str] = {}

    def apply(
        self, sheet: str, xml: SheetXml, notes: Notes, marks: Iterable[Mark]
    ) -> tuple[list[JournalCell], list[Refusal]]:
        """Mark every cell once; marks inside a merged range go to its top-left cell."""
        merged = xml.merged_ranges()
        done: list[JournalCell] = []
        refused: list[Refusal] = []
        by_cell: dict[tuple[int, int], list[Mark]] = {}
        for mark in marks:
            _, row, column = mark.cell
            if row > LAST_ROW or column > LAST_COLUMN:
                refused.append(Refusal(cell=mark.cell, reason=OUT_OF_RANGE))
                continue
            span = merged.holding(row, column)
            anchor = (row, column) if span is None else (span.top, span.left)
            by_cell.setdefault(anchor, []).append(mark)
        for anchor in sorted(by_cell):
            severity = min((mark.severity for mark in by_cell[anchor]), key=_GRAVEST.index)
            for row, column in self._cells(anchor, merged):
                done.append(self._look(xml, CellRef(sheet, row, column), severity, inner=(row, column) != anchor))
            note = _note(notes, CellRef(sheet, *anchor), note_block(by_cell[anchor]))
            if isinstance(note, Refusal):
                refused.append(note)
            else:
                done.append(note)
        return done, refused

    @staticmethod
    def _cells(anchor: tuple[int, int], merged: Ranges) -> list[tuple[int, int]]:
        span = merged.holding(*anchor) or Span(*anchor, *anchor)
        rows, columns = span.bottom - span.top + 1, span.right - span.left + 1
        if rows * columns > LARGEST_MERGE:
            return [anchor]
        return [
            (row, column)
            for row in range(span.top, span.bottom + 1)
            for column in range(span.left, span.right + 1)
            if row <= LAST_ROW and column <= LAST_COLUMN
        ]

    def _look(self, xml: SheetXml, cell: CellRef, severity: SeverityWord, *, inner: bool) -> JournalCell:
        index, absent = xml.restyle(cell.row, cell.column, lambda index: self._styles.marked(index, severity))
        if (index, absent) not in self._before:
            fill, border = text_xml(self._styles.fill(index)), text_xml(self._styles.border(index))
            self._before[index, absent] = look_json(LookBefore(fill, border, absent))
        if (severity, inner) not in self._after:
            self._after[severity, inner] = look_json(LookAfter(*MARK_LOOKS[severity], inner))
        return JournalCell(
            cell=cell,
            kind="look",
            before=self._before[index, absent],
            after=self._after[severity, inner],
        )


def _note(notes: Notes, cell: CellRef, block: str) -> JournalCell | Refusal:
    position = (cell.row, cell.column)
    if notes.threaded(*position):
        reason = "单元格已有会话式批注，未写批注，只作填充和边框标记；说明见结果清单"
        return Refusal(cell=cell, reason=reason)
    if not notes.can_add:
        reason = "工作表的批注图形无法识别，未写批注，只作填充和边框标记；说明见结果清单"
        return Refusal(cell=cell, reason=reason)
    before = notes.text_xml(*position)
    notes.append(*position, block)
    return JournalCell(cell=cell, kind="note", before=before, after=block)
