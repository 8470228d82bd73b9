"""What a set of edits would do to an open workbook: looked at cell by cell before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, JournalCell, Mark, Refusal, SetValue, SeverityWord
from gongkai_workbooks.grid import Grid, Span
from gongkai_workbooks.mark_look import MARK_LOOKS
from gongkai_workbooks.reading.limits import MAX_AREA, MAX_COLUMN, MAX_ROW
from gongkai_workbooks.writable import unwritable

from .cell_content import Content, content_of, holds
from .looks import GRADIENT, LookBefore, before_json, mark_json
from .program import Place, Program
from .sheet_reading import read_sheet

if TYPE_CHECKING:
    import xlwings

OUT_OF_RANGE = "单元格地址超出工作表的范围"
FORMULA = "单元格含有公式，公式不予覆盖，请核对公式引用的单元格"
OTHER_FORMULA = "公式与确认时不同，未改动"
UNRECORDED = "工作簿结构受保护，无法保存恢复公式所需的记录，公式不予替换；请先撤销工作簿保护"
INNER = "单元格在合并区域内部，内容应写在左上角单元格"
HIDDEN = "单元格所在的工作表、行或列已隐藏，请取消隐藏后再修正"
THREADED = "单元格已有会话式批注，未写批注，只作填充和边框标记；说明见结果清单"
SHADED = "单元格为渐变填充，未作填充和边框标记，只写批注；说明见结果清单"
PROTECTED = "工作表受保护，未作标记，请先撤销工作表保护；说明见结果清单"
_GRAVEST: tuple[SeverityWord, ...] = ("error", "warning", "info")


@dataclass(slots=True)
class SheetPlan:
    """What is to be done on one sheet."""

    values: dict[Place, Content] = field(default_factory=dict)
    marks: dict[SeverityWord, list[Span]] = field(default_factory=dict)
    new_notes: dict[Place, str] = field(default_factory=dict)
    longer_notes: dict[Place, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """What is to be done, as the journal will have it, and what is refused."""

    sheets: dict[str, SheetPlan] = field(default_factory=dict)
    cells: list[JournalCell] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def has_values(self) -> bool:
        """Whether a value is to be written."""
        return any(sheet.values for sheet in self.sheets.values())


def plan_edits(book: xlwings.Book, program: Program, edits: Edits) -> Plan:
    """Look at every cell that ``edits`` name. Nothing is written."""
    plan = Plan()
    values: dict[str, list[SetValue]] = {}
    marks: dict[str, list[Mark]] = {}
    for value in edits.values:
        values.setdefault(value.cell.sheet, []).append(value)
    for mark in edits.marks:
        marks.setdefault(mark.cell.sheet, []).append(mark)
    names = program.sheet_names(book)
    for name in dict.fromkeys([*values, *marks]):
        asked = (*values.get(name, ()), *marks.get(name, ()))
        if name not in names:
            plan.refused += [Refusal(cell=edit.cell, reason=f"找不到工作表“{name}”") for edit in asked]
            continue
        inside: list[SetValue | Mark] = []
        for edit in asked:
            if edit.cell.row <= MAX_ROW and edit.cell.column <= MAX_COLUMN:
                inside.append(edit)
            else:
                plan.refused.append(Refusal(cell=edit.cell, reason=OUT_OF_RANGE))
        sheet, todo = book.sheets[name], SheetPlan()
        plan.sheets[name] = todo
        _plan_values(sheet, program, [edit for edit in inside if isinstance(edit, SetValue)], todo, plan)
        _plan_marks(sheet, program, [edit for edit in inside if isinstance(edit, Mark)], todo, plan)
    return plan


def _plan_values(sheet: xlwings.Sheet, program: Program, values: list[SetValue], todo: SheetPlan, plan: Plan) -> None:
    if not values:
        return
    grid = read_sheet(sheet, program, MAX_AREA)
    for edit in values:
        place = (edit.cell.row, edit.cell.column)
        reason = _obstacle(sheet, program, grid, place, edit.formula) or unwritable(edit.new)
        if not reason:
            before = todo.values.get(place) or program.content(sheet, place)
            held = holds(before, edit.old)
            if place in grid.formulas and place not in todo.values:
                result = content_of(grid.value(*place))
                before = Content("formula", edit.formula, result=result.text if result.kind == "number" else "")
                held = holds(result, edit.old)
            if held:
                after = content_of(edit.new)
                todo.values[place] = after
                plan.cells.append(
                    JournalCell(cell=edit.cell, kind="value", before=before.to_json(), after=after.to_json())
                )
                continue
            reason = f"单元格内容与校验时不同（{before.shown}），未改动"
        plan.refused.append(Refusal(cell=edit.cell, reason=reason))


def _obstacle(sheet: xlwings.Sheet, program: Program, grid: Grid, place: Place, agreed: str) -> str:
    """Why nothing may be written into the cell, in Chinese; ``""`` when it may."""
    if place in grid.formulas and not agreed:
        return FORMULA
    if place in grid.formulas and program.formula(sheet, place) != agreed:
        return OTHER_FORMULA
    for span in grid.merges:
        inside = span.top <= place[0] <= span.bottom and span.left <= place[1] <= span.right
        if inside and place != (span.top, span.left):
            return INNER
    reason = program.obstacle(sheet, place)
    if reason:
        return reason
    hidden = not grid.visible or place[0] in grid.hidden_rows or place[1] in grid.hidden_columns
    return HIDDEN if hidden else ""


def _plan_marks(sheet: xlwings.Sheet, program: Program, marks: list[Mark], todo: SheetPlan, plan: Plan) -> None:
    from gongkai_workbooks.package.marks import LARGEST_MERGE, note_block

    if not marks:
        return
    if program.locked_for_marks(sheet):
        plan.refused += [Refusal(cell=mark.cell, reason=PROTECTED) for mark in marks]
        return
    by_place: dict[Place, list[Mark]] = {}
    areas = program.merge_areas(sheet, list(dict.fromkeys((mark.cell.row, mark.cell.column) for mark in marks)))
    spans: dict[Place, Span] = {}
    for mark in marks:
        span = areas[mark.cell.row, mark.cell.column]
        anchor = (span.top, span.left)
        size = (span.bottom - span.top + 1) * (span.right - span.left + 1)
        spans[anchor] = span if size <= LARGEST_MERGE else Span(*anchor, *anchor)
        by_place.setdefault(anchor, []).append(mark)
    looks = program.looks(sheet, [spans[anchor] for anchor in sorted(by_place)])
    notes = program.notes(sheet, sorted(by_place))
    name = marks[0].cell.sheet
    for anchor in sorted(by_place):
        cell = CellRef(name, *anchor)
        severity = min((mark.severity for mark in by_place[anchor]), key=_GRAVEST.index)
        span = spans[anchor]
        if looks[span].fill == GRADIENT:
            plan.refused.append(Refusal(cell=cell, reason=SHADED))
        else:
            todo.marks.setdefault(severity, []).append(span)
            before = before_json(LookBefore(looks[span], span))
            plan.cells.append(JournalCell(cell=cell, kind="look", before=before, after=mark_json(MARK_LOOKS[severity])))
        note, block = notes.get(anchor), note_block(by_place[anchor])
        if note is not None and note.threaded:
            plan.refused.append(Refusal(cell=cell, reason=THREADED))
            continue
        (todo.new_notes if note is None else todo.longer_notes)[anchor] = block
        plan.cells.append(JournalCell(cell=cell, kind="note", before="" if note is None else note.text, after=block))
