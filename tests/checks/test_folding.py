"""What only follows from a wrong cell is told beneath the cause; figures of 09 are held against what they usually agree with."""

from __future__ import annotations

import pytest

from gongkai_checks.finding import Finding
from gongkai_workbooks.amounts import Amount
from gongkai_workbooks.disclosure import Disclosure
from tests.benchmarks.diagnosis.original import synthetic
from tests.checks.diagnosis.published import findings

RECEPTION = "公务接待费"


@pytest.fixture
def disclosure() -> Disclosure:
    """Accounts in 万元 with 公务接待费 0.27, budget 2.87, all of it in 06; in all 20.84."""
    return list(synthetic(1, 2))[1].disclosure


def with_outturn(disclosure: Disclosure, fen: int, item: str = RECEPTION) -> list[Finding]:
    table = disclosure.tables["09"]
    known = table.amounts[item, "决算数"]
    table.amounts[item, "决算数"] = Amount(fen, known.half_width, known.cell)
    return findings(disclosure)


def test_the_accounts_are_right(disclosure: Disclosure) -> None:
    assert findings(disclosure) == []
    assert disclosure.tables["06"].amounts["30217", "决算数"].fen == 27_00_00


@pytest.mark.parametrize("wrong", [1_00_00_00, 2_10_00_00])
def test_a_figure_of_09_that_no_other_table_must_repeat_is_named_by_the_one_that_usually_does(
    disclosure: Disclosure, wrong: int
) -> None:
    [finding] = with_outturn(disclosure, wrong)
    assert (finding.code, finding.item, finding.expected) == ("XF901", RECEPTION, "0.27")


def test_above_the_budget_by_a_mistake_is_no_finding_of_its_own(disclosure: Disclosure) -> None:
    [finding] = with_outturn(disclosure, 5_00_00_00)
    assert (finding.code, finding.expected, finding.found) == ("XF901", "0.27", "5.00")
    assert "XF903" in {explained.code for explained in finding.explained}


def test_above_the_budget_for_good_stays_a_warning(disclosure: Disclosure) -> None:
    table = disclosure.tables["09"]
    for item in (RECEPTION, "合计"):
        known = table.amounts[item, "决算数"]
        table.amounts[item, "决算数"] = Amount(known.fen + 3_00_00_00, known.half_width, known.cell)
    assert [finding.code for finding in findings(disclosure)] == ["XF903"]
