"""What was said of one damaged workbook, held against what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gongkai_checks.code_tree import code_tree
from gongkai_checks.finding import Edit, Finding, Safety, Severity
from gongkai_checks.ledger import TOTAL, Key
from gongkai_workbooks.amounts import Figure, read_figure
from gongkai_workbooks.cells import CellRef

from .injection import Injection
from .original import Original
from .ties import Changes, Tie, Ties

OTHERWISE = "；也可能是另一种情形"
UNDETECTABLE, MISSED, NOWHERE, AMONG, VALUE, FIRST, UNSAFE, SAFE, WRONG = ".-dcvfus!"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one case went.

    ``detectable``: some tie is outside its interval; ``ambiguous``: another cell, or another mistake of the same kind, would
    explain the figures as well. ``first``: the leading error finding points at the cause (of several mistakes: each has a
    finding that points at it); ``among``: the cause is in a cell, an edit or a candidate of an error finding. ``right`` is the
    safety of the fixes that write the right amounts back, ``wrong_safe`` counts the safe edits that write a wrong one.
    """

    detectable: bool
    ambiguous: bool
    detected: bool
    first: bool
    among: bool
    right: Safety | None
    wrong_safe: int
    wrong_unsafe: int
    errors: int

    @property
    def letter(self) -> str:
        """All of it in one letter, the worst first."""
        if self.wrong_safe:
            return WRONG
        if not self.detectable:
            return UNDETECTABLE
        if not self.detected:
            return MISSED
        if self.first:
            return {Safety.SAFE: SAFE, Safety.UNSAFE: UNSAFE}.get(self.right or Safety.MANUAL, FIRST)
        return VALUE if self.right else AMONG if self.among else NOWHERE


def judge(injection: Injection, findings: Iterable[Finding]) -> Outcome:
    """Compare the findings on damaged accounts with the truth."""
    told = list(findings)
    errors = [finding for finding in told if finding.severity is Severity.ERROR and finding.suppressed is None]
    wrong = {safety: len(list(_wrong_edits(told, safety, injection))) for safety in Safety}
    detectable, ambiguous = _knowable(injection)
    return Outcome(
        detectable=detectable,
        ambiguous=ambiguous,
        detected=bool(errors),
        first=_first(injection, errors),
        among=_among(injection, errors),
        right=_right(injection, errors),
        wrong_safe=wrong[Safety.SAFE],
        wrong_unsafe=wrong[Safety.UNSAFE],
        errors=len(errors),
    )


def leading(errors: list[Finding]) -> Finding | None:
    """The error finding that explains most, the first of them in the order of the report."""
    return max(errors, key=lambda finding: len(finding.explained), default=None)


def _knowable(injection: Injection) -> tuple[bool, bool]:
    """Whether the figures show that something is wrong, and whether they leave it open what."""
    if injection.row is not None:
        ties = Ties(injection.disclosure)
        broken = ties.broken({})
        return bool(broken), bool(ties.single_explanations({}, broken))
    ties = injection.original.ties
    broken = ties.broken(injection.changes)
    if injection.independent:
        alone = [ties.single_explanations({key: fen}) for key, fen in injection.changes.items()]
        together = ties.single_explanations(injection.changes, broken)
        return bool(broken), bool(together) or any(len(cells) > 1 for cells in alone)
    singles = ties.single_explanations(injection.changes, broken)
    others = singles - injection.changes.keys() if injection.single else singles
    return bool(broken), bool(others) or any(_repairs(rival, injection, broken) for rival in injection.rivals)


def _repairs(rival: Changes, injection: Injection, broken: list[Tie]) -> bool:
    """Whether all ties hold after another repair. One that leaves a broken tie alone cannot do that."""
    if not all(any(key in rival for key, _ in tie.cells) for tie in broken):
        return False
    return not injection.original.ties.broken({**injection.changes, **rival})


def _first(injection: Injection, errors: list[Finding]) -> bool:
    if injection.independent:
        return injection.places <= {finding.cell for finding in errors}
    finding = leading(errors)
    if finding is None:
        return False
    if injection.row is not None:
        # What a finding says of another case does not count for its own.
        return _names_row(injection, replace(finding, message=finding.message.split(OTHERWISE)[0]))
    return finding.cell in injection.places


def _among(injection: Injection, errors: list[Finding]) -> bool:
    if injection.row is not None:
        return any(_names_row(injection, finding) for finding in errors)
    told = {cell for finding in errors for cell in _cells(finding)}
    return injection.places <= told if injection.independent else bool(injection.places & told)


def _cells(finding: Finding) -> Iterator[CellRef]:
    if finding.cell is not None:
        yield finding.cell
    for group in finding.candidates:
        yield from group
    if finding.fix is not None:
        yield from (edit.cell for edit in finding.fix.edits)


def _names_row(injection: Injection, finding: Finding) -> bool:
    """Whether a finding is about the missing row: placed in its table, and naming its code.

    Nobody can name a code that is printed nowhere else: then it must say below which line a row is missing.
    """
    row = injection.row
    assert row is not None
    tables = injection.original.disclosure.tables
    there = finding.table == row.table or (finding.cell is not None and finding.cell.sheet == tables[row.table].sheet)
    text = f"{finding.message} {finding.item}"
    if any(row.item in table.items for number, table in tables.items() if number != row.table):
        return there and re.search(rf"(?<!\d){row.item}(?!\d)", text) is not None
    above = code_tree(tables[row.table]).parents.get(row.item, TOTAL)
    return there and re.search(rf"“{above}[^”]*”下[^“]*[缺漏少]", text) is not None


def _right(injection: Injection, errors: list[Finding]) -> Safety | None:
    """The least safety of the fixes that write every wrong cell back to what it was; None when some are not, or wrongly."""
    if injection.row is not None:
        return None
    written: dict[CellRef, tuple[Safety, Edit]] = {}
    for finding in errors:
        if finding.fix is not None and finding.fix.safety is not Safety.MANUAL:
            written.update((edit.cell, (finding.fix.safety, edit)) for edit in finding.fix.edits)
    safety = Safety.SAFE
    for key in injection.changes:
        cell = injection.original.disclosure.tables[key.table].place(key.item, key.column)
        found = written.get(cell) if cell else None
        if found is None or _written_fen(found[1], key, injection.original) != injection.original.fen(key):
            return None
        safety = Safety.UNSAFE if found[0] is Safety.UNSAFE else safety
    return safety


def _wrong_edits(findings: Iterable[Finding], safety: Safety, injection: Injection) -> Iterator[Edit]:
    """The edits of a safety that write another amount than the true one, be it into a wrong cell or a right one."""
    for finding in findings:
        if finding.fix is None or finding.fix.safety is not safety:
            continue
        for edit in finding.fix.edits:
            key = _key_of(edit.cell, injection)
            written = _written_fen(edit, key, injection.original) if key is not None else None
            if key is None or written != injection.original.fen(key):
                if key is not None and written is not None and _is_blank_filled(key, written, injection):
                    continue
                yield edit


def _is_blank_filled(key: Key, written: int, injection: Injection) -> bool:
    """Whether a cell that was left blank got an amount with which all ties hold: of a total that is not printed, no figure is the right one."""
    erased = key in injection.changes and injection.changes[key] is None
    return erased and not injection.original.ties.broken({key: written})


def _key_of(cell: CellRef, injection: Injection) -> Key | None:
    """The amount of a cell of the damaged accounts; the lines below a missing row have moved up by one."""
    row = injection.row
    if row is not None:
        table = injection.original.disclosure.tables[row.table]
        if cell.sheet == table.sheet and cell.row >= table.items[row.item].row:
            cell = cell._replace(row=cell.row + 1)
    return injection.original.keys.get(cell)


def _written_fen(edit: Edit, key: Key, original: Original) -> int | None:
    """What an edit writes, in 分; None when it is no amount."""
    figure = read_figure(edit.new, original.unit(key.table))
    if figure is None:
        return 0
    return figure.fen if isinstance(figure, Figure) else None
