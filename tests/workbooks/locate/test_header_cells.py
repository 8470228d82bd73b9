"""Department, unit, year and table number, in all the places and forms they are printed in."""

from __future__ import annotations

import pytest

from gongkai_workbooks.cells import CellRef

from .table_text import grid, read

BODY = "\n科目编码|科目名称|本年支出合计|基本支出|项目支出\n合计||10|6|4\n'208|社会保障和就业支出|10|6|4"


@pytest.mark.parametrize(
    ("head", "department", "cell"),
    [
        ("支出决算表\n部门：武汉市江汉区医疗保障局", "武汉市江汉区医疗保障局", "A2"),
        ("支出决算表\n单位:武汉市青山区医疗保健办公室|||单位：万元", "武汉市青山区医疗保健办公室", "A2"),
        ("支出决算表\n部门：某某市 水务局 2024年度 单位：万元", "某某市水务局", "A2"),
        ("支出决算表\n编制部门|上海市普陀区财政局||金额单位|元", "上海市普陀区财政局", "B2"),
        ("支出决算表\n单位名称：||某某县教育局", "某某县教育局", "C2"),
        ("支出决算表\n部门（单位）名称:  某某县  教育局|||公开03表", "某某县教育局", "A2"),
        ("支出决算表\n填报单位：中共某某区委宣传部(公章)", "中共某某区委宣传部", "A2"),
        ("支出决算表\n编制单位：元谋县财政局", "元谋县财政局", "A2"),
        ("支出决算表\n部门/单位：武汉市医疗保障局", "武汉市医疗保障局", "A2"),
        ("公开03表\n部门：某某局\n支出决算表", "某某局", "A2"),
    ],
)
def test_department(head: str, department: str, cell: str) -> None:
    disclosure = read(head + BODY)
    found = disclosure.tables["03"].department_cell
    assert (disclosure.department, disclosure.tables["03"].department) == (department, department)
    assert found is not None
    assert found.a1 == cell


@pytest.mark.parametrize(
    ("head", "unit", "cell"),
    [
        ("支出决算表\n单位：万元", "万元", "A2"),
        ("支出决算表\n（单位：万元）", "万元", "A2"),
        ("支出决算表\n金额单位：元", "元", "A2"),
        ("支出决算表\n单位:人民币元", "元", "A2"),
        ("支出决算表\n单位：千元", "千元", "A2"),
        ("支出决算表\n部门：某某局  金额单位：人民币万元", "万元", "A2"),
        ("支出决算表\n编制单位：某某局|金额单位|元", "元", "C2"),
        ("支出决算表\n||万元", "万元", "C2"),
        ("公开03表|单位：元\n支出决算表", "元", "B1"),
        ("支出决算表（单位：元）", "元", "A1"),
        ("支出决算表\n单位：元（列至角分）", "元", "A2"),
    ],
)
def test_amount_unit(head: str, unit: str, cell: str) -> None:
    disclosure = read(head + BODY)
    table = disclosure.tables["03"]
    assert (disclosure.amount_unit.name, disclosure.unit_stated) == (unit, True)
    assert table.unit_cell is not None
    assert (table.amount_unit, table.unit_cell.a1) == (disclosure.amount_unit, cell)


@pytest.mark.parametrize("head", ["支出决算表", "支出决算表\n部门：元谋县财政局", "支出决算表\n单位："])
def test_without_a_unit_ten_thousand_yuan_is_a_guess(head: str) -> None:
    disclosure = read(head + BODY)
    assert (disclosure.amount_unit.name, disclosure.unit_stated) == ("万元", False)
    assert disclosure.tables["03"].amount_unit is None


def test_a_unit_of_its_own_counts_for_its_table() -> None:
    other = "收入决算表\n单位：万元\n科目编码|科目名称|本年收入合计|财政拨款收入\n合计||10|6"
    third = "一般公共预算财政拨款支出决算表\n科目编码|科目名称|小计|基本支出|项目支出\n合计||10|6|4"
    disclosure = read("支出决算表\n单位：元" + BODY, other, third.replace("表\n", "表\n单位：万元\n", 1))
    assert disclosure.amount_unit.name == "万元"
    in_yuan, in_wan = disclosure.amount("03", "合计", "本年支出合计"), disclosure.amount("02", "合计", "本年收入合计")
    assert in_yuan is not None
    assert in_wan is not None
    assert (in_yuan.fen, in_yuan.half_width) == (1000, 0)
    assert (in_wan.fen, in_wan.half_width) == (10_000_000, 5000)


@pytest.mark.parametrize(
    ("head", "year", "cell"),
    [
        ("2024年度支出决算表", 2024, "A1"),
        ("2023 年支出决算表", 2023, "A1"),
        ("二〇二四年度支出决算表", 2024, "A1"),
        ("支出决算表\n部门：某某局|2022年度|单位：万元", 2022, "B2"),
        ("支出决算表\n年度：2021", 2021, "A2"),
        ("2025年度\n支出决算表", 2025, "A1"),
    ],
)
def test_year(head: str, year: int, cell: str) -> None:
    disclosure = read(head + BODY)
    found = disclosure.tables["03"].year_cell
    assert (disclosure.year, disclosure.tables["03"].year) == (year, year)
    assert found is not None
    assert found.a1 == cell


@pytest.mark.parametrize(
    ("head", "code", "cell"),
    [
        ("支出决算表\n|||公开03表", "03", "D2"),
        ("支出决算表\n公开 03 表", "03", "A2"),
        ("支出决算表\n财决公开05表 单位：万元", "05", "A2"),
        ("公开3表\n支出决算表", "03", "A1"),
        ("支出决算表（公开03表）", "03", "A1"),
    ],
)
def test_table_number_as_printed(head: str, code: str, cell: str) -> None:
    table = read(head + BODY).tables["03"]
    assert table.table_code_cell is not None
    assert (table.table_code, table.table_code_cell.a1) == (code, cell)


def test_the_majority_names_department_and_year() -> None:
    def one(title: str, department: str) -> str:
        return f"{title}\n部门：{department}" + BODY

    disclosure = read(
        one("2024年度支出决算表", "甲区教育局"),
        one("2024年度一般公共预算财政拨款支出决算表", "甲区教育局"),
        one("2023年度国有资本经营预算财政拨款支出决算表", "乙区教育局"),
    )
    assert (disclosure.department, disclosure.year) == ("甲区教育局", 2024)
    assert disclosure.tables["08"].department == "乙区教育局"
    assert disclosure.tables["08"].year == 2023


def test_department_and_year_from_the_title_or_the_cover() -> None:
    assert read("某某县农业农村局2023年度支出决算表" + BODY).department == "某某县农业农村局"
    cover = grid("上海市普陀区财政局\n上海市普陀区财政局2024年度部门决算\n（单位：元）", "封面")
    disclosure = read(cover, "支出决算表" + BODY)
    assert (disclosure.department, disclosure.year, disclosure.amount_unit.name) == ("上海市普陀区财政局", 2024, "元")


@pytest.mark.parametrize(
    ("heading", "department", "year"),
    [
        ("上海市规划和自然资源局 2024 年度部门决算表", "上海市规划和自然资源局", 2024),
        ("第二部分 上海市普陀区XX局 2024 年度部门决算表", "上海市普陀区XX局", 2024),
        ("某某县教育局2023年度部门决算公开报表", "某某县教育局", 2023),
        ("2025年度某某县水务局部门决算表", "某某县水务局", 2025),
        ("2024年度部门决算表", "", 2024),
    ],
)
@pytest.mark.parametrize("between", ["", "\n", "\n\n\n\n"])
def test_a_heading_over_the_first_title(heading: str, department: str, year: int, between: str) -> None:
    disclosure = read(f"{heading}\n{between}支出决算表{BODY}", "收入决算表\n科目编码|科目名称|本年收入合计\n合计||10")
    assert (disclosure.department, disclosure.year) == (department, year)
    table = disclosure.tables["03"]
    assert (table.department, table.year, table.status.value) == (department, year, "checked")
    assert table.department_cell == (CellRef("Sheet1", 1, 1) if department else None)
    assert table.year_cell == CellRef("Sheet1", 1, 1)
    assert (table.notes, disclosure.extra_titles) == ((), ())
    assert disclosure.tables["02"].department == ""


def test_what_the_table_says_itself_goes_before_the_heading() -> None:
    table = read("甲局2024年度部门决算表\n2023年度支出决算表\n部门：乙局" + BODY).tables["03"]
    assert (table.department, table.year) == ("乙局", 2023)


def test_a_heading_that_names_no_department_is_kept_as_a_note() -> None:
    table = read("××部门2024年度部门决算表\n支出决算表" + BODY + "\n注：本表反映支出。").tables["03"]
    assert (table.department, table.year) == ("", 2024)
    assert table.notes == (
        ("××部门2024年度部门决算表", CellRef("Sheet1", 1, 1)),
        ("注：本表反映支出。", CellRef("Sheet1", 6, 1)),
    )


def test_rows_far_above_a_later_title_are_not_its_header() -> None:
    text = "支出决算表" + BODY + "\n某局2024年度部门决算表\n\n\n\n收入决算表\n科目编码|科目名称|本年收入合计\n合计||10"
    assert read(text).tables["02"].department == ""


def test_a_title_after_the_name_of_its_own_department_binds() -> None:
    table = read("某某杂志支出决算表\n部门：某某杂志编辑" + BODY).tables["03"]
    assert table.title_cell == CellRef("Sheet1", 1, 1)
    assert table.status.value == "checked"
    assert read("社会保险基金支出决算表\n部门：某某杂志" + BODY).tables["03"].status.value == "missing"


def test_notes_are_no_header() -> None:
    table = read("支出决算表\n注：本表以2020年为基数。" + BODY + "\n说明：单位：元的口径见2019年。").tables["03"]
    assert (table.year, table.amount_unit) == (None, None)
    assert [text for text, _ in table.notes] == ["注：本表以2020年为基数。", "说明：单位：元的口径见2019年。"]
