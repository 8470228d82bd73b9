"""WB014: what is hidden and counts all the same."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb014_hidden_cells import hidden_cells
from tests.checks.applied import cells, findings
from tests.checks.tables import COLUMNS, Line, clean, code_line, functional, table, with_table


def test_hidden_sheet() -> None:
    disclosure = clean()
    disclosure.tables["03"].hidden = True
    [finding] = findings(hidden_cells, disclosure)
    assert (str(finding.cell), finding.message) == ("公开03!A1", "公开03所在的工作表“公开03”被隐藏")


def test_hidden_rows_with_amounts_are_one_finding() -> None:
    rows = [code_line(code, "某", COLUMNS["03"], "1.00", hidden=True) for code in ("229", "231")]
    [finding] = findings(hidden_cells, with_table(table("03", [*functional("03"), *rows])))
    assert str(finding.cell) == "公开03!A19"
    assert "229 某、231 某" in finding.message
    assert [cell.a1 for cell in finding.evidence] == ["A20"]


def test_hidden_row_without_amounts() -> None:
    row = Line("229", {}, "其他支出", "code", "229", hidden=True)
    assert cells(hidden_cells, with_table(table("03", [*functional("03"), row]))) == []


def test_hidden_row_of_noughts() -> None:
    row = code_line("229", "其他支出", COLUMNS["03"], "0.00", "0.00", hidden=True)
    assert cells(hidden_cells, with_table(table("03", [*functional("03"), row]))) == []


def test_hidden_column_with_and_without_amounts() -> None:
    disclosure = clean()
    disclosure.tables["03"].hidden_columns = ("经营支出",)
    assert cells(hidden_cells, disclosure) == []
    disclosure.tables["03"].hidden_columns = ("项目支出", "经营支出")
    [finding] = findings(hidden_cells, disclosure)
    assert (str(finding.cell), finding.column) == ("公开03!G7", "项目支出")


def test_nothing_hidden() -> None:
    assert cells(hidden_cells, clean()) == []
