"""Findings and reports made by hand, for tests of what is said of them."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.report import FileReport, TableReport
from gongkai_checks.finding import Claim, Edit, Finding, Fix, NotChecked, Proof, Safety, Severity
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import TABLE_NUMBERS

SHEET03 = CellRef("公开03", 12, 6)
PROOF = Proof(
    claims=(
        Claim(
            code="XF305",
            weight=1,
            terms=((1, SHEET03), (-1, CellRef("公开03", 8, 6))),
            figures=("9.00", "7.00"),
            lefts=1,
        ),
    ),
    difference="+2.00",
    tolerance="0.01",
)


def finding(
    code: str = "XF305",
    cell: CellRef | None = SHEET03,
    severity: Severity = Severity.ERROR,
    *,
    safety: Safety | None = None,
    explained: tuple[Finding, ...] = (),
    candidates: tuple[tuple[CellRef, ...], ...] = (),
    evidence: tuple[CellRef, ...] = (),
    message: str = "208 社会保障和就业支出的本年支出合计与各款之和不一致",
    help: str = "核对该行各栏；按账面数改正。",
    quiet: bool = False,
) -> Finding:
    fix = None
    if safety is not None:
        edits = (Edit(cell=cell, old=14.27, new=14.72),) if cell is not None and safety is not Safety.MANUAL else ()
        fix = Fix(safety=safety, title=f"将 {cell} 由 14.27 改为 14.72", edits=edits)
    return Finding(
        code=code,
        name="class-differs-from-sections",
        severity=severity,
        message=message,
        cell=cell,
        table="03",
        item="208 社会保障和就业支出",
        column="本年支出合计",
        expected="1234.72",
        found="1234.27",
        difference="-0.45",
        tolerance="0.01",
        evidence=evidence,
        basis="决算报表编制说明",
        help=help,
        fix=fix,
        candidates=candidates,
        explained=explained,
        quiet=quiet,
    )


def report(
    *findings: Finding,
    path: str = "决算公开.xlsx",
    statuses: Mapping[str, str] | None = None,
    not_checked: tuple[NotChecked, ...] = (),
    labels: Mapping[CellRef, str] | None = None,
) -> FileReport:
    statuses = statuses or {}
    return FileReport(
        path=path,
        status="checked",
        department="某某局",
        year=2024,
        amount_unit="万元",
        tables={
            number: TableReport(
                status=statuses.get(number, "checked"),
                sheet=f"公开{number}",
                title="支出决算表",
                reason="",
                amount_unit="万元",
            )
            for number in TABLE_NUMBERS
        },
        sheets=tuple(f"公开{number}" for number in TABLE_NUMBERS),
        checked=212,
        findings=findings,
        not_checked=not_checked,
        labels=labels or {},
    )


def unreadable(path: str = "坏.xlsx", error: str = "坏.xlsx 不是工作簿，请在 Excel 中打开核对。") -> FileReport:
    return FileReport(path=path, status="unreadable", error=error)
