"""撤销上次修正 and 清除全部标记: the workbook as it was, and what was begun and never ended."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Journal, Refusal, SetValue
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.grid import Grid

from .answer import Answer
from .begun import Record
from .journals import is_marked, kept, take_back, values_of, withdraw_marks
from .marking import mark
from .open_workbook import OpenWorkbook
from .replies import read_replies
from .visit import Visit, refused

MOST_NAMED = 6
NOTHING = Journal(tool_version="", time="", source="")


def undo_last(visit: Visit) -> Answer:
    """Take back the last correction, or one that was interrupted; cells that were changed since are left and named. Raises ``WorkbookError``."""
    workbook = visit.workbook
    interrupted = open_records(visit)
    if not interrupted and not any(values_of(journal) for journal in kept(visit)):
        return refused("没有可撤销的修正：本程序没有改过这个工作簿的数，或已经撤销。")
    visit.last_way_out()
    visit.say("正在撤销…")
    marked = is_marked(visit)
    replies = read_replies(workbook)
    with workbook.quiet():
        refusals = list(withdraw_marks(visit))
        if interrupted:
            cells, left = _restore(visit, interrupted)
        else:
            journal = next(each for each in reversed(kept(visit)) if values_of(each))
            cells, left = values_of(journal), take_back(visit, journal)
    refusals += left
    named = _named(refusals)
    restored = tuple(cell for cell in cells if cell not in {refusal.cell for refusal in left})
    standing = None
    trouble = ""
    try:
        standing = visit.settled(visit.examine(visit.read()))
        standing.replies = {**standing.replies, **replies}
        if marked:
            with workbook.quiet():
                mark(visit, standing.report, standing.replies)
    except WorkbookError as error:
        trouble = str(error)
    what = "上次中断的修正" if interrupted else "上次修正"
    sentence = f"已撤销{what}，恢复 {len(restored)} 处原值。" if restored else f"{what}没有可恢复的单元格。"
    answer = visit.answer(f"{sentence}{named}{trouble}", standing)
    return replace(
        answer,
        cell=restored[0] if restored else None,
        changed=restored,
        left=tuple(dict.fromkeys(refusal.cell for refusal in refusals)),
    )


def clear_marks(visit: Visit) -> Answer:
    """Give colours, notes and the list back; corrected values stay. Raises ``WorkbookError``."""
    if not is_marked(visit):
        return refused("工作簿里没有本程序的标记。")
    visit.last_way_out()
    visit.say("正在清除标记…")
    known = visit.desk.standing(visit.key)
    if known is not None:
        known.replies.update(read_replies(visit.workbook))
    with visit.workbook.quiet():
        left = withdraw_marks(visit)
    answer = visit.answer(f"已清除全部标记、批注和结果清单，原有的颜色和批注已恢复。{_named(left)}", known)
    return replace(answer, left=tuple(dict.fromkeys(refusal.cell for refusal in left)))


def open_records(visit: Visit) -> tuple[Record, ...]:
    """The writings into this workbook that were begun and never ended.

    A record is settled when no value was written, or all were and a journal names them; it is forgotten then, and so is a journal of nothing.
    """
    left = []
    grids: dict[str, Grid] = {}
    for record in visit.desk.begun.records(visit.key):
        journal = _journal_of(visit, record)
        written = _written(visit.workbook, record, grids)
        if written and (journal is None or len(written) < len(record.values)):
            left.append(record)
            continue
        if not written and record.values and journal is not None:
            take_back(visit, journal)
        elif not written:
            # It may have ended between adding the sheet for journals and writing there; a workbook that cannot be written keeps the sheet.
            with suppress(WorkbookError):
                visit.workbook.drop(NOTHING)
        visit.desk.begun.forget(record)
    return tuple(left)


def _journal_of(visit: Visit, record: Record) -> Journal | None:
    """The journal that was kept before the writing broke off: it is not older, and names no cell but those of the record."""
    cells = {value.cell for value in record.values}
    for journal in kept(visit):
        named = values_of(journal)
        if named and journal.time >= record.time and cells.issuperset(named):
            return journal
    return None


def _written(workbook: OpenWorkbook, record: Record, grids: dict[str, Grid]) -> list[SetValue]:
    """The values of a record that stand in the workbook now."""
    return [value for value in record.values if _value(workbook, value.cell, grids) == value.new]


def interrupted_sentence(records: Sequence[Record]) -> str:
    """What a person must know of writings that were interrupted."""
    if not records:
        return ""
    first = records[0]
    cells = "、".join(str(value.cell) for value in first.values[:MOST_NAMED])
    return f"注意：{first.shown_time} 的修正中途中断，{cells} 等处可能已改而没有记录；请点“撤销上次修正”恢复。"


def _restore(visit: Visit, records: Sequence[Record]) -> tuple[tuple[CellRef, ...], tuple[Refusal, ...]]:
    """Take back what was written: by the journal, which knows the cells exactly, else by the record."""
    cells: list[CellRef] = []
    left: list[Refusal] = []
    grids: dict[str, Grid] = {}
    for record in reversed(records):
        written = _written(visit.workbook, record, grids)
        journal = _journal_of(visit, record)
        if journal is not None:
            left += take_back(visit, journal)
        else:
            back = tuple(SetValue(cell=value.cell, old=value.new, new=value.old) for value in written)
            left += visit.workbook.apply(Edits(values=back)).refused
        cells += [value.cell for value in written]
        visit.desk.begun.forget(record)
        grids.clear()
    return tuple(dict.fromkeys(cells)), tuple(left)


def _value(workbook: OpenWorkbook, cell: CellRef, grids: dict[str, Grid]) -> object:
    if cell.sheet not in grids:
        if cell.sheet not in workbook.sheets():
            return None
        grids[cell.sheet] = workbook.read(cell.sheet)
    return grids[cell.sheet].value(cell.row, cell.column)


def _named(left: Sequence[Refusal]) -> str:
    if not left:
        return ""
    named = "；".join(f"{refusal.cell}：{refusal.reason}" for refusal in left[:MOST_NAMED])
    more = f"；等 {len(left)} 处" if len(left) > MOST_NAMED else ""
    return f"未动 {named}{more}。"
