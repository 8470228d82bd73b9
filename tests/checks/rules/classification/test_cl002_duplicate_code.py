"""CL002: codes that occur again."""

from __future__ import annotations

from gongkai_checks.rules.classification.cl002_duplicate_code import duplicate_code
from tests.checks.applied import cells, findings
from tests.checks.tables import COLUMNS, Line, clean, code_line, functional, table, with_table


def test_second_row_is_marked() -> None:
    row = code_line("2080505", "机关事业单位职业年金缴费支出", COLUMNS["03"], "1.00", key="2080505#2")
    [finding] = findings(duplicate_code, with_table(table("03", [*functional("03"), row])))
    assert (str(finding.cell), finding.table, finding.found) == ("公开03!A19", "03", "2080505")
    assert "出现 2 次：机关事业单位基本养老保险缴费支出、机关事业单位职业年金缴费支出" in finding.message
    assert [cell.a1 for cell in finding.evidence] == ["A10"]


def test_three_rows_are_one_finding_in_06_too() -> None:
    rows = [code_line("30101", "基本工资", ("决算数",), "1.00", key=key) for key in ("30101", "30101#2", "30101#3")]
    [finding] = findings(duplicate_code, with_table(table("06", rows)))
    assert (str(finding.cell), [cell.a1 for cell in finding.evidence]) == ("公开06!A8", ["A7", "A9"])


def test_same_code_in_different_tables_is_as_it_should_be() -> None:
    assert cells(duplicate_code, clean()) == []


def test_rows_without_a_code_are_no_duplicates() -> None:
    rows = [Line(f"第{n}行", {"本年支出合计": "1.00"}, "某", "code") for n in (1, 2)]
    assert cells(duplicate_code, with_table(table("03", [*functional("03"), *rows]))) == []
