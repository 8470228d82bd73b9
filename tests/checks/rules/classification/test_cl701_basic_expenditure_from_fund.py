"""CL701: basic expenditure in 07."""

from __future__ import annotations

from gongkai_checks.rules.classification.cl701_basic_expenditure_from_fund import basic_expenditure_from_fund
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import Line, clean, fund_table, table, with_table


def test_basic_expenditure_is_pointed_at_once() -> None:
    row = Line("212", {"基本支出": "20.00"}, "城乡社区支出", "code", "212")
    made = table("07", [Line("合计", {"基本支出": "20.00"}, role="total"), row])
    [finding] = findings(basic_expenditure_from_fund, with_table(made))
    assert (str(finding.cell), [cell.a1 for cell in finding.evidence]) == ("公开07!H7", ["H8"])


def test_projects_and_zeros() -> None:
    assert cells(basic_expenditure_from_fund, with_table(fund_table(("212", "城乡社区支出", "20.00")))) == []
    made = table("07", [Line("合计", {"基本支出": "0.00", "项目支出": "1.00"}, role="total")])
    assert cells(basic_expenditure_from_fund, with_table(made)) == []
    assert cells(basic_expenditure_from_fund, clean()) == []


def test_form_without_that_column() -> None:
    made = table("07", [Line("合计", {"小计": "1.00"})], columns=("小计",))
    assert reasons(basic_expenditure_from_fund, with_table(made)) == ["公开07没有基本支出栏"]
