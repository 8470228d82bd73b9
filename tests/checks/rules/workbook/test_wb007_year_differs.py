"""WB007: the year of the tables."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb007_year_differs import year_differs
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import clean


def test_table_of_another_year() -> None:
    disclosure = clean()
    disclosure.tables["06"].year = 2023
    [finding] = findings(year_differs, disclosure)
    assert (str(finding.cell), finding.found, finding.expected) == ("公开06!A1", "2023", "2024")
    assert "公开01等表的 2024" in finding.message


def test_one_year_throughout_and_tables_without_one() -> None:
    disclosure = clean()
    disclosure.tables["06"].year = None
    assert cells(year_differs, disclosure) == []


def test_titles_without_a_year() -> None:
    disclosure = clean()
    for table in disclosure.tables.values():
        table.year = None
    assert reasons(year_differs, disclosure) == ["写明年度的表不足两张，无从比较"]
