"""01 and 04: two blocks, one block, further blocks, further columns, labels of other years, cut and unknown labels."""

from __future__ import annotations

import pytest

from gongkai_workbooks.disclosure import TableStatus

from .form_names import CLASSES, CODES, NUMERALS
from .table_text import read, wan, yuan

FUNDS = ["小计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]


def test_function_lines_bind_by_name_not_by_number() -> None:
    names = [name for name in CLASSES if name not in ("债务还本支出", "债务付息支出")]
    codes = [code for code in CODES if code not in ("231", "232")]
    lines = [f"||{numeral}、{name}|{n}" for n, (numeral, name) in enumerate(zip(NUMERALS, names, strict=False), 1)]
    text = "收入支出决算总表\n项目|决算数|项目|决算数\n" + "\n".join(lines) + "\n本年收入合计|300|本年支出合计|300"
    table = read(text).tables["01"]
    assert [item.key for item in table.items.values() if item.role == "class"] == codes
    assert [yuan(read(text), "01", code, "决算数") for code in codes[-2:]] == ["230000.00", "240000.00"]


def test_labels_of_earlier_years() -> None:
    text = """
收入支出决算总表
项目|行次|决算数|项目|行次|决算数
一、财政拨款收入|1|10|七、文化体育与传媒支出|1|1
其中：政府性基金预算财政拨款|2|3|九、医疗卫生与计划生育支出|2|2
五、事业单位经营收入|3|4|十八、国土海洋气象等支出|3|3
六、附属单位缴款|4|5|十四、资源勘探信息等支出|4|4
本年收入合计|5|19|本年支出合计|5|10
用事业基金弥补收支差额|6|1|结余分配|6|2
上年结转和结余|7|2|其中：提取职工福利基金|7|1
合计|8|22|年末结转和结余|8|10
|||合计|9|22
"""
    disclosure = read(text)
    expected = {
        "一般公共预算财政拨款收入": "10.00",
        "其中：政府性基金预算财政拨款": "3.00",
        "经营收入": "4.00",
        "附属单位上缴收入": "5.00",
        "使用非财政拨款结余": "1.00",
        "年初结转和结余": "2.00",
        "收入总计": "22.00",
        "207": "1.00",
        "210": "2.00",
        "220": "3.00",
        "215": "4.00",
        "其中：提取职工福利基金": "1.00",
        "支出总计": "22.00",
    }
    assert {key: wan(disclosure, "01", key, ["决算数"])[0] for key in expected} == expected
    assert disclosure.tables["01"].items["其中：政府性基金预算财政拨款"].role == "line"
    assert disclosure.tables["01"].unknown_lines == ()


def test_labels_cut_at_the_end() -> None:
    text = """
财政拨款收入支出决算总表
收 入|||支 出||||
项目|行次|决算数|项目|行次|决算数|||
|||||小计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款
一、一般公共预算|1|667|十四、资源勘探工业|46|1|1||
二、政府性基金预算|2|2|二十一、国有资本经营|53|2|||2
三、国有资本经营|3||二十六、抗疫特别国|58||||
本年收入合计|27|669|本年支出合计|59|3|1||2
年初财政拨款结转|28|9|年末财政拨款结转|60|675|675||
一般公共预算|29|4|||||
政府性基金预算|30|5|||||
国有资本经营|31||||||
总计|32|678|总计|64|678|676||2
"""
    disclosure = read(text)
    assert wan(disclosure, "04", "215", FUNDS) == ["1.00", "1.00", "", ""]
    assert wan(disclosure, "04", "223", FUNDS) == ["2.00", "", "", "2.00"]
    assert wan(disclosure, "04", "年末财政拨款结转和结余", FUNDS[:1]) == ["675.00"]
    opening = ["年初财政拨款结转和结余", "年初一般公共预算财政拨款", "年初政府性基金预算财政拨款"]
    assert [wan(disclosure, "04", key, ["决算数"])[0] for key in opening] == ["9.00", "4.00", "5.00"]
    assert "234" in disclosure.tables["04"].items


def test_a_beginning_of_two_labels_binds_to_neither() -> None:
    text = "收入支出决算总表\n项目|金额|项目|金额\n国有资本经|1|一般公共服务支出|1\n本年收入合计|1|本年支出合计|1\n年初结转和|2|||"
    table = read(text).tables["01"]
    assert table.items["国有资本经营预算财政拨款收入"].row == 3
    assert table.items["年初结转和结余"].row == 5
    text = "财政拨款收入支出决算总表\n项目|金额|项目|小计|一般公共预算财政拨款\n年初一般|1|一般公共服务支出|1|1\n本年收入合计|1|本年支出合计|1|1"
    assert [item.key for item in read(text).tables["04"].unknown_lines] == ["年初一般"]


def test_opening_funds_printed_with_of_which() -> None:
    text = """
财政拨款收入支出决算总表
项目|决算数|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款
一、本年收入|3|一、一般公共服务支出|3|1|2
（一）一般公共预算财政拨款|1||||
（二）政府性基金预算财政拨款|2||||
二、年初财政拨款结转和结余|7|二、年末财政拨款结转和结余|7|3|4
其中：一般公共预算财政拨款|3||||
（二）政府性基金预算财政拨款|4||||
收入总计|10|支出总计|10|4|6
"""
    disclosure = read(text)
    expected = {
        "本年收入合计": "3.00",
        "一般公共预算财政拨款": "1.00",
        "政府性基金预算财政拨款": "2.00",
        "年初财政拨款结转和结余": "7.00",
        "年初一般公共预算财政拨款": "3.00",
        "年初政府性基金预算财政拨款": "4.00",
        "收入总计": "10.00",
    }
    assert {key: wan(disclosure, "04", key, ["决算数"])[0] for key in expected} == expected
    assert disclosure.tables["04"].columns == ("决算数", "小计", "一般公共预算财政拨款", "政府性基金预算财政拨款")


def test_unknown_lines_with_amounts_are_kept_and_named() -> None:
    text = """
收入支出决算总表
项目|决算数|项目|决算数
一、一般公共预算财政拨款收入|1|一、一般公共服务支出|1
九、捐赠和彩票收入|2|二十七、外星人事务支出|3
十、没有金额的收入||二十八、没有金额的支出|
|5||
本年收入合计|3|本年支出合计|4
调剂资金|8|待核销支出|9
注：本表反映部门本年度的总收支。|||
"""
    table = read(text).tables["01"]
    assert [(item.key, item.role) for item in table.unknown_lines] == [
        ("九、捐赠和彩票收入", "income"),
        ("?row6", "line"),
        ("调剂资金", "line"),
        ("二十七、外星人事务支出", "class"),
        ("待核销支出", "line"),
    ]
    assert all(table.items[item.key] is item for item in table.unknown_lines)


def test_budget_columns_and_a_third_block_are_left_out() -> None:
    text = """
收入支出决算总表
编制单位：某某县教育局|2023年度|||||||||||金额单位：元|||
收入|||||支出|||||支出||||
项目|行次|年初预算数|全年预算数|决算数|项目(按功能分类)|行次|年初预算数|全年预算数|决算数|项目(按支出性质和经济分类)|行次|年初预算数|全年预算数|决算数
栏次||1|2|3|栏次||4|5|6|栏次||7|8|9
一、一般公共预算财政拨款收入|1|100|110|120.5|一、一般公共服务支出|32||||一、基本支出|58|1|2|3
四、上级补助收入|4||||五、教育支出|36|100|110|120.5|二、项目支出|61|||
本年收入合计|27|100|110|120.5|本年支出合计|57|100|110|120.5|本年支出合计|80|1|2|99
总计|31|100|110|120.5|总计|62|100|110|120.5|总计|90|||99
"""
    disclosure = read(text)
    table = disclosure.tables["01"]
    assert (disclosure.department, disclosure.year, disclosure.amount_unit.name) == ("某某县教育局", 2023, "元")
    assert yuan(disclosure, "01", "205", "决算数") == "120.50"
    assert yuan(disclosure, "01", "本年支出合计", "决算数") == "120.50"
    assert list(table.items) == [
        "一般公共预算财政拨款收入",
        "上级补助收入",
        "本年收入合计",
        "收入总计",
        "201",
        "205",
        "本年支出合计",
        "支出总计",
    ]
    assert (table.columns, table.unknown_columns) == (("决算数",), ())


@pytest.mark.parametrize("second_heading", ["二、支出|||\n", "支出|||\n项目|行次|金额|\n", ""])
def test_income_above_expenditure_in_one_block(second_heading: str) -> None:
    text = (
        "收入支出决算总表\n单位：万元\n项目|行次|金额|\n一般公共预算财政拨款收入|1|50.5|\n其他收入|2|1|\n"
        "本年收入合计|3|51.5|\n总计|5|51.5|\n"
        + second_heading
        + "一般公共服务支出|6|51|\n其他支出|7||\n本年支出合计|8|51|\n年末结转和结余|9|0.5|\n总计|10|51.5|"
    )
    disclosure = read(text)
    expected = {
        "其他收入": "1.00",
        "本年收入合计": "51.50",
        "收入总计": "51.50",
        "201": "51.00",
        "229": "",
        "支出总计": "51.50",
    }
    assert {key: wan(disclosure, "01", key, ["决算数"])[0] for key in expected} == expected
    assert disclosure.tables["01"].unknown_lines == ()


def test_income_on_the_right() -> None:
    text = "收入支出决算总表\n项目|金额|项目|金额\n一、一般公共服务支出|5|一、一般公共预算财政拨款收入|6\n本年支出合计|5|本年收入合计|6\n总计|7|总计|8"
    disclosure = read(text)
    assert wan(disclosure, "01", "收入总计", ["决算数"]) == ["8.00"]
    assert wan(disclosure, "01", "支出总计", ["决算数"]) == ["7.00"]


def test_a_repeated_line_gets_a_number() -> None:
    text = "收入支出决算总表\n项目|金额|项目|金额\n一、其他收入|5|一、国防支出|6\n二、其他收入|4|二、国防支出|3\n本年收入合计|9|本年支出合计|9"
    assert list(read(text).tables["01"].items) == [
        "其他收入",
        "其他收入#2",
        "本年收入合计",
        "203",
        "203#2",
        "本年支出合计",
    ]


def test_without_totals_it_is_unreadable() -> None:
    table = read("收入支出决算总表\n项目|金额\n办公费|1\n差旅费|2").tables["01"]
    assert table.status is TableStatus.UNREADABLE
    assert table.reason.startswith("未找到")
