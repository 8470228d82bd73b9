"""WB701: the 合计 row of 07."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb701_total_row_without_amounts import total_row_without_amounts
from tests.checks.applied import cells, findings
from tests.checks.tables import COLUMNS, Line, clean, code_line, error_value, table, with_table

ROWS = [
    code_line("221", "住房保障支出", ("小计", "项目支出"), "105.00", "105.00"),
    code_line("22198", "超长期特别国债安排的支出", ("小计", "项目支出"), "105.00", "105.00"),
]


def test_total_row_is_blank_where_rows_have_amounts() -> None:
    made = table("07", [Line("合计", {}, role="total"), *ROWS])
    [finding] = findings(total_row_without_amounts, with_table(made))
    at = f"{chr(ord('E') + COLUMNS['07'].index('小计'))}"
    assert (str(finding.cell), finding.column) == (f"公开07!{at}7", "小计")
    assert finding.message == "公开07的合计行没有填列小计、项目支出，各科目有金额"
    # Only the top row speaks for the total; 22198 is part of 221.
    assert [cell.a1 for cell in finding.evidence] == [f"{at}8"]


def test_total_row_that_is_absent_is_marked_at_the_title() -> None:
    assert cells(total_row_without_amounts, with_table(table("07", ROWS))) == ["公开07!A1"]


def test_total_row_with_amounts_right_or_wrong() -> None:
    total = Line("合计", {"小计": "0.00", "项目支出": error_value()}, role="total")
    assert cells(total_row_without_amounts, with_table(table("07", [total, *ROWS]))) == []


def test_empty_table() -> None:
    assert cells(total_row_without_amounts, clean()) == []


def test_total_row_whose_cells_hold_the_heading_is_marked_at_its_label() -> None:
    made = table("07", [Line("合计", {}, role="total"), *ROWS])
    made.items["合计"] = made.items["合计"]._replace(columns={})
    assert cells(total_row_without_amounts, with_table(made)) == ["公开07!A7"]
