"""One cause is one finding: what some rules say of a wrong cell or table by themselves is told beneath the cause that says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from .finding import Finding

OF_A_TABLE = {"WB011": ("DX001",), "TO611": ("DX007", "DX601"), "CL604": ("DX007", "DX601")}
"""What these rules say of a table is said by these causes too, and better."""


def fold(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The findings of one disclosure, those that only follow from another one beneath it."""
    return _of_tables(_of_cells(findings))


def _becomes_positive(lesser: Finding, cause: Finding) -> bool:
    return bool(cause.expected) and not cause.expected.startswith("-")


def _stays_within(lesser: Finding, cause: Finding) -> bool:
    return bool(cause.expected) and _amount(cause.expected) <= _amount(lesser.expected.removeprefix("≤"))


OF_A_CELL: dict[str, Callable[[Finding, Finding], bool]] = {"FM005": _becomes_positive, "XF903": _stays_within}
"""What these rules say of a cell is no longer so with the figure that its cause gives it, if the function says so."""


def _of_cells(findings: Sequence[Finding]) -> Sequence[Finding]:
    lessers = [finding for finding in findings if finding.code in OF_A_CELL]
    if not lessers:
        return findings
    causes = {
        finding.cell: finding
        for finding in findings
        if finding.code not in OF_A_CELL and finding.fix is not None and finding.fix.edits
    }
    beneath: dict[int, Finding] = {}
    gone = set()
    for lesser in lessers:
        cause = causes.get(lesser.cell)
        if cause is not None and OF_A_CELL[lesser.code](lesser, cause):
            known = beneath.get(id(cause), cause)
            beneath[id(cause)] = replace(known, explained=(*known.explained, lesser))
            gone.add(id(lesser))
    return [beneath.get(id(finding), finding) for finding in findings if id(finding) not in gone]


def _of_tables(findings: Sequence[Finding]) -> Sequence[Finding]:
    if not any(finding.code in OF_A_TABLE for finding in findings):
        return findings
    kept = list(findings)
    for lesser in findings:
        causes = OF_A_TABLE.get(lesser.code, ())
        for position, cause in enumerate(kept):
            if cause.code in causes and cause.table == lesser.table:
                kept[position] = replace(cause, explained=(*cause.explained, lesser))
                kept = [finding for finding in kept if finding is not lesser]
                break
    return kept


def _amount(shown: str) -> Decimal:
    return Decimal(shown.replace(",", ""))
