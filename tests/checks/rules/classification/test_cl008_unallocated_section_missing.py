"""CL008: 2089999 without 20899."""

from __future__ import annotations

from gongkai_checks.rules.classification.cl008_unallocated_section_missing import unallocated_section_missing
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import COLUMNS, FUNCTIONAL_ROWS, clean, code_line, functional, missing, table, with_table

ITEM = code_line("2089999", "其他社会保障和就业支出", COLUMNS["03"], "1.00")
SECTION = code_line("20899", "其他社会保障和就业支出", COLUMNS["03"], "1.00")


def test_item_without_its_section() -> None:
    [finding] = findings(unallocated_section_missing, with_table(table("03", [*functional("03"), ITEM])))
    assert (str(finding.cell), finding.expected) == ("公开03!A19", "20899")
    assert finding.message == "公开03列了 2089999，没有列所属的 20899"


def test_item_with_its_section() -> None:
    assert cells(unallocated_section_missing, with_table(table("03", [*functional("03"), SECTION, ITEM]))) == []


def test_table_without_sections() -> None:
    rows = [row for row in FUNCTIONAL_ROWS if len(row[0]) != 5]
    assert cells(unallocated_section_missing, with_table(table("03", [*functional("03", rows), ITEM]))) == []


def test_no_table_by_classification() -> None:
    disclosure = clean()
    for number in ("02", "03", "05"):
        with_table(missing(number), disclosure)
    assert reasons(unallocated_section_missing, disclosure) == ["没有列出功能分类科目的表"]
