"""02, 03, 05, 07, 08: headings, codes and totals in the ways places print them."""

from __future__ import annotations

import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import FAULT_ERROR, FAULT_NEVER_CALCULATED, FAULT_TEXT, TableStatus
from gongkai_workbooks.grid import NEVER_CALCULATED, Grid

from .table_text import read, rows, wan

FLOW = ["年初结转和结余", "本年收入", "小计", "基本支出", "项目支出", "年末结转和结余"]
HEADING_03 = "支出决算表\n科目编码|科目名称|本年支出合计|基本支出|项目支出\n"


def keys(text: str, table: str = "03") -> list[str]:
    return list(read(text).tables[table].items)


def test_three_code_columns_with_blank_parents_and_lost_zeros() -> None:
    text = """
支出决算表
类|款|项|科目名称|本年支出合计|基本支出|项目支出
|||合计|10|6|4
208|||社会保障和就业支出|10|6|4
|5||行政事业单位养老支出|10|6|4
||5|机关事业单位基本养老保险缴费支出|10|6|4
||'06|机关事业单位职业年金缴费支出|1|1|
|'08||抚恤|1|1|
||1|死亡抚恤|1|1|
210|11|1|行政单位医疗|1||1
211|0|0|节能环保支出|1||1
'212|'21201|'2120101|行政运行|2||2
'213.0|||农林水支出|2||2
"""
    assert keys(text) == [
        "合计",
        "208",
        "20805",
        "2080505",
        "2080506",
        "20808",
        "2080801",
        "2101101",
        "211",
        "2120101",
        "213",
    ]
    assert read(text).tables["03"].items["2080506"].label_column == 3


def test_codes_as_numbers_and_with_separators() -> None:
    text = HEADING_03 + "合计||10|6|4\n208|甲|1||\n20805.0|乙|1||\n2080505|丙|1||\n208-05-06|丁|1||\n 208 08 01 |戊|1||"
    assert keys(text) == ["合计", "208", "20805", "2080505", "2080506", "2080801"]


def test_code_and_name_in_one_cell() -> None:
    text = """
支出决算表
单位：元|||
项目|本年支出合计|基本支出|项目支出
合　计|10,000.00|6|4
208社会保障和就业支出|10|6|4
  20805 行政事业单位养老支出|10|6|4
    2080505  机关事业单位基本养老保险缴费支出|10|6|4
[210]卫生健康支出|1||
"""
    table = read(text).tables["03"]
    assert [(key, item.name) for key, item in table.items.items()] == [
        ("合计", "合计"),
        ("208", "社会保障和就业支出"),
        ("20805", "行政事业单位养老支出"),
        ("2080505", "机关事业单位基本养老保险缴费支出"),
        ("210", "卫生健康支出"),
    ]
    amount = table.amount("合计", "本年支出合计")
    assert amount is not None
    assert (amount.fen, amount.half_width) == (1_000_000, 0)


def test_total_first_or_last_with_the_label_in_any_label_column() -> None:
    for total in ("合计||10|6|4", "|合 计|10|6|4", "|总计|10|6|4"):
        first = HEADING_03 + total + "\n'208|甲|10|6|4"
        last = HEADING_03 + "'208|甲|10|6|4\n" + total
        assert keys(first) == ["合计", "208"]
        assert keys(last) == ["208", "合计"]
        for text in (first, last):
            disclosure = read(text)
            assert disclosure.tables["03"].items["合计"].role == "total"
            assert wan(disclosure, "03", "合计", ["本年支出合计", "项目支出"]) == ["10.00", "4.00"]


def test_a_blank_total_gives_way_to_the_one_with_amounts() -> None:
    disclosure = read(HEADING_03 + "合计||||\n'208|甲|10|6|4\n合计||10|6|4")
    assert wan(disclosure, "03", "合计", ["本年支出合计"]) == ["10.00"]
    assert disclosure.tables["03"].items["合计"].row == 5


def test_repeated_codes_get_numbers() -> None:
    table = read(HEADING_03 + "合计||3||\n'2080505|甲|1||\n'2080505|乙|2||\n'2080505|丙|3||").tables["03"]
    assert [(item.key, item.code) for item in table.items.values()][1:] == [
        ("2080505", "2080505"),
        ("2080505#2", "2080505"),
        ("2080505#3", "2080505"),
    ]


def test_rows_with_amounts_and_no_good_code_are_kept() -> None:
    text = (
        HEADING_03
        + "合计||9||\n'208050|六位|1||\n|无编码|5||\n=A1|公式|3||\n小计||3||\n|||5|\n|说明文字|||\n20B|乱码|1||"
    )
    table = read(text).tables["03"]
    assert list(table.items) == ["合计", "208050", "?row5", "=A1", "小计", "?row8", "20B"]
    assert {item.role for key, item in table.items.items() if key != "合计"} == {"code"}
    assert (table.items["?row5"].code, table.items["?row5"].name) == ("", "无编码")
    assert table.items["=A1"].code == "=A1"


def test_stacked_headings_with_of_which_columns() -> None:
    text = """
2023年度收入决算表
单位：万元
项目||本年收入合计|财政拨款收入|上级补助收入|事业收入||事业单位经营收入|附属单位缴款|其他收入
功能分类科目编码|科目名称||||小计|其中：教育收费|||
栏次||1|2|3|4|5|6|7|8
合计||36|1|2|4|3|5|7|17
"""
    disclosure = read(text)
    columns = [
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "其中：教育收费",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]
    assert list(disclosure.tables["02"].columns) == columns
    assert wan(disclosure, "02", "合计", columns) == [f"{n}.00" for n in (36, 1, 2, 4, 3, 5, 7, 17)]
    assert disclosure.tables["02"].header_row == 5


def test_three_heading_rows_of_yunnan() -> None:
    text = """
一般公共预算财政拨款收入支出决算表
科目编码|||科目名称|年初结转和结余|||本年收入|||本年支出|||||年末结转和结余|||
||||合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|||项目支出|合计|基本支出结转|项目支出结转|项目支出结余
类|款|项|||||||||合计|人员经费|公用经费|||||
|||栏次|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15
|||合计|1|0.5|0.5|10|6|4|9|5|3|2|4|2|1|1|0
201|||一般公共服务支出|1|0.5|0.5|10|6|4|9|5|3|2|4|2|1|1|0
"""
    disclosure = read(text)
    assert wan(disclosure, "05", "201", FLOW) == ["1.00", "10.00", "9.00", "5.00", "4.00", "2.00"]
    assert disclosure.tables["05"].unknown_columns == ()


def test_basic_expenditure_split_into_parts() -> None:
    text = """
一般公共预算财政拨款支出决算表
项目||本年支出合计（万元）|基本支出|||项目支出
功能分类科目编码|科目名称||小计|人员经费|公用经费|
合计||10|6|4|2|4
'208|社会保障和就业支出|10|6|4|2|4
"""
    disclosure = read(text)
    assert wan(disclosure, "05", "208", ["小计", "基本支出", "项目支出"]) == ["10.00", "6.00", "4.00"]
    assert disclosure.tables["05"].unit_cell == CellRef("Sheet1", 2, 3)


@pytest.mark.parametrize("table", ["07", "08"])
def test_form_with_flow_columns(table: str) -> None:
    title = {"07": "政府性基金预算财政拨款收入支出决算表", "08": "国有资本经营预算财政拨款收入支出决算表"}[table]
    text = f"""
{title}
项目||上年结转和结余|本年收入|本年支出|||年末结转和结余
科目编码|科目名称|||小计|基本支出|项目支出|
合计||1|2|3|4|5|6
'223|国有资本经营预算支出|1|2|3|4|5|6
"""
    assert wan(read(text), table, "223", FLOW) == ["1.00", "2.00", "3.00", "4.00", "5.00", "6.00"]


def test_a_total_row_with_headings_only_is_empty() -> None:
    text = """
国有资本经营预算财政拨款收入支出决算表
项目||年初结转和结余|本年收入|本年支出|||年末结转和结余
功能分类科目编码|科目名称||||||
合计||||合计|基本支出|项目支出|
说明：本单位本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。
"""
    table = read(text).tables["08"]
    assert (table.status, table.columns, table.faults) == (TableStatus.EMPTY, tuple(FLOW), {})
    assert set(table.items["合计"].columns) == {"年初结转和结余", "本年收入", "年末结转和结余"}


def test_an_empty_table_of_zeros_says_so() -> None:
    table = read(HEADING_03 + "合计||0|0|0\n'208|甲|0.00|—|0").tables["03"]
    assert (table.status, table.reason) == (TableStatus.EMPTY, "各金额单元格均为 0")


def test_an_unknown_column_with_amounts_is_named() -> None:
    text = "支出决算表\n科目编码|科目名称|本年支出合计|基本支出|项目支出|其他资金|备注栏\n合计||10|6|4|3|\n'208|甲|10|6|4|3|无"
    table = read(text).tables["03"]
    assert table.unknown_columns == (("其他资金", CellRef("Sheet1", 2, 6)),)
    assert "其他资金" not in table.columns


def test_heading_repeated_on_a_second_page_is_no_line() -> None:
    text = (
        HEADING_03
        + "合计||10|6|4\n'208|甲|1|1|\n科目编码|科目名称|本年支出合计|基本支出|项目支出\n栏次||1|2|3\n||1|2|3\n'210|乙|9|5|4"
    )
    assert keys(text) == ["合计", "208", "210"]


def test_cells_without_an_amount_are_faults() -> None:
    text = HEADING_03 + "合计||10|6|4\n'208|甲|abc|#REF!|1.2.3\n'210|乙|9||"
    cells = {(4, 5): "#N/A", (5, 4): NEVER_CALCULATED}
    table = read(Grid("S", rows(text), faults=cells)).tables["03"]
    assert {place: (fault.kind, fault.found) for place, fault in table.faults.items()} == {
        ("208", "本年支出合计"): (FAULT_TEXT, "abc"),
        ("208", "基本支出"): (FAULT_ERROR, "#REF!"),
        ("208", "项目支出"): (FAULT_ERROR, "#N/A"),
        ("210", "基本支出"): (FAULT_NEVER_CALCULATED, NEVER_CALCULATED),
    }
    assert table.amount("208", "基本支出") is None
    assert table.faults["210", "基本支出"].cell == CellRef("S", 5, 4)


def test_a_fault_replaces_what_the_grid_says() -> None:
    table = read(Grid("S", rows(HEADING_03 + "合计||10|6|4"), faults={(3, 3): "#VALUE!"})).tables["03"]
    assert ("合计", "本年支出合计") not in table.amounts
    assert table.faults["合计", "本年支出合计"].kind == FAULT_ERROR


def test_headings_without_known_columns_are_unreadable() -> None:
    table = read("支出决算表\n科目编码|科目名称|数量|单价\n'208|甲|1|2").tables["03"]
    assert table.reason == "未找到金额栏表头（如本年支出合计、基本支出、项目支出）"


def test_a_heading_over_the_middle_of_its_columns() -> None:
    text = """
政府性基金预算财政拨款收入支出决算表
科目编码|科目名称|年初结转和结余|本年收入||本年支出||年末结转和结余
||||小计|基本支出|项目支出|
合 计：||1|2|3|4|5|6
"""
    assert wan(read(text), "07", "合计", FLOW) == ["1.00", "2.00", "3.00", "4.00", "5.00", "6.00"]


def test_a_second_page_with_a_column_that_the_first_has_not() -> None:
    page = "支出决算表\n科目编码|科目名称|本年支出合计|{}\n{}|某|1|1"
    table = read(page.format("基本支出", "208") + "\n" + page.format("项目支出", "210")).tables["03"]
    assert table.columns == ("本年支出合计", "基本支出", "项目支出")
    assert list(table.items) == ["208", "210"]
    assert table.items["210"].columns.keys() == {"本年支出合计", "项目支出"}
