"""The published accounts are read whole: amounts, addresses, header, notes, status."""

from __future__ import annotations

import pytest

from gongkai_workbooks.amounts import WAN_YUAN, Figure, read_figure
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import TABLE_NUMBERS, Table, TableStatus

from .form_names import CODES
from .published import shanghai, wuhan
from .table_text import read, wan

FUNDS_AND_SUBTOTAL = ["小计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]


def a1(table: Table, item: str, column: str) -> str:
    cell = table.place(item, column)
    assert cell is not None
    return cell.a1


def test_wuhan_header_and_status() -> None:
    disclosure = read(*wuhan())
    assert (disclosure.department, disclosure.year) == ("武汉市江汉区医疗保障局", 2024)
    assert (disclosure.amount_unit.name, disclosure.unit_stated) == ("万元", True)
    assert [disclosure.tables[number].status.value for number in TABLE_NUMBERS] == ["checked"] * 6 + ["empty"] * 3
    table = disclosure.tables["03"]
    assert (table.title, table.printed_title) == ("支出决算表", "2024年度支出决算表")
    assert (table.title_cell, table.department_cell) == (CellRef("GK03", 1, 1), CellRef("GK03", 3, 1))
    assert (table.unit_cell, table.table_code, table.table_code_cell) == (
        CellRef("GK03", 3, 10),
        "03",
        CellRef("GK03", 2, 10),
    )
    assert (table.year_cell, table.first_row, table.header_row, table.last_row) == (CellRef("GK03", 1, 1), 1, 6, 26)
    assert table.notes == (("注：本表反映部门本年度各项支出情况。", CellRef("GK03", 26, 1)),)
    assert "武汉" not in disclosure.tables["07"].reason
    assert disclosure.tables["07"].reason == "各金额单元格均为空"


def test_wuhan_01() -> None:
    disclosure = read(*wuhan())
    table = disclosure.tables["01"]
    income = [key for key, item in table.items.items() if item.role == "income"]
    assert income == [
        "一般公共预算财政拨款收入",
        "政府性基金预算财政拨款收入",
        "国有资本经营预算财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]
    assert [key for key, item in table.items.items() if item.role == "class"] == CODES
    assert [key for key, item in table.items.items() if item.role == "total"] == [
        "本年收入合计",
        "收入总计",
        "本年支出合计",
        "支出总计",
    ]
    assert [key for key, item in table.items.items() if item.role == "line"] == [
        "使用非财政拨款结余",
        "年初结转和结余",
        "结余分配",
        "年末结转和结余",
    ]
    printed = {key: wan(disclosure, "01", key, ["决算数"])[0] for key in table.items}
    assert {key: amount for key, amount in printed.items() if amount} == {
        "一般公共预算财政拨款收入": "667.00",
        "本年收入合计": "667.00",
        "收入总计": "667.00",
        "208": "14.72",
        "210": "624.54",
        "221": "27.73",
        "本年支出合计": "667.00",
        "支出总计": "667.00",
    }
    assert (a1(table, "收入总计", "决算数"), a1(table, "支出总计", "决算数")) == ("C36", "F36")
    assert table.items["221"].name == "十九、住房保障支出"
    assert table.items["221"].label_column == 4
    assert not table.unknown_lines


def test_wuhan_codes() -> None:
    disclosure = read(*wuhan())
    columns = ["小计", "基本支出", "项目支出"]
    assert wan(disclosure, "05", "合计", columns) == ["667.00", "214.84", "452.16"]
    assert wan(disclosure, "05", "2101502", columns) == ["412.52", "5.03", "407.49"]
    assert wan(disclosure, "05", "2101399", columns) == ["42.67", "", "42.67"]
    assert wan(disclosure, "03", "2101502", ["本年支出合计", "项目支出", "对附属单位补助支出"]) == [
        "412.52",
        "407.49",
        "",
    ]
    assert wan(disclosure, "02", "21015", ["本年收入合计", "财政拨款收入", "其他收入"]) == ["567.26", "567.26", ""]
    assert a1(disclosure.tables["03"], "2101502", "项目支出") == "G19"
    line = disclosure.tables["03"].items["2101502"]
    assert (line.code, line.name, line.role, line.label_column) == ("2101502", "一般行政管理事务", "code", 1)
    assert len(disclosure.tables["03"].items) == 19
    assert list(disclosure.tables["02"].columns) == [
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]


def test_wuhan_04() -> None:
    disclosure = read(*wuhan())
    assert wan(disclosure, "04", "210", FUNDS_AND_SUBTOTAL) == ["624.54", "624.54", "", ""]
    assert wan(disclosure, "04", "支出总计", FUNDS_AND_SUBTOTAL) == ["667.00", "667.00", "", ""]
    assert wan(disclosure, "04", "一般公共预算财政拨款", ["决算数"]) == ["667.00"]
    table = disclosure.tables["04"]
    assert (a1(table, "年初一般公共预算财政拨款", "决算数"), a1(table, "210", "一般公共预算财政拨款")) == ("C36", "G16")
    assert table.items["年初政府性基金预算财政拨款"].role == "line"
    assert table.items["政府性基金预算财政拨款"].role == "income"


def test_wuhan_06() -> None:
    disclosure = read(*wuhan())
    table = disclosure.tables["06"]
    expected = {"301": "195.33", "30108": "14.72", "302": "19.51", "30299": "12.09", "30213": "0.02", "310": ""}
    assert {code: wan(disclosure, "06", code, ["决算数"])[0] for code in expected} == expected
    assert wan(disclosure, "06", "人员经费合计", ["决算数"]) == ["195.33"]
    assert wan(disclosure, "06", "公用经费合计", ["决算数"]) == ["19.51"]
    assert (a1(table, "公用经费合计", "决算数"), a1(table, "31013", "决算数")) == ("I12", "I8")
    assert table.items["人员经费合计"].role == "total"
    assert (table.items["31013"].label_column, table.items["31013"].name) == (7, "公务用车购置")


def test_wuhan_09_has_items_without_amounts() -> None:
    table = read(*wuhan()).tables["09"]
    assert table.status is TableStatus.EMPTY
    assert (table.columns, dict(table.amounts)) == (("预算数", "决算数"), {})
    assert (a1(table, "公务接待费", "决算数"), table.header_row) == ("L8", 7)
    assert [text[:10] for text, _ in table.notes] == ["注：本表反映部门本年", "本部门2024年度无"]


def test_shanghai_header() -> None:
    disclosure = read(*shanghai())
    assert (disclosure.department, disclosure.year, disclosure.amount_unit.name) == ("上海市普陀区财政局", None, "万元")
    assert [disclosure.tables[number].sheet for number in ("06", "07", "08", "09")] == ["表6", "表8", "表9", "表7"]
    assert disclosure.tables["08"].title == "国有资本经营预算财政拨款支出决算表"
    assert disclosure.tables["08"].status is TableStatus.EMPTY
    assert disclosure.tables["05"].table_code == ""


def test_shanghai_01_and_04() -> None:
    disclosure = read(*shanghai())
    expected = {
        "其他收入": "6.20",
        "本年收入合计": "2946.25",
        "年初结转和结余": "49.14",
        "收入总计": "2995.39",
        "201": "2106.66",
        "年末结转和结余": "55.34",
        "支出总计": "2995.39",
        "使用非财政拨款结余": "",
    }
    assert {key: wan(disclosure, "01", key, ["决算数"])[0] for key in expected} == expected
    opening = {"年初财政拨款结转和结余": "21.63", "年初一般公共预算财政拨款": "21.63", "年初政府性基金预算财政拨款": ""}
    assert {key: wan(disclosure, "04", key, ["决算数"])[0] for key in opening} == opening
    assert wan(disclosure, "04", "年末财政拨款结转和结余", FUNDS_AND_SUBTOTAL) == ["21.63", "21.63", "", ""]
    assert wan(disclosure, "04", "一般公共预算财政拨款", ["决算数"]) == ["2940.05"]


def test_shanghai_codes_in_three_columns_total_in_the_heading_or_last() -> None:
    disclosure = read(*shanghai())
    assert wan(disclosure, "05", "2010601", ["小计", "基本支出", "项目支出"]) == ["1511.89", "1503.52", "8.37"]
    assert wan(disclosure, "05", "合计", ["小计", "基本支出", "项目支出"]) == ["2940.05", "2336.91", "603.14"]
    assert wan(disclosure, "03", "合计", ["本年支出合计", "基本支出"]) == ["2940.05", "2336.91"]
    assert wan(disclosure, "02", "合计", ["本年收入合计", "财政拨款收入", "其他收入"]) == ["2946.25", "2940.05", "6.20"]
    assert a1(disclosure.tables["05"], "合计", "小计") == "E26"
    assert a1(disclosure.tables["03"], "合计", "基本支出") == "F6"
    assert list(disclosure.tables["05"].items)[:4] == ["201", "20106", "2010601", "2010602"]
    assert disclosure.tables["05"].items["20805"].label_column == 1


def test_shanghai_total_shares_its_row_with_headings() -> None:
    disclosure = read(*shanghai())
    table = disclosure.tables["07"]
    columns = ["年初结转和结余", "本年收入", "小计", "基本支出", "项目支出", "年末结转和结余"]
    assert list(table.columns) == columns
    assert wan(disclosure, "07", "合计", columns) == ["", "105.00", None, None, None, ""]
    assert wan(disclosure, "07", "2219899", columns) == ["", "105.00", "105.00", "", "105.00", ""]
    assert not table.faults
    assert table.place("合计", "小计") is None


def test_shanghai_06_with_codes_in_two_cells() -> None:
    disclosure = read(*shanghai())
    expected = {"301": "2082.85", "30101": "262.33", "30302": "69.10", "31002": "13.58", "30201": "21.21"}
    assert {code: wan(disclosure, "06", code, ["决算数"])[0] for code in expected} == expected
    assert wan(disclosure, "06", "人员经费合计", ["决算数"]) == ["2152.26"]
    assert wan(disclosure, "06", "公用经费合计", ["决算数"]) == ["184.65"]


def test_shanghai_09_interleaved() -> None:
    disclosure = read(*shanghai())
    both = ["预算数", "决算数"]
    assert {key: wan(disclosure, "09", key, both) for key in disclosure.tables["09"].items} == {
        "合计": ["21.00", "16.95"],
        "因公出国（境）费": ["0.00", "0.00"],
        "公务用车购置及运行维护费": ["20.50", "16.95"],
        "公务用车购置费": ["0.00", "0.00"],
        "公务用车运行维护费": ["20.50", "16.95"],
        "公务接待费": ["0.50", "0.00"],
    }
    assert a1(disclosure.tables["09"], "公务用车运行维护费", "决算数") == "J7"


def test_a_printed_zero_is_no_blank() -> None:
    disclosure = read(*shanghai())
    amount = disclosure.amount("09", "因公出国（境）费", "预算数")
    assert amount is not None
    assert (amount.fen, amount.blank) == (0, False)
    blank = disclosure.amount("07", "221", "基本支出")
    assert blank is not None
    assert (blank.fen, blank.blank, blank.cell) == (0, True, CellRef("表8", 6, 6))
    assert ("221", "基本支出") not in disclosure.tables["07"].amounts


def test_what_stands_in_blank_amounts_is_kept() -> None:
    grids = wuhan()
    grids[2].rows[8][5:8] = ["—", " ", "'-"]
    grids[2].rows[9][6] = ""
    table = read(*grids).tables["03"]
    line = next(key for key, item in table.items.items() if item.row == 9)
    assert table.dashes == {(line, "基本支出"): "—", (line, "项目支出"): " ", (line, "上缴上级支出"): "'-"}
    blank = table.amount(line, "基本支出")
    assert blank is not None
    assert (blank.fen, blank.blank) == (0, True)


@pytest.mark.parametrize("number", TABLE_NUMBERS)
def test_a_workbook_without_tables_misses_all(number: str) -> None:
    table = read("姓名|电话\n张|1").tables[number]
    assert table.status is TableStatus.MISSING
    assert table.reason == f"未找到标题为“{table.title}”的表"
    assert table.amount("合计", "小计") is None


@pytest.mark.parametrize("value", [14.72, -14.72, 0.0, -0.0, 0.1 + 0.2, 123.456, 1e11, 0.005, 999999999.99, 1e12, 7, 0])
def test_numbers_are_read_as_read_figure_reads_them(value: float) -> None:
    grids = wuhan()
    grids[2].rows[6][4] = value
    disclosure = read(grids[2])
    figure = read_figure(value, WAN_YUAN)
    amount = disclosure.tables["03"].amounts.get(("合计", "本年支出合计"))
    if isinstance(figure, Figure):
        assert amount is not None
        assert (amount.fen, amount.half_width, amount.text, amount.raw) == (*figure, "")
    else:
        assert disclosure.tables["03"].faults["合计", "本年支出合计"].found == str(value)
