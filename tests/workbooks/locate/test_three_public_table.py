"""09: block form, interleaved form, upright form, more rows than one, more items than six, no data."""

from __future__ import annotations

import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import FAULT_ERROR, FAULT_TEXT, TableStatus

from .table_text import read, wan

BOTH = ["预算数", "决算数"]
BLOCKS = """
财政拨款“三公”经费支出决算表
2024年||||||||||||单位：元
预算数||||||决算数|||||
合计|因公出国（境）费|公务用车购置及运行费|||公务接待费|合计|因公出国（境）费|公务用车购置及运行费|||公务接待费
||小计|公务用车购置费|公务用车运行费||||小计|公务用车购置费|公务用车运行费|
1|2|3|4|5|6|7|8|9|10|11|12
"""
ITEMS = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费", "公务接待费"]


def amounts(text: str) -> dict[str, list[str | None]]:
    disclosure = read(text)
    return {key: wan(disclosure, "09", key, BOTH) for key in disclosure.tables["09"].items}


def test_block_form() -> None:
    text = BLOCKS.replace("单位：元", "单位：万元") + "10|1|5|2|3|4|9|0|5|2|3|"
    assert amounts(text) == dict(
        zip(
            ITEMS,
            [["10.00", "9.00"], ["1.00", "0.00"], ["5.00", "5.00"], ["2.00", "2.00"], ["3.00", "3.00"], ["4.00", ""]],
            strict=True,
        )
    )
    table = read(text).tables["09"]
    assert (table.header_row, table.columns) == (6, ("预算数", "决算数"))
    assert table.place("公务接待费", "决算数") == CellRef("Sheet1", 7, 12)
    assert table.items["合计"].role == "total"


def test_text_dashes_and_errors() -> None:
    table = read(BLOCKS + "14,200.00|0.00|-|—|'14200|0.00|#DIV/0!|abc||||'0").tables["09"]
    assert {place: fault.kind for place, fault in table.faults.items()} == {
        ("合计", "决算数"): FAULT_ERROR,
        ("因公出国（境）费", "决算数"): FAULT_TEXT,
    }
    amount = table.amount("公务用车运行维护费", "预算数")
    assert amount is not None
    assert (amount.fen, amount.text) == (1_420_000, True)


def test_no_data_row_is_empty() -> None:
    table = read(BLOCKS + "注：本单位2024年度无三公经费预算财政拨款。").tables["09"]
    assert (table.status, table.columns) == (TableStatus.EMPTY, ("预算数", "决算数"))
    assert [text for text, _ in table.notes] == ["注：本单位2024年度无三公经费预算财政拨款。"]


def test_of_several_rows_the_total_counts() -> None:
    text = """
财政拨款“三公”经费支出决算表
单位名称|预算数||||||决算数|||||
|合计|因公出国（境）费|公务用车购置及运行费|||公务接待费|合计|因公出国（境）费|公务用车购置及运行费|||公务接待费
|||小计|公务用车购置费|公务用车运行费||||小计|公务用车购置费|公务用车运行费|
甲局|2|0|2|0|2|0|2|0|2|0|2|0
乙中心|3|1|1|1|0|1|3|1|1|1|0|1
合计|5|1|3|1|2|1|5|1|3|1|2|1
"""
    assert amounts(text)["合计"] == ["5.00", "5.00"]
    assert amounts(text)["公务用车购置及运行维护费"] == ["3.00", "3.00"]
    assert read(text).tables["09"].items["合计"].row == 7


def test_upright_form() -> None:
    text = """
财政拨款“三公”经费支出决算表
项目|预算数|决算数
合计|5|4
1、因公出国（境）费用|1|1
2、公务接待费|2|1
3、公务用车购置及运行费|2|2
其中：（1）公务用车购置费||
（2）公务用车运行维护费|2|2
注：以上为财政拨款。
"""
    assert amounts(text) == {
        "合计": ["5.00", "4.00"],
        "因公出国（境）费": ["1.00", "1.00"],
        "公务接待费": ["2.00", "1.00"],
        "公务用车购置及运行维护费": ["2.00", "2.00"],
        "公务用车购置费": ["", ""],
        "公务用车运行维护费": ["2.00", "2.00"],
    }
    assert [text for text, _ in read(text).tables["09"].notes] == ["注：以上为财政拨款。"]


@pytest.mark.parametrize(
    ("purchase", "running"),
    [
        ("其中：1.公务用车购置费", "2.公务用车运行维护费"),
        ("其中：（1）公务用车购置费", "（2）公务用车运行维护费"),
        ("其中：公务用车购置费", "公务用车运行费"),
        ("其中，①公务用车购置", "②公务用车运行费"),
        ("1.其中：公务用车购置费", "2.其中：公务用车运行维护费"),
    ],
)
def test_numbered_parts_of_the_vehicles_line(purchase: str, running: str) -> None:
    text = f"""
财政拨款“三公”经费支出决算表
项目|预算数|决算数
合计|5|4
3.公务用车购置及运行维护费|5|4
{purchase}|2|1
{running}|3|3
"""
    found = amounts(text)
    assert (found["公务用车购置费"], found["公务用车运行维护费"]) == (["2.00", "1.00"], ["3.00", "3.00"])
    assert read(text).tables["09"].unknown_lines == ()


def test_upright_form_of_yunnan_ends_before_the_counts() -> None:
    text = """
财政拨款“三公”经费、行政参公单位机关运行经费情况表
项目|行次|年初预算数|决算数
栏次||1|2
一、“三公”经费支出|1|—|—
（一）支出合计|2|10|9
1.因公出国（境）费|3|0|0
2.公务用车购置及运行维护费|4|8|8
（1）公务用车购置费|5||
（2）公务用车运行维护费|6|8|8
3.公务接待费|7|2|1
（1）国内接待费|8|—|1
（二）相关统计数|9|—|—
1.因公出国（境）团组数（个）|10|—|3
二、机关运行经费|20|-|55
"""
    assert amounts(text) == {
        "合计": ["10.00", "9.00"],
        "因公出国（境）费": ["0.00", "0.00"],
        "公务用车购置及运行维护费": ["8.00", "8.00"],
        "公务用车购置费": ["", ""],
        "公务用车运行维护费": ["8.00", "8.00"],
        "公务接待费": ["2.00", "1.00"],
        "国内接待费": ["", "1.00"],
    }
    assert read(text).tables["09"].unknown_lines == ()


def test_conferences_and_training_beside_three_public() -> None:
    text = """
“三公”经费、会议费、培训费支出决算表
预算数||||||决算数|||||
合计|“三公”经费|||会议费|培训费|合计|“三公”经费|||会议费|培训费
|小计|因公出国（境）费|公务接待费||||小计|因公出国（境）费|公务接待费||
30|10|4|6|15|5|29|9|4|5|15|5
"""
    assert amounts(text) == {
        "合计": ["10.00", "9.00"],
        "因公出国（境）费": ["4.00", "4.00"],
        "公务接待费": ["6.00", "5.00"],
        "会议费": ["15.00", "15.00"],
        "培训费": ["5.00", "5.00"],
    }


def test_budget_and_final_account_in_rows() -> None:
    text = """
一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表
项目|“三公”经费||||||会议费|培训费
|小计|因公出国（境）费用|公务接待费|公务用车购置及运行维护费||||
||||小计|公务用车购置费|公务用车运行维护费||
栏次|1|2|3|4|5|6|7|8
预算数|5|1|1|3|1|2|7|8
决算数|4|0|1|3|1|2|7|8
"""
    table = read(text).tables["09"]
    assert table.columns == ("决算数",)
    assert wan(read(text), "09", "公务用车购置及运行维护费", ["决算数"]) == ["3.00"]
    assert table.place("合计", "决算数") == CellRef("Sheet1", 7, 2)


def test_budget_figures_alone_are_unreadable() -> None:
    text = "“三公”经费支出决算表\n“三公”经费合计|因公出国（境）费|公务接待费\n13.2|0|5.11\n1|2|4"
    assert read(text).tables["09"].status is TableStatus.UNREADABLE
