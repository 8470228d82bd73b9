"""CL401: fund money on classes where it is seldom seen."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.classification.cl401_fund_on_unusual_class import fund_on_unusual_class
from tests.checks.applied import cells, reasons
from tests.checks.tables import Line, clean, table, with_table

FUND, STATE = "政府性基金预算财政拨款", "国有资本经营预算财政拨款"


@pytest.mark.parametrize(
    ("key", "column", "figure", "marked"),
    [
        ("212", FUND, "1.00", []),
        ("221", FUND, "1.00", []),
        ("204", FUND, "1.00", ["公开04!H7"]),
        ("204", FUND, "0.00", []),
        ("223", STATE, "1.00", []),
        ("212", STATE, "1.00", ["公开04!I7"]),
        ("204", "一般公共预算财政拨款", "1.00", []),
    ],
)
def test_class_and_fund(key: str, column: str, figure: str, marked: list[str]) -> None:
    made = table("04", [Line(key, {column: figure}, "某支出", "class")])
    assert cells(fund_on_unusual_class, with_table(made)) == marked


def test_clean_disclosure() -> None:
    assert cells(fund_on_unusual_class, clean()) == []


def test_form_without_funds() -> None:
    made = table("04", [Line("208", {"小计": "1.00"}, role="class")], columns=("决算数", "小计"))
    assert reasons(fund_on_unusual_class, with_table(made)) == ["公开04没有政府性基金、国有资本经营预算的栏目"]
