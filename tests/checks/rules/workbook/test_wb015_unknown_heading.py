"""WB015: headings and labels that nobody knows."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb015_unknown_heading import unknown_heading
from gongkai_workbooks.cells import CellRef
from tests.checks.applied import cells, findings
from tests.checks.tables import Line, clean, table, with_table


def test_columns_and_lines_of_a_table_are_one_finding() -> None:
    made = table("01", [Line("本年收入合计", {"决算数": "1.00"}), Line("增设收入", {"决算数": "1.00"})])
    made.unknown_columns = (("上年数", CellRef("公开01", 5, 7)),)
    made.unknown_lines = (made.items["增设收入"],)
    [finding] = findings(unknown_heading, with_table(made))
    assert finding.message == "公开01有不认识的栏“上年数”、行“增设收入”"
    assert (str(finding.cell), finding.evidence) == ("公开01!G5", (CellRef("公开01", 8, 1),))


def test_a_line_without_a_name_is_named_by_its_row() -> None:
    made = table("01", [Line("本年收入合计", {"决算数": "1.00"}), Line("?row9", {"决算数": "1.00"})])
    made.unknown_lines = (made.items["?row9"]._replace(name=""),)
    [finding] = findings(unknown_heading, with_table(made))
    assert finding.message == f"公开01有不认识的行：第 {made.items['?row9'].row} 行没有名称"


def test_known_headings() -> None:
    assert cells(unknown_heading, clean()) == []
