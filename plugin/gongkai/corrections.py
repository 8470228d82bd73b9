"""Which fixes are made, what the workbook would look like with them, and which of them do harm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai_checks.finding import Edit, Finding, Safety, Severity
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import SetValue
from gongkai_workbooks.grid import CellValue, Grid

from .language import Words
from .report import CellChange, NotChanged, is_fixable, severity_of
from .wording import cell_text


@dataclass(frozen=True, slots=True)
class Plan:
    """The findings whose fixes are to be made, and those that were asked for but cannot be."""

    fixes: tuple[Finding, ...] = ()
    not_changed: tuple[NotChanged, ...] = ()

    def without(self, withdrawn: Sequence[Finding], reason: str) -> Plan:
        """The plan when some of its fixes are given up for one reason."""
        gone = {id(finding) for finding in withdrawn}
        return Plan(
            tuple(finding for finding in self.fixes if id(finding) not in gone),
            (*self.not_changed, *(NotChanged(finding=finding, reason=reason) for finding in withdrawn)),
        )

    def values(self) -> tuple[SetValue, ...]:
        """The values to be written, each cell once."""
        edits = {edit.cell: edit for finding in self.fixes for edit in edits_of(finding)}
        return tuple(SetValue(cell=edit.cell, old=edit.old, new=edit.new) for edit in edits.values())

    def changes(self, labels: Mapping[CellRef, str]) -> tuple[CellChange, ...]:
        """The changes for the report, each cell once."""
        changes: dict[CellRef, CellChange] = {}
        for finding in self.fixes:
            for edit in edits_of(finding):
                change = CellChange(
                    cell=edit.cell,
                    label=labels.get(edit.cell, ""),
                    old=cell_text(edit.old),
                    new=cell_text(edit.new),
                    finding=finding,
                    was_text=isinstance(edit.old, str) and edit.old != "" and not isinstance(edit.new, str),
                )
                changes.setdefault(edit.cell, change)
        return tuple(changes.values())


def edits_of(finding: Finding) -> tuple[Edit, ...]:
    """The edits of a finding's fix."""
    return finding.fix.edits if finding.fix is not None else ()


def choose_fixes(findings: Iterable[Finding], grids: Sequence[Grid], *, unsafe: bool, words: Words) -> Plan:
    """The safe fixes, and with ``unsafe`` the unsafe ones that do not contradict them.

    A formula is never overwritten; a cell that no longer holds what the fix expects is left alone; all edits of a fix are made, or none.
    """
    by_name = {grid.sheet: grid for grid in grids}
    claimed: dict[CellRef, CellValue] = {}
    fixes: list[Finding] = []
    not_changed: list[NotChanged] = []
    for safety in (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,):
        for finding in findings:
            if not is_fixable(finding, safety):
                continue
            reason = _obstacle(finding, by_name, claimed, words)
            if reason:
                not_changed.append(NotChanged(finding=finding, reason=reason))
            else:
                fixes.append(finding)
                claimed.update((edit.cell, edit.new) for edit in edits_of(finding))
    return Plan(tuple(fixes), tuple(not_changed))


def _obstacle(finding: Finding, grids: Mapping[str, Grid], claimed: Mapping[CellRef, CellValue], words: Words) -> str:
    for edit in edits_of(finding):
        sheet, row, column = edit.cell
        grid = grids.get(sheet)
        if grid is None:
            return words(f"没有工作表“{sheet}”。", f"There is no sheet {sheet}.")
        if (row, column) in grid.formulas:
            return words(
                f"{edit.cell} 是公式，不改写；请修改公式或它引用的单元格。",
                f"{edit.cell} holds a formula, which is never overwritten.",
            )
        if grid.value(row, column) != edit.old:
            return words(
                f"{edit.cell} 的值与修正所依据的不一致。", f"{edit.cell} does not hold the value that the fix expects."
            )
        if claimed.get(edit.cell, edit.new) != edit.new:
            return words(
                f"另一项修正要把 {edit.cell} 改为别的值。", f"Another fix writes another value into {edit.cell}."
            )
    return ""


def with_fixes(grids: Sequence[Grid], values: Iterable[SetValue]) -> tuple[Grid, ...]:
    """The sheets as they will be with these values. The given ones are left as they are."""
    by_sheet: dict[str, list[SetValue]] = {}
    for value in values:
        by_sheet.setdefault(value.cell.sheet, []).append(value)
    return tuple(_changed(grid, by_sheet[grid.sheet]) if grid.sheet in by_sheet else grid for grid in grids)


def _changed(grid: Grid, values: Sequence[SetValue]) -> Grid:
    rows = list(grid.rows)
    copied: set[int] = set()
    faults = dict(grid.faults)
    for value in values:
        row, column = value.cell.row - grid.top, value.cell.column - grid.left
        if row < 0 or column < 0:
            continue
        rows.extend([] for _ in range(row + 1 - len(rows)))
        if row not in copied:
            rows[row] = list(rows[row])
            copied.add(row)
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = value.new
        faults.pop((value.cell.row, value.cell.column), None)
    return replace(grid, rows=rows, faults=faults)


def new_errors(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """The errors of ``after`` that were not there before.

    A relation that was broken before and is broken still is no new error, though another cell may now be named as its cause.
    """
    known = {key for finding in before for key in _violations(finding)}
    return [
        finding
        for finding in after
        if severity_of(finding) is Severity.ERROR and not known.issuperset(_violations(finding))
    ]


def _violations(finding: Finding) -> Iterator[tuple[str, str, str, str, CellRef | None]]:
    """The broken relations behind a finding: what it explains, or itself where it explains nothing."""
    for consequence in finding.explained:
        yield from _violations(consequence)
    if not finding.explained:
        yield finding.code, finding.table, finding.item, finding.column, finding.cell


def culprits(errors: Iterable[Finding], fixes: Sequence[Finding]) -> list[Finding]:
    """The fixes that touch the very cell of one of the errors; else those that touch any cell it speaks of; all fixes when none does."""
    named: set[CellRef] = set()
    spoken_of: set[CellRef] = set()
    for error in errors:
        named.update(edit.cell for edit in edits_of(error))
        if error.cell is not None:
            named.add(error.cell)
        spoken_of.update(error.evidence, *error.candidates)
    for cells in (named, spoken_of):
        guilty = [finding for finding in fixes if any(edit.cell in cells for edit in edits_of(finding))]
        if guilty:
            return guilty
    return list(fixes)
