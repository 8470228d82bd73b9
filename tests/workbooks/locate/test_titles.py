"""Every known title binds to its table, in all its wordings, and to no other."""

from __future__ import annotations

import pytest

from gongkai_workbooks.grid import Grid
from gongkai_workbooks.layouts import EXTRA, load_layout
from gongkai_workbooks.locate.titles import find_titles, read_title

from .table_text import rows

WORDINGS = [
    "{}",
    "2024年度{}",
    "2024 年度 {}",
    "二〇二四年度{}",
    "表1 {}",
    "公开03表 {}",
    "（公开03表）{}",
    "附表2：2024年度部门{}",
    "附件1-3 {}",
    "（一）{}",
    "十一、{}",
    "3.{}",
    "03 {}",
    "GK03 {}",
    "第一部分 {}",
    "武汉市江汉区医疗保障局2024年度{}",
    "上海市普陀区人民政府宜川路街道{}",
    "某某县第二中学{}",
    "2024年度某某街道办事处（本级）{}",
    "{}（公开05表）",
    "{}（2024年度）",
    "{}(续表)",
    "{} 单位：万元",
    "{}公开09表",
]


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_title_binds_to_its_table_in_every_wording(wording: str) -> None:
    layout = load_layout()
    for title, number in layout.titles.items():
        found = read_title(wording.format(title), layout)
        assert found is not None, title
        assert (title, found.number, found.doubt) == (title, number, "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("收入支出决算总表", "01"),
        ("收支决算总表", "01"),
        ("收 入 支 出 决 算 表", "01"),
        ("部门收入决算表", "02"),
        ("收入决算表（分科目）", "02"),
        ("支出决算总表", "03"),
        ("财政拨款收入支出决算总表", "04"),
        ("财政拨款收支决算总表", "04"),
        ("一般公共预算财政拨款支出决算表", "05"),
        ("一般公共预算财政拨款收入支出决算表", "05"),
        ("一般公共预算财政拨款基本支出决算表", "06"),
        ("政府性基金决算表", "07"),
        ("国有资本经营预算财政拨款收入支出决算表", "08"),
        ("国有资本经营预算财政拨款支出决算表", "08"),
        ("财政拨款三公经费支出决算表", "09"),
        ("财政拨款＂三公＂经费支出决算表", "09"),
        ("财政拨款「三公」经费支出决算表", "09"),
        ("一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表", "09"),
    ],
)
def test_known_titles(text: str, number: str) -> None:
    found = read_title(text, load_layout())
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    "text",
    [
        "经营支出决算表",
        "项目支出决算表",
        "一般公共预算财政拨款项目支出决算表",
        "财政拨款支出决算表",
        "财政拨款支出决算明细表",
        "收入决算表（分单位）",
        "支出决算表(分单位)",
        "机关运行经费支出决算表",
        "政府采购支出情况表",
        "收支总表",
        "一般公共预算支出表",
        "2024年部门支出预算表",
        "国有资产占有使用情况表",
        "项目支出绩效自评表",
        "支出决算表（按经费性质）",
    ],
)
def test_further_tables_are_none_of_the_nine(text: str) -> None:
    assert read_title(text, load_layout()) == (EXTRA, "", "", False, 0)


@pytest.mark.parametrize(
    "text",
    ["社会保险基金支出决算表", "政府采购支出决算表", "专项资金收入决算表", "下属单位收入决算表", "预算收入决算表"],
)
def test_unknown_words_before_a_title_make_it_doubtful_or_another(text: str) -> None:
    found = read_title(text, load_layout())
    assert found is not None
    assert found.number == EXTRA or found.doubt


@pytest.mark.parametrize(
    "text",
    [
        "公开03表",
        "财决公开03表",
        "附表1",
        "续表",
        "注：本表反映部门本年度各项支出情况。",
        "说明：详见支出决算表。",
        "收入支出决算总表.....3",
        "本年收入合计",
        "本表",
        "详见一般公共预算财政拨款支出决算明细附表",
        "长" * 200 + "支出决算表",
    ],
)
def test_other_texts_are_no_titles(text: str) -> None:
    assert read_title(text, load_layout()) is None


def test_the_department_in_a_title_is_kept() -> None:
    found = read_title("某某县农业农村局2023年度支出决算表", load_layout())
    assert found is not None
    assert (found.number, found.department) == ("03", "某某县农业农村局")


def test_a_continued_title_says_so() -> None:
    found = read_title("支出决算表（续）", load_layout())
    assert found is not None
    assert (found.number, found.continued) == ("03", True)


def test_titles_on_a_sheet_with_their_cells() -> None:
    grid = Grid("S", rows("||\n|附件1|收入决算表\n科目编码|统计表|1\n\n支出决算表|公开03表|"))
    found = find_titles(grid.rows, load_layout())
    assert [(title.row, title.column, title.title.number) for title in found] == [(1, 2, "02"), (4, 0, "03")]
