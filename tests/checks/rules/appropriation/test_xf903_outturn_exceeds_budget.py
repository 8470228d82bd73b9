"""XF903: 决算数 above 预算数 in 09."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.appropriation.xf903_outturn_exceeds_budget import outturn_exceeds_budget
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import cells, findings
from tests.checks.tables import Line, clean, not_a_number, table, with_table


def expenses(**lines: tuple[str, str]) -> Disclosure:
    """A clean disclosure with lines of budget and outturn in 09."""
    amounts = [Line(item, {"预算数": budget, "决算数": outturn}) for item, (budget, outturn) in lines.items()]
    return with_table(table("09", amounts))


def test_within_or_at_the_budget() -> None:
    assert cells(outturn_exceeds_budget, clean()) == []
    assert (
        cells(outturn_exceeds_budget, expenses(公务接待费=("0.80", "0.80"), 公务用车运行维护费=("30.67", "19.56")))
        == []
    )


def test_over_the_budget() -> None:
    [finding] = findings(outturn_exceeds_budget, expenses(公务接待费=("0.50", "0.80")))
    assert (str(finding.cell), finding.expected, finding.found, finding.difference) == (
        "公开09!F7",
        "≤0.50",
        "0.80",
        "+0.30",
    )
    assert [cell.a1 for cell in finding.evidence] == ["E7"]


def test_a_blank_budget_is_none() -> None:
    [finding] = findings(outturn_exceeds_budget, expenses(公务用车购置费=("", "18.00")))
    assert (finding.expected, finding.found) == ("≤0.00", "18.00")


@pytest.mark.parametrize(
    ("reception", "told"),
    [(("0.50", "0.80"), ["公开09!F7"]), (("0.80", "0.80"), ["公开09!F8"])],
)
def test_a_sum_is_told_only_where_no_part_explains_it(reception: tuple[str, str], told: list[str]) -> None:
    assert cells(outturn_exceeds_budget, expenses(公务接待费=reception, 合计=("0.50", "0.80"))) == told


def test_an_unreadable_budget_is_not_compared() -> None:
    line = Line("公务接待费", {"预算数": not_a_number("待定"), "决算数": "0.80"})
    assert cells(outturn_exceeds_budget, with_table(table("09", [line]))) == []
