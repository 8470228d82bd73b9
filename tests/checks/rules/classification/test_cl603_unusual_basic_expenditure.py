"""CL603: project money among basic expenditure."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.classification.cl603_unusual_basic_expenditure import unusual_basic_expenditure
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import Line, clean, code_line, table, with_table


@pytest.mark.parametrize(
    ("code", "figure", "marked"),
    [
        ("30902", "1.00", ["公开06!E7"]),
        ("309", "0.00", []),
        ("31302", "1.00", ["公开06!E7"]),
        ("30701", "1.00", ["公开06!E7"]),
        ("30310", "1.00", ["公开06!E7"]),
        ("30309", "1.00", []),
        ("31002", "1.00", []),
        ("31201", "1.00", []),
    ],
)
def test_section(code: str, figure: str, marked: list[str]) -> None:
    made = table("06", [code_line(code, "某", ("决算数",), figure)])
    assert cells(unusual_basic_expenditure, with_table(made)) == marked


def test_rows_are_one_finding() -> None:
    rows = [
        code_line("309", "资本性支出", ("决算数",), "1.00"),
        code_line("30902", "办公设备购置", ("决算数",), "1.00"),
    ]
    [finding] = findings(unusual_basic_expenditure, with_table(table("06", rows)))
    assert "309 资本性支出、30902 办公设备购置" in finding.message
    assert [cell.a1 for cell in finding.evidence] == ["E8"]


def test_clean_and_empty() -> None:
    assert cells(unusual_basic_expenditure, clean()) == []
    empty = with_table(table("06", [Line("人员经费合计", {})]))
    assert reasons(unusual_basic_expenditure, empty) == ["公开06没有列出科目"]
