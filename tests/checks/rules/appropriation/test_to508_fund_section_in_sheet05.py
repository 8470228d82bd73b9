"""TO508: sections of government funds in 05."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.appropriation.to508_fund_section_in_sheet05 import fund_section_in_sheet05
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import cells, findings
from tests.checks.tables import COLUMNS, clean, code_line, table, with_table


def spending(*rows: tuple[str, str]) -> Disclosure:
    """A clean disclosure whose 05 has these codes, each with an amount or blank."""
    lines = [code_line(code, "某科目", COLUMNS["05"], amount, "", amount) for code, amount in rows]
    return with_table(table("05", lines))


def test_published_accounts_of_the_general_public_budget() -> None:
    assert cells(fund_section_in_sheet05, clean()) == []


@pytest.mark.parametrize("section", ["20709", "21208", "21219", "22904", "22960", "22198"])
def test_sections_that_only_a_fund_pays_for(section: str) -> None:
    [finding] = findings(fund_section_in_sheet05, spending((section[:3], "5.00"), (section, "5.00")))
    assert (str(finding.cell), finding.item) == ("公开05!E8", f"{section} 某科目")


@pytest.mark.parametrize("section", ["20708", "21201", "21299", "22102", "22999"])
def test_neighbouring_sections(section: str) -> None:
    assert cells(fund_section_in_sheet05, spending((section, "5.00"))) == []


def test_the_amount_may_stand_at_an_item_of_the_section() -> None:
    assert cells(fund_section_in_sheet05, spending(("21208", ""), ("2120801", "5.00"))) == ["公开05!E7"]


def test_rows_without_amounts_are_part_of_the_form() -> None:
    assert cells(fund_section_in_sheet05, spending(("21208", ""), ("2120801", ""))) == []
