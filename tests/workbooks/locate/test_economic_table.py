"""06: two or three blocks, one list, codes in one or two cells, totals wherever they stand."""

from __future__ import annotations

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import FAULT_TEXT

from .table_text import read, wan

TITLE = "一般公共预算财政拨款基本支出决算明细表\n单位：万元\n"


def amounts(text: str) -> dict[str, str | None]:
    disclosure = read(text)
    return {key: wan(disclosure, "06", key, ["决算数"])[0] for key in disclosure.tables["06"].items}


def test_a_gap_between_blocks_parents_left_blank_and_totals_in_rows_of_their_own() -> None:
    text = (
        TITLE
        + """人员经费|||||公用经费|||
科目编码||科目名称|金额||科目编码||科目名称|金额
类|款||||类|款||
301||工资福利支出|20||302||商品和服务支出|10
|1|基本工资|15||302|1|办公费|7
|99|其他工资福利支出|5|||2|印刷费|3
|||||310||资本性支出|2
人员经费合计|||20|||||
|||||公用经费合计|||12
合计||||||||32
注：本表反映基本支出明细情况。"""
    )
    assert amounts(text) == {
        "301": "20.00",
        "302": "10.00",
        "30101": "15.00",
        "30201": "7.00",
        "30199": "5.00",
        "30202": "3.00",
        "310": "2.00",
        "人员经费合计": "20.00",
        "公用经费合计": "12.00",
        "合计": "32.00",
    }
    table = read(text).tables["06"]
    assert [text for text, _ in table.notes] == ["注：本表反映基本支出明细情况。"]
    assert table.place("公用经费合计", "决算数") == CellRef("Sheet1", 11, 9)


def test_one_list_with_columns_for_personnel_and_operating_funds() -> None:
    text = (
        TITLE
        + """经济分类科目编码|科目名称|合计|人员经费|公用经费
合计||30|20|10
'301|工资福利支出|20|20|
'30101|基本工资|20|20|
'302|商品和服务支出|10||10"""
    )
    assert amounts(text) == {
        "人员经费合计": "20.00",
        "公用经费合计": "10.00",
        "合计": "30.00",
        "301": "20.00",
        "30101": "20.00",
        "302": "10.00",
    }


def test_a_total_beside_lines_that_go_on() -> None:
    text = (
        TITLE
        + """科目编码|科目名称|决算数|科目编码|科目名称|决算数
'301|工资福利支出|20|'302|商品和服务支出|3
人员经费合计||20|'30201|办公费|2
|||'30202|印刷费|1
|||公用经费合计||3"""
    )
    assert amounts(text) == {
        "301": "20.00",
        "302": "3.00",
        "人员经费合计": "20.00",
        "30201": "2.00",
        "30202": "1.00",
        "公用经费合计": "3.00",
    }


def test_operating_total_with_its_amount_under_the_first_of_its_blocks() -> None:
    text = (
        TITLE
        + """科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数
'301|工资福利支出|20|'302|商品和服务支出|3|'310|资本性支出|
人员经费合计||20|公用经费合计||3|||"""
    )
    assert read(text).tables["06"].place("公用经费合计", "决算数") == CellRef("Sheet1", 5, 6)


def test_code_and_name_in_one_cell() -> None:
    text = (
        TITLE
        + "科目名称|决算数|科目名称|决算数\n301 工资福利支出|20|302 商品和服务支出|10\n30101基本工资|20|30201办公费|10\n人员经费合计|20|公用经费合计|10"
    )
    assert amounts(text) == {
        "301": "20.00",
        "302": "10.00",
        "30101": "20.00",
        "30201": "10.00",
        "人员经费合计": "20.00",
        "公用经费合计": "10.00",
    }
    assert read(text).tables["06"].items["30101"].name == "基本工资"


def test_lines_without_a_code_and_cells_without_an_amount() -> None:
    text = (
        TITLE
        + "科目编码|科目名称|决算数|科目编码|科目名称|决算数\n'301|工资福利支出|20|'302|商品和服务支出|无此数\n|补发工资|4|'30201|办公费|\n'3010|缺一位|3|||"
    )
    table = read(text).tables["06"]
    assert list(table.items) == ["301", "?row5", "3010", "302", "30201"]
    assert table.items["?row5"].name == "补发工资"
    assert table.faults["302", "决算数"].kind == FAULT_TEXT


def test_a_repeated_code_gets_a_number() -> None:
    text = TITLE + "科目编码|科目名称|决算数\n'301|工资福利支出|20\n'30101|甲|5\n'30101|乙|6"
    assert list(read(text).tables["06"].items) == ["301", "30101", "30101#2"]


def test_without_codes_it_is_unreadable() -> None:
    assert read(TITLE + "科目名称|决算数\n基本工资|1\n办公费|2").tables["06"].reason == "未找到经济分类科目编码"
    assert read(TITLE + "品名|数量\n纸|1\n笔|2").tables["06"].reason == "未找到“科目名称”表头"
    assert (
        read(TITLE + "科目编码|科目名称|数量\n301|纸|1\n302|笔|2").tables["06"].reason
        == "未找到“决算数”“金额”等金额栏表头"
    )
