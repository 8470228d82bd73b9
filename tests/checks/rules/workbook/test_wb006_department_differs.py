"""WB006: names of the department."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb006_department_differs import department_differs
from gongkai_workbooks.cells import CellRef
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import clean


def test_other_name_is_marked_in_its_table() -> None:
    disclosure = clean()
    disclosure.tables["05"].department = "某市某区医疗保险局"
    [finding] = findings(department_differs, disclosure)
    assert (str(finding.cell), finding.found, finding.expected) == (
        "公开05!A3",
        "某市某区医疗保险局",
        "某市某区医疗保障局",
    )
    assert finding.evidence == (CellRef("公开01", 3, 1),)


def test_blanks_and_width_do_not_matter() -> None:
    disclosure = clean()
    disclosure.tables["05"].department = "某市某区 医疗保障局　"
    assert cells(department_differs, disclosure) == []


def test_tables_that_do_not_name_it_are_passed_over() -> None:
    disclosure = clean()
    disclosure.tables["05"].department = ""
    assert cells(department_differs, disclosure) == []
    for number in disclosure.tables:
        disclosure.tables[number].department = "甲" if number == "01" else ""
    assert reasons(department_differs, disclosure) == ["写明部门名称的表不足两张，无从比较"]
