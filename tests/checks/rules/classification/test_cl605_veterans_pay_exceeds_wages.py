"""CL605: pay of veteran cadres above all basic wages."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.classification.cl605_veterans_pay_exceeds_wages import veterans_pay_exceeds_wages
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import findings, reasons
from tests.checks.tables import clean, code_line, table, with_table


def disclosure(pay: str, wages: str, department: str = "某市财政局") -> Disclosure:
    rows = [code_line("30101", "基本工资", ("决算数",), wages), code_line("30301", "离休费", ("决算数",), pay)]
    made = with_table(table("06", rows))
    made.department = department
    return made


@pytest.mark.parametrize(
    ("pay", "wages", "told"),
    [
        ("375.43", "131.75", True),
        ("131.76", "131.75", True),
        ("131.75", "131.75", False),
        ("7.38", "131.75", False),
        ("7.38", "", False),
        ("", "131.75", False),
    ],
)
def test_against_the_wages(pay: str, wages: str, told: bool) -> None:
    found = findings(veterans_pay_exceeds_wages, disclosure(pay, wages))
    words = [f"公开06离休费 {pay} 大于基本工资 {wages}，疑似错行"] if told else []
    assert [finding.message for finding in found] == words
    assert [(str(f.cell), [cell.a1 for cell in f.evidence]) for f in found] == ([("公开06!E8", ["E7"])] if told else [])


def test_a_department_that_looks_after_veterans() -> None:
    made = disclosure("375.43", "131.75", "某市委老干部局")
    assert reasons(veterans_pay_exceeds_wages, made) == ["本部门管理离退休人员，离休费可以大于基本工资"]


def test_clean() -> None:
    assert findings(veterans_pay_exceeds_wages, clean()) == []
