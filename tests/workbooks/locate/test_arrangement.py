"""Tables on one sheet or many, beside each other, with contents, copies and further tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import TABLE_NUMBERS, TableStatus
from gongkai_workbooks.grid import CellValue, Grid

from .form_names import NUMERALS
from .published import shanghai, wuhan, wuhan_03
from .table_text import grid, read, wan
from .test_wording import FORMS, printed_facts

SMALL_03 = """
2024年度支出决算表||||
科目编码|科目名称|本年支出合计|基本支出|项目支出
合计||10|6|4
'208|社会保障和就业支出|10|6|4
"""


def contents(grids: list[Grid]) -> Grid:
    entries = [
        f"{numeral}、{one.rows[0][0]}|{page}"
        for page, (numeral, one) in enumerate(zip(NUMERALS, grids, strict=False), 3)
    ]
    return grid("目  录\n" + "\n".join(entries), "目录")


def stacked(grids: list[Grid], gap: int) -> Grid:
    rows: list[list[CellValue]] = []
    for one in grids:
        rows += one.rows
        rows += [[""]] * gap
    return replace(grids[0], rows=rows)


def beside(left: Grid, right: Grid) -> Grid:
    width = max(len(row) for row in left.rows) + 1
    rows: list[list[CellValue]] = []
    for i in range(max(len(left.rows), len(right.rows))):
        first = left.rows[i] if i < len(left.rows) else []
        second = right.rows[i] if i < len(right.rows) else []
        rows.append([*first, *[""] * (width - len(first)), *second])
    return replace(left, rows=rows)


@pytest.mark.parametrize(("form", "count"), FORMS)
@pytest.mark.parametrize("gap", [0, 1, 5])
def test_all_tables_on_one_sheet(form: Callable[[], list[Grid]], count: int, gap: int) -> None:
    disclosure = read(stacked(form(), gap))
    assert printed_facts(disclosure) == printed_facts(read(*form()))
    assert {table.sheet for table in disclosure.tables.values()} == {form()[0].sheet}


@pytest.mark.parametrize(("form", "count"), FORMS)
def test_tables_beside_each_other(form: Callable[[], list[Grid]], count: int) -> None:
    grids = form()
    pairs = [beside(grids[n], grids[n + 1]) for n in range(0, 8, 2)]
    disclosure = read(*pairs, grids[8])
    assert printed_facts(disclosure) == printed_facts(read(*grids))


@pytest.mark.parametrize(("form", "count"), FORMS)
def test_contents_never_bind(form: Callable[[], list[Grid]], count: int) -> None:
    grids = form()
    plain = printed_facts(read(*grids))
    list_of_tables = contents(grids)
    above = replace(grids[0], rows=[*list_of_tables.rows, *grids[0].rows])
    for workbook in ([list_of_tables, *grids], [*grids, list_of_tables], [above, *grids[1:]], list(reversed(grids))):
        disclosure = read(*workbook)
        assert printed_facts(disclosure) == plain
        assert (disclosure.extra_titles, disclosure.duplicates) == ((), ())


@pytest.mark.parametrize(("form", "count"), FORMS)
def test_what_the_contents_list_is_kept(form: Callable[[], list[Grid]], count: int) -> None:
    grids = form()
    listed = contents(grids)
    assert read(*grids).contents == ()
    whole = read(listed, *grids).contents
    assert sorted(number for number, _ in whole if number in TABLE_NUMBERS) == list(TABLE_NUMBERS)
    assert str(whole[0][1]) == "目录!A2"
    without = [
        number for number, _ in read(replace(listed, rows=[*listed.rows[:3], *listed.rows[4:]]), *grids).contents
    ]
    assert set(TABLE_NUMBERS) - set(without) == {whole[2][0]}
    assert read(replace(listed, rows=listed.rows[:5]), *grids).contents == ()


def test_contents_alone_are_no_tables() -> None:
    disclosure = read(contents(shanghai()))
    table = disclosure.tables["02"]
    assert table.status is TableStatus.MISSING
    assert table.reason == "未找到标题为“收入决算表”的表（目录!A3 只有表名，下面没有表格）"


def test_further_tables_are_passed_over_and_named() -> None:
    further = [
        grid("机构运行信息表\n项目|行次|统计数\n一、车辆|1|3\n二、办公用房|2|4", "表10"),
        grid("2024年度支出决算表（分单位）\n单位名称|本年支出合计|基本支出|项目支出\n合计|1|2|3\n甲局|1|2|3", "分单位"),
        grid("经营支出决算表\n科目编码|科目名称|本年支出合计|基本支出\n'201|甲|3|3\n'20101|乙|3|3", "经营"),
    ]
    disclosure = read(*further, *wuhan())
    assert printed_facts(disclosure) == printed_facts(read(*wuhan()))
    assert disclosure.extra_titles == (
        ("机构运行信息表", CellRef("表10", 1, 1)),
        ("2024年度支出决算表（分单位）", CellRef("分单位", 1, 1)),
        ("经营支出决算表", CellRef("经营", 1, 1)),
    )
    assert disclosure.duplicates == ()


def test_a_further_table_below_ends_the_one_above() -> None:
    disclosure = read(SMALL_03.strip() + "\n项目支出决算表||||\n科目编码|科目名称|合计||\n'208|别的|99||\n合计||99||")
    assert list(disclosure.tables["03"].items) == ["合计", "208"]
    assert disclosure.extra_titles == (("项目支出决算表", CellRef("Sheet1", 5, 1)),)


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_copies_the_more_complete_one_counts(order: int) -> None:
    copies = [grid(wuhan_03(), "新"), grid(SMALL_03, "旧")]
    disclosure = read(*copies[::order])
    assert disclosure.tables["03"].sheet == "新"
    assert disclosure.duplicates == (("03", CellRef("旧", 1, 1)),)


def test_copies_of_another_department_do_not_mix_in() -> None:
    other = SMALL_03.replace("||||\n", "\n部门：武汉市青山区民政局\n", 1) + "".join(
        f"'2080{n}|款|1|1|\n" for n in range(100, 199)
    )
    disclosure = read(grid(other, "别的单位"), *wuhan())
    assert disclosure.department == "武汉市江汉区医疗保障局"
    assert disclosure.tables["03"].sheet == "GK03"


def test_a_visible_sheet_is_preferred_to_a_hidden_copy() -> None:
    hidden = replace(grid(wuhan_03(), "底稿"), visible=False)
    disclosure = read(hidden, grid(SMALL_03, "公开"))
    assert (disclosure.tables["03"].sheet, disclosure.tables["03"].hidden) == ("公开", False)
    assert read(hidden).tables["03"].hidden is True


def test_a_continued_table_is_one_table() -> None:
    second = "支出决算表（续表）||||\n部门：某某局||||单位：万元\n科目编码|科目名称|本年支出合计|基本支出|项目支出\n'210|卫生健康支出|9|5|4\n注：本表反映。||||"
    disclosure = read(SMALL_03.strip() + "\n" + second)
    assert wan(disclosure, "03", "210", ["本年支出合计", "基本支出", "项目支出"]) == ["9.00", "5.00", "4.00"]
    assert disclosure.duplicates == ()


def test_a_second_page_under_the_same_title_is_joined() -> None:
    second = (
        "支出决算表||||\n科目编码|科目名称|本年支出合计|基本支出|项目支出\n'210|卫生健康支出|9|5|4\n注：本表反映。||||"
    )
    disclosure = read(SMALL_03.strip() + "\n" + second)
    assert list(disclosure.tables["03"].items) == ["合计", "208", "210"]
    assert [text for text, _ in disclosure.tables["03"].notes] == ["注：本表反映。"]
    assert disclosure.duplicates == ()


def test_a_table_without_a_heading_is_unreadable() -> None:
    table = read("2024年度支出决算表\n序号|品名|数量\n1|纸|3\n2|笔|4").tables["03"]
    assert table.status is TableStatus.UNREADABLE
    assert table.reason == "未找到“科目编码”“科目名称”表头"
    assert table.title_cell == CellRef("Sheet1", 1, 1)


def test_a_budget_is_no_final_account() -> None:
    budget = """
收入支出总表|||
收 入||支 出|
项 目|预算数|项 目|预算数
一、一般公共预算拨款收入|7628.8|一、一般公共服务支出|0
本年收入合计|7651.8|本年支出合计|7651.8
收 入 总 计|7651.8|支 出 总 计|7651.8
"""
    table = read(budget).tables["01"]
    assert (table.status, table.reason) == (TableStatus.UNREADABLE, "未找到“金额”“决算数”等金额栏表头")


def test_a_hidden_row_and_column_are_marked() -> None:
    table = read(replace(grid(SMALL_03), hidden_rows=frozenset({4}), hidden_columns=frozenset({5}))).tables["03"]
    assert [item.hidden for item in table.items.values()] == [False, True]
    assert table.hidden_columns == ("项目支出",)


def test_a_title_broken_in_two_lines() -> None:
    body = "\n科目编码|科目名称|小计|基本支出|项目支出\n合计||10|6|4\n'208|甲|10|6|4"
    disclosure = read("一般公共预算财政拨款\n支出决算表" + body)
    assert disclosure.tables["05"].title_cell == CellRef("Sheet1", 2, 1)
    assert disclosure.tables["03"].status is TableStatus.MISSING
    disclosure = read("某某县教育局\n支出决算表\n科目编码|科目名称|本年支出合计|基本支出\n合计||10|6")
    assert disclosure.tables["03"].status is TableStatus.CHECKED


def test_header_lines_above_each_title_of_a_sheet() -> None:
    third = "公开03表\n部门：甲局|||单位：元" + SMALL_03.rstrip()
    fifth = "公开05表\n部门：甲局|||单位：元\n一般公共预算财政拨款支出决算表\n科目编码|科目名称|小计|基本支出|项目支出\n合计||10|6|4"
    disclosure = read(third + "\n" + fifth)
    for number in ("03", "05"):
        table = disclosure.tables[number]
        assert (table.table_code, table.department, table.amount_unit) == (number, "甲局", disclosure.amount_unit)
    assert disclosure.tables["05"].table_code_cell == CellRef("Sheet1", 7, 1)
    assert disclosure.tables["03"].notes == ()


def test_merged_cells_that_were_filled_in() -> None:
    fifth = """
2024年度一般公共预算财政拨款支出决算表|2024年度一般公共预算财政拨款支出决算表|2024年度一般公共预算财政拨款支出决算表|2024年度一般公共预算财政拨款支出决算表|2024年度一般公共预算财政拨款支出决算表|2024年度一般公共预算财政拨款支出决算表|2024年度一般公共预算财政拨款支出决算表
项目|项目|项目|项目|本年支出|本年支出|本年支出
功能分类科目编码|功能分类科目编码|功能分类科目编码|科目名称|小计|基本支出|项目支出
类|款|项|科目名称|小计|基本支出|项目支出
合计|合计|合计|合计|667|214.84|452.16
'208|'208|'208|社会保障和就业支出|14.72|14.72|
'2080505|'2080505|'2080505|机关事业单位基本养老保险缴费支出|14.72|14.72|
"""
    first = """
收入支出决算总表|收入支出决算总表|收入支出决算总表|收入支出决算总表
收入|收入|支出|支出
项目|金额|项目|金额
项目|金额|项目|金额
一、一般公共预算财政拨款收入|667|八、社会保障和就业支出|14.72
本年收入合计|667|本年支出合计|667
"""
    sixth = """
一般公共预算财政拨款基本支出决算表|一般公共预算财政拨款基本支出决算表
人员经费|人员经费|人员经费|公用经费|公用经费|公用经费
科目编码|科目名称|决算数|科目编码|科目名称|决算数
'301|工资福利支出|195.33|'302|商品和服务支出|19.51
人员经费合计|人员经费合计|195.33|公用经费合计|公用经费合计|19.51
"""
    disclosure = read(fifth, first, sixth)
    assert list(disclosure.tables["05"].items) == ["合计", "208", "2080505"]
    assert wan(disclosure, "05", "2080505", ["小计", "基本支出", "项目支出"]) == ["14.72", "14.72", ""]
    assert list(disclosure.tables["01"].items) == ["一般公共预算财政拨款收入", "本年收入合计", "208", "本年支出合计"]
    assert list(disclosure.tables["06"].items) == ["301", "302", "人员经费合计", "公用经费合计"]
    assert wan(disclosure, "06", "公用经费合计", ["决算数"]) == ["19.51"]
    assert disclosure.duplicates == ()
