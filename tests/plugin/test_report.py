from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.report import Correction, FileReport, Summary, sort_findings
from gongkai_checks.finding import Finding, NotChecked, Safety, Severity
from gongkai_workbooks.cells import CellRef

from .reports import SHEET03, finding, report, unreadable

NOT_A_DISCLOSURE = FileReport(path="x.xlsx", status="not_a_disclosure", error="没有表。")


def summary_of(*reports: FileReport) -> Summary:
    summary = Summary()
    for each in reports:
        summary.add(each)
    return summary


@pytest.mark.parametrize(
    ("reports", "fail_on", "exit_zero", "code"),
    [
        ([report()], Severity.ERROR, False, 0),
        ([report(finding())], Severity.ERROR, False, 1),
        ([report(finding())], Severity.ERROR, True, 0),
        ([report(finding(severity=Severity.WARNING))], Severity.ERROR, False, 0),
        ([report(finding(severity=Severity.WARNING))], Severity.WARNING, False, 1),
        ([report(finding(severity=Severity.INFO))], Severity.INFO, False, 1),
        ([report(), unreadable()], Severity.ERROR, False, 2),
        ([report(), unreadable()], Severity.ERROR, True, 2),
        ([NOT_A_DISCLOSURE], Severity.ERROR, True, 2),
        ([report(not_checked=(NotChecked(code="WB901", reason="规则 TO101 运行出错"),))], Severity.ERROR, True, 2),
        ([replace(report(), correction=Correction(problem="无法写入"))], Severity.ERROR, False, 2),
        ([], Severity.ERROR, False, 2),
    ],
)
def test_exit_code(reports: list[FileReport], fail_on: Severity, exit_zero: bool, code: int) -> None:
    assert summary_of(*reports).exit_code(fail_on, exit_zero=exit_zero) == code


def test_a_failed_plugin_is_never_a_clean_run() -> None:
    assert summary_of(report()).exit_code(Severity.ERROR, exit_zero=True, trusted=False) == 2


def test_counts() -> None:
    summary = summary_of(
        report(
            finding(safety=Safety.SAFE),
            finding(safety=Safety.UNSAFE, severity=Severity.WARNING),
            finding(safety=Safety.MANUAL, severity=Severity.INFO),
        ),
        report(),
        unreadable(),
        NOT_A_DISCLOSURE,
    )
    assert (summary.files, summary.checked, summary.clean, summary.unreadable, summary.not_disclosures) == (
        4,
        2,
        1,
        1,
        1,
    )
    assert summary.severities == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.INFO: 1}
    assert (summary.fixable_safe, summary.fixable_unsafe) == (1, 1)
    assert summary.relations == 424


def test_a_safe_fix_without_edits_is_not_fixable() -> None:
    bare = finding(safety=Safety.SAFE)
    assert bare.fix is not None
    assert summary_of(report(replace(bare, fix=replace(bare.fix, edits=())))).fixable_safe == 0


def test_order_is_that_of_the_tabs_then_row_column_code() -> None:
    def at(sheet: str, row: int, column: int, code: str = "XF305") -> Finding:
        return finding(code, CellRef(sheet, row, column))

    expected = [
        finding("WB001", None),
        at("表乙", 2, 9),
        at("表甲", 2, 1),
        at("表甲", 2, 3, "TO101"),
        at("表甲", 2, 3),
        at("表甲", 10, 1),
    ]
    assert list(sort_findings(reversed(expected), ("表乙", "表甲"))) == expected


def test_not_checkable_is_kept_apart_from_not_applicable() -> None:
    unknown = (
        NotChecked(code="XF301", reason="公开03“合计”基本支出不是可用的金额", cell=SHEET03),
        NotChecked(code="TO408", reason="公开08无法识别"),
        NotChecked(code="WB901", reason="规则 ZZ101 运行出错"),
    )
    other = (NotChecked(code="TO407", reason="公开06、公开07为空表"), NotChecked(code="TO409", reason="公开09缺失"))
    checked = report(not_checked=(*other, *unknown), statuses={"08": "unreadable", "09": "missing"})
    assert checked.unknown() == unknown


def test_unit_is_that_of_the_table() -> None:
    checked = report()
    yuan = replace(checked, tables={"03": replace(checked.tables["03"], amount_unit="元")})
    assert yuan.unit_of(finding()) == "元"
    assert yuan.unit_of(replace(finding(), table="")) == "万元"
