"""CL001: rows without the row above them."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.classification.cl001_parent_row_missing import parent_row_missing
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import COLUMNS, FUNCTIONAL_ROWS, clean, code_line, functional, missing, table, with_table


def without(*codes: str, number: str = "03") -> Disclosure:
    rows = [row for row in FUNCTIONAL_ROWS if row[0] not in codes]
    return with_table(table(number, functional(number, rows)))


def test_missing_section_and_class_are_listed() -> None:
    [finding] = findings(parent_row_missing, without("20805", "221"))
    assert finding.message == "公开03缺少上级科目行：20805、221"
    assert (str(finding.cell), finding.item) == ("公开03!A9", "2080505 机关事业单位基本养老保险缴费支出")
    assert [cell.a1 for cell in finding.evidence] == ["A14"]


def test_each_table_has_its_own_finding() -> None:
    disclosure = without("20805")
    with_table(without("221", number="05").tables["05"], disclosure)
    assert [finding.table for finding in findings(parent_row_missing, disclosure)] == ["03", "05"]


def test_hierarchy_that_is_complete() -> None:
    assert cells(parent_row_missing, clean()) == []


@pytest.mark.parametrize("length", [5, 7])
def test_table_printed_with_one_level_only(length: int) -> None:
    rows = [row for row in FUNCTIONAL_ROWS if len(row[0]) == length]
    assert cells(parent_row_missing, with_table(table("03", functional("03", rows)))) == []


def test_level_that_no_table_prints_is_not_missed() -> None:
    disclosure = clean()
    for number in ("02", "03", "05"):
        rows = [row for row in FUNCTIONAL_ROWS if len(row[0]) != 3]
        with_table(table(number, functional(number, rows)), disclosure)
    assert cells(parent_row_missing, disclosure) == []


def test_level_that_other_tables_print_is_missed() -> None:
    rows = [row for row in FUNCTIONAL_ROWS if len(row[0]) != 3]
    [finding] = findings(parent_row_missing, with_table(table("03", functional("03", rows))))
    assert finding.message == "公开03缺少上级科目行：208、210、221"


def test_section_99_of_an_item_99_is_left_to_its_own_rule() -> None:
    row = code_line("2089999", "其他社会保障和就业支出", COLUMNS["03"], "1.00")
    assert cells(parent_row_missing, with_table(table("03", [*functional("03"), row]))) == []


def test_ill_formed_code_has_no_parent_to_miss() -> None:
    row = code_line("208050", "某", COLUMNS["03"], "1.00")
    assert cells(parent_row_missing, with_table(table("03", [*functional("03"), row]))) == []


def test_no_table_by_classification() -> None:
    disclosure = clean()
    for number in ("02", "03", "05"):
        with_table(missing(number), disclosure)
    assert reasons(parent_row_missing, disclosure) == ["没有列出功能分类科目的表"]
