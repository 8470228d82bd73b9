"""WB011: a table in 元 among tables in 万元."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai_checks.rules.workbook.wb011_magnitude_differs import magnitude_differs
from gongkai_workbooks.amounts import YUAN
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.table_amounts import TableAmounts
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import Line, clean, error_value, table, with_table


def scale(disclosure: Disclosure, number: str, factor: str, rest: int = 0) -> Disclosure:
    """The figures of one table times ``factor``, each with ``rest`` 分 more, as the unrounded amounts have."""
    made = disclosure.tables[number]
    scaled = {key: a._replace(fen=int(a.fen * Decimal(factor)) + rest) for key, a in made.amounts.items()}
    made.amounts = TableAmounts.of(scaled)
    return disclosure


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05", "06"])
@pytest.mark.parametrize("factor", ["10000", "0.0001"])
def test_table_that_is_off_is_named(number: str, factor: str) -> None:
    found = findings(magnitude_differs, scale(clean(), number, factor))
    assert [finding.table for finding in found] == [number]
    assert ("一万倍" if factor == "10000" else "万分之一") in found[0].message


def test_finding_shows_both_figures() -> None:
    [finding] = findings(magnitude_differs, scale(clean(), "03", "10000"))
    assert (str(finding.cell), finding.found, finding.expected) == ("公开03!E7", "6669900.00", "666.99")
    assert (
        finding.message
        == "公开03的金额是公开01相同项目的一万倍，金额单位有误：“本年支出合计”为 6669900.00，公开01为 666.99"
    )


def test_amounts_in_yuan_have_what_rounding_took_away() -> None:
    # 49.99 元 more: 万元 with two decimals shows the same figure.
    rest = 4999 * 10000
    assert [each.table for each in findings(magnitude_differs, scale(clean(), "03", "10000", rest))] == ["03"]


def test_more_than_rounding_takes_away_is_another_amount() -> None:
    rest = 10100 * 10000
    assert findings(magnitude_differs, scale(clean(), "03", "10000", rest)) == []


def test_single_cell_that_slipped_is_another_fault() -> None:
    disclosure = clean()
    amounts = disclosure.tables["03"].amounts
    key = ("合计", "本年支出合计")
    amounts[key] = amounts[key]._replace(fen=amounts[key].fen * 10000)
    assert findings(magnitude_differs, disclosure) == []


def test_single_cell_that_is_all_that_ties_two_tables_is_still_a_single_cell() -> None:
    disclosure = clean()
    for item in ("30113", "30108"):
        del disclosure.tables["06"].amounts[item, "决算数"]
    amounts = disclosure.tables["05"].amounts
    key = ("合计", "基本支出")
    amounts[key] = amounts[key]._replace(fen=amounts[key].fen * 10000)
    assert findings(magnitude_differs, disclosure) == []


def test_two_tables_off_are_two_findings() -> None:
    found = findings(magnitude_differs, scale(scale(clean(), "02", "10000"), "03", "10000"))
    assert [finding.table for finding in found] == ["02", "03"]


def test_units_that_are_stated_rightly_are_converted_and_agree() -> None:
    disclosure = clean()
    disclosure.tables["03"].amount_unit = YUAN
    assert cells(magnitude_differs, disclosure) == []


@pytest.mark.parametrize("factor", ["10", "1000", "100000", "9000", "-1"])
def test_other_factors_are_no_matter_of_units(factor: str) -> None:
    assert findings(magnitude_differs, scale(clean(), "03", factor)) == []


def test_clean_disclosure() -> None:
    assert findings(magnitude_differs, clean()) == []


def test_unknown_total_states_nothing() -> None:
    disclosure = clean()
    made = disclosure.tables["06"]
    for item in ("人员经费合计", "30113", "30108"):
        del made.amounts[item, "决算数"]
    broken = table(
        "06", [Line("人员经费合计", {"决算数": error_value()}), Line("公用经费合计", {"决算数": "195100.00"})]
    )
    assert findings(magnitude_differs, with_table(broken, disclosure)) == []


def test_nothing_to_compare() -> None:
    disclosure = clean()
    for made in disclosure.tables.values():
        made.amounts.clear()
    assert reasons(magnitude_differs, disclosure) == ["没有两张表列有同一金额，无从比较"]
