"""Forms: the blank nine sheets, and figures drawn into them and read again."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from gongkai_workbooks.amounts import WAN_YUAN, YUAN
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.errors import LockedError, WorkbookError
from gongkai_workbooks.figures import Figures, TableFigures
from gongkai_workbooks.form_cells import LaidSheet, lay_out, published_value
from gongkai_workbooks.form_workbook import draw, new_workbook, workbook_bytes
from gongkai_workbooks.forms import CodeCells, Form, form_names, load_form, read_form
from gongkai_workbooks.grid import Span

NATIONAL_TITLES = {
    "01": "2025年度收入支出决算总表",
    "02": "2025年度收入决算表",
    "03": "2025年度支出决算表",
    "04": "2025年度财政拨款收入支出决算总表",
    "05": "2025年度一般公共预算财政拨款支出决算表",
    "06": "2025年度一般公共预算财政拨款基本支出决算明细表",
    "07": "2025年度政府性基金预算财政拨款收入支出决算表",
    "08": "2025年度国有资本经营预算财政拨款支出决算表",
    "09": "2025年度财政拨款“三公”经费支出决算表",
}
SHANGHAI_TITLES = [
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款收入支出决算表",
]
PENSIONS = TableFigures(
    amounts={
        ("合计", "小计"): 9_876_500,
        ("208", "小计"): 9_876_500,
        ("20805", "小计"): 9_876_500,
        ("2080505", "小计"): 9_876_500,
        ("2080505", "基本支出"): 4_999,
        ("2080505", "项目支出"): 0,
    },
    names={
        "208": "社会保障和就业支出",
        "20805": "行政事业单位养老支出",
        "2080505": "机关事业单位基本养老保险缴费支出",
    },
)


def laid(form: Form, figures: Figures | None, table: str) -> LaidSheet:
    sheets = lay_out(form, figures, year=2025, department="某某局", amount_unit=WAN_YUAN)
    return next(sheet for sheet in sheets if sheet.table == table)


def only_05(table: TableFigures) -> Figures:
    return Figures(tables={"05": table})


def test_national_blank_form_has_the_nine_titles_numbers_and_units(tmp_path: Path) -> None:
    path = tmp_path / "2025.xlsx"
    new_workbook(path, 2025, "武汉市某某局")
    workbook = CalamineWorkbook.from_path(path)
    assert len(workbook.sheet_names) == 9
    for (number, title), tab in zip(NATIONAL_TITLES.items(), workbook.sheet_names, strict=True):
        rows = workbook.get_sheet_by_name(tab).to_python()
        assert tab.startswith(f"GK{number} ")
        assert rows[0][0] == title
        assert rows[1][-1] == f"公开{number}表"
        assert (rows[2][0], rows[2][-1]) == ("部门：武汉市某某局", "单位：万元")


def test_shanghai_blank_form_has_its_own_order_and_no_numbers(tmp_path: Path) -> None:
    path = tmp_path / "2025.xlsx"
    new_workbook(path, 2025, "上海市某某局", form="shanghai", amount_unit="元")
    workbook = CalamineWorkbook.from_path(path)
    sheets = [workbook.get_sheet_by_name(tab).to_python() for tab in workbook.sheet_names]
    assert [rows[0][0] for rows in sheets] == SHANGHAI_TITLES
    for rows in sheets:
        assert [cell for cell in rows[1] if cell != ""] == ["编制部门：上海市某某局", "2025年度", "单位：元"]
        texts = [str(cell) for row in rows for cell in row]
        assert not [text for text in texts if text in ("行次", "栏次") or text.startswith("公开")]


@pytest.mark.parametrize(("name", "count", "last"), [("national", 26, "二十六"), ("shanghai", 24, "二十四")])
def test_function_lines_of_01_and_04(name: str, count: int, last: str) -> None:
    for table in ("01", "04"):
        cells = laid(load_form(name), None, table).cells
        lines = [
            str(cell.value) for cell in cells if cell.role == "label" and str(cell.value).endswith(("支出", "的支出"))
        ]
        assert len(lines) == count
        assert lines[0] == "一、一般公共服务支出"
        assert lines[-1] == f"{last}、抗疫特别国债安排的支出"


@pytest.mark.parametrize("name", form_names())
def test_blank_form_has_no_figures_no_formulas_and_blank_lines_to_fill(name: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    new_workbook(path, 2025, "某某局", form=name)
    workbook = load_workbook(path)
    for worksheet, sheet in zip(
        workbook, lay_out(load_form(name), None, year=2025, department="", amount_unit=WAN_YUAN), strict=True
    ):
        assert all(worksheet.cell(*place).value is None for place in sheet.places.values())
        assert not [cell for row in worksheet for cell in row if cell.data_type == "f"]
        blank = [cell for cell in sheet.cells if cell.role == "name" and cell.value == ""]
        assert len(blank) >= 12 or sheet.table in ("01", "04", "06", "09")


def test_line_numbers_of_national_01_run_from_1_to_60() -> None:
    numbers = [cell.value for cell in laid(load_form("national"), None, "01").cells if cell.role == "line"]
    assert sorted(numbers, key=str) == sorted(map(float, range(1, 61)), key=str)


def test_merged_headings_of_national_04() -> None:
    sheet = laid(load_form("national"), None, "04")
    assert {Span(4, 1, 4, 3), Span(4, 4, 4, 9), Span(5, 1, 6, 1), Span(5, 5, 6, 5), Span(5, 6, 5, 9)} <= set(
        sheet.merges
    )
    assert sheet.grid().rows[5][5:] == [
        "小计",
        "一般公共预算财政拨款",
        "政府性基金预算财政拨款",
        "国有资本经营预算财政拨款",
    ]
    assert sheet.heading_rows == (4, 7)


def test_the_total_row_of_shanghai_07_shares_its_cells_with_sub_headings() -> None:
    sheet = laid(load_form("shanghai"), None, "07")
    row = next(row for row in sheet.grid().rows if row[0] == "合计")
    assert row == ["合计", "", "", "", "合计", "基本支出", "项目支出", ""]
    assert ("合计", "本年收入") in sheet.places
    assert ("合计", "小计") not in sheet.places


@pytest.mark.parametrize(
    ("code_cells", "printed"),
    [
        ("one", [["208"], ["20805"], ["2080505"]]),
        ("merged", [["208", "", ""], ["20805", "", ""], ["2080505", "", ""]]),
        ("three", [["208", "", ""], ["208", "05", ""], ["208", "05", "05"]]),
    ],
)
def test_codes_stand_in_one_cell_or_in_three(code_cells: CodeCells, printed: list[list[str]]) -> None:
    sheet = laid(load_form("shanghai").vary(code_cells=code_cells), only_05(PENSIONS), "05")
    rows = sheet.grid().rows
    width = len(printed[0])
    first = next(number for number, row in enumerate(rows) if row[0] == "208")
    assert [row[:width] for row in rows[first : first + 3]] == printed
    assert [row[width] for row in rows[first : first + 3]] == list(PENSIONS.names.values())


@pytest.mark.parametrize("name", form_names())
@pytest.mark.parametrize("place", ["first", "last"])
def test_the_total_row_stands_first_or_last(name: str, place: str) -> None:
    form = load_form(name).vary(total_place="first" if place == "first" else "last")
    sheet = laid(form, only_05(PENSIONS), "05")
    total, line = sheet.places["合计", "小计"][0], sheet.places["2080505", "小计"][0]
    assert total - line == (-3 if place == "first" else 1)
    assert "合计" in sheet.grid().rows[total - 1]


@pytest.mark.parametrize(
    ("fen", "wan_yuan", "yuan"),
    [
        (14_720_000, 14.72, 147_200.00),
        (5_000, 0.01, 50.0),
        (4_999, 0.0, 49.99),
        (14_725_000, 14.73, 147_250.0),
        (-5_000, -0.01, -50.0),
        (0, 0.0, 0.0),
    ],
)
def test_each_amount_is_rounded_half_up_by_itself(fen: int, wan_yuan: float, yuan: float) -> None:
    assert published_value(fen, WAN_YUAN) == wan_yuan
    assert published_value(fen, YUAN) == yuan


def test_an_absent_amount_is_blank_and_a_small_or_zero_one_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "05.xlsx"
    form = load_form("national")
    draw(form, only_05(PENSIONS), year=2024, department="某某局", amount_unit=WAN_YUAN, path=path)
    sheet = laid(form, only_05(PENSIONS), "05")
    worksheet = load_workbook(path)[sheet.tab]
    found = {key: worksheet.cell(*place).value for key, place in sheet.places.items()}
    assert found["2080505", "小计"] == 9.88
    assert found["2080505", "基本支出"] == 0
    assert found["2080505", "项目支出"] == 0
    assert found["20805", "基本支出"] is None
    assert worksheet.cell(*sheet.places["2080505", "小计"]).number_format == "#,##0.00"
    code = worksheet.cell(sheet.places["2080505", "小计"][0], 1)
    assert (code.value, code.data_type, code.number_format) == ("2080505", "s", "@")


def test_the_workbook_prints_on_a4_with_the_heading_in_view(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    new_workbook(path, 2025, "某某局")
    for worksheet in load_workbook(path):
        assert worksheet.page_setup.paperSize == 9
        assert worksheet.page_setup.fitToWidth == 1
        assert worksheet.sheet_properties.pageSetUpPr is not None
        assert worksheet.sheet_properties.pageSetUpPr.fitToPage
        assert worksheet["A1"].font.name == "宋体"
        heading_end = int(str(worksheet.freeze_panes)[1:]) - 1
        assert worksheet.print_title_rows == f"$4:${heading_end}"
        assert heading_end in (5, 6, 7)


def test_rows_are_high_enough_for_long_texts(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    names = {"212": "国有土地使用权出让收入对应专项债务收入安排的支出", "213": "农林水支出"}
    table = TableFigures(amounts={("212", "小计"): 1, ("213", "小计"): 1}, names=names)
    draw(load_form("national"), only_05(table), year=2024, department="某局", amount_unit=WAN_YUAN, path=path)
    workbook = load_workbook(path)
    rows = workbook["GK05 一般公共预算财政拨款支出决算表"].row_dimensions
    # Two lines of ten points; a row of one line has no height of its own and grows with what is typed.
    assert (rows[8].height or 0) >= 28
    assert rows[9].height is None
    heading = workbook["GK04 财政拨款收入支出决算总表"].row_dimensions[6]
    assert (heading.height or 0) >= 28


def test_a_table_without_figures_says_so_and_a_blank_form_does_not() -> None:
    form = load_form("national")
    sentence = "本部门2025年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    assert sentence in [cell.value for cell in laid(form, Figures(tables={}), "07").cells if cell.role == "note"]
    assert sentence not in [cell.value for cell in laid(form, None, "07").cells]
    other = Figures(tables={"07": TableFigures(amounts={}, notes=("说明：{无}。",))})
    notes = [cell.value for cell in laid(form, other, "07").cells if cell.role == "note"]
    assert notes[1:] == ["说明：{无}。"]


@pytest.mark.parametrize(
    ("table", "amounts"),
    [
        ("05", {("2080599", "小计"): 1}),
        ("05", {("合计", "决算数"): 1}),
        ("06", {("30703", "决算数"): 1}),
        ("01", {("999", "决算数"): 1}),
        ("04", {("一般公共预算财政拨款", "小计"): 1}),
        ("09", {("会议费", "决算数"): 1}),
    ],
)
def test_a_figure_without_a_cell_is_refused(table: str, amounts: dict[tuple[str, str], int]) -> None:
    figures = Figures(tables={table: TableFigures(amounts=amounts)})
    with pytest.raises(ValueError, match="has no cell for"):
        laid(load_form("national"), figures, table)


@pytest.mark.parametrize("name", form_names())
def test_takes_agrees_with_the_cells_that_are_laid_out(name: str) -> None:
    form = load_form(name)
    for sheet in lay_out(form, None, year=2025, department="", amount_unit=WAN_YUAN):
        known = form.sheet(sheet.table)
        assert all(known.takes(*key) for key in sheet.places)
        assert not known.takes("合计", "没有的栏")
    assert form.sheet("08").takes("合计", "小计") == (name == "national")


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    table = TableFigures(amounts={("201", "小计"): 1}, names={"201": "=1+1"})
    draw(load_form("national"), only_05(table), year=2024, department="某某局", amount_unit=WAN_YUAN, path=path)
    cell = load_workbook(path)["GK05 一般公共预算财政拨款支出决算表"]["D8"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_repeated_code_is_printed_without_its_number() -> None:
    table = TableFigures(
        amounts={("2080505", "小计"): 1, ("2080505#2", "小计"): 2}, names={"2080505": "养老", "2080505#2": "养老"}
    )
    sheet = laid(load_form("shanghai"), only_05(table), "05")
    assert [cell.value for cell in sheet.cells if cell.role == "code"] == ["2080505", "2080505"]


def test_the_same_form_gives_the_same_bytes() -> None:
    def once() -> bytes:
        return workbook_bytes(
            lay_out(load_form("national"), None, year=2025, department="某某局", amount_unit=WAN_YUAN), year=2025
        )

    assert once() == once()


def test_the_parts_of_the_file_have_plain_names_and_no_clock(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    new_workbook(path, 2025, "某某局")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert all(name.isascii() for name in names)
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"path": "2025.xls"}, "扩展名"),
        ({"path": "已有.xlsx"}, "已经存在"),
        ({"path": "没有的文件夹/2025.xlsx"}, "文件夹"),
        ({"year": 25}, "四位数"),
        ({"form": "../national"}, "式样"),
        ({"amount_unit": "美元"}, "金额单位"),
        ({"department": "某\n局"}, "部门名称"),
        ({"department": "局" * 200}, "部门名称"),
    ],
)
def test_a_new_workbook_is_refused_with_one_chinese_sentence(
    changes: dict[str, object], message: str, tmp_path: Path
) -> None:
    (tmp_path / "已有.xlsx").write_bytes(b"")
    given: dict[str, object] = {
        "path": "2025.xlsx",
        "year": 2025,
        "department": "某某局",
        "form": "national",
        "amount_unit": "万元",
        **changes,
    }
    with pytest.raises(WorkbookError, match=message):
        new_workbook(
            tmp_path / str(given["path"]),
            int(str(given["year"])),
            str(given["department"]),
            form=str(given["form"]),
            amount_unit=str(given["amount_unit"]),
        )
    assert (tmp_path / "已有.xlsx").read_bytes() == b""
    assert not (tmp_path / "2025.xlsx").exists()


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    path = tmp_path / "2025.xlsx"
    path.mkdir()
    with pytest.raises(LockedError, match="无法写入"):
        draw(load_form("national"), None, year=2025, department="某某局", amount_unit=WAN_YUAN, path=path)


def test_a_form_with_a_table_missing_or_a_heading_too_short_is_refused(tmp_path: Path) -> None:
    text = (data_folder("templates") / "shanghai.toml").read_text(encoding="utf-8")
    path = tmp_path / "bad.toml"
    path.write_text(text.replace('table = "09"', 'table = "08"'), encoding="utf-8")
    with pytest.raises(ValueError, match="nine tables"):
        read_form(path)
    path.write_text(text.replace('["收入", "<", "支出", "<"],', '["收入", "<", "支出"],'), encoding="utf-8")
    with pytest.raises(ValueError, match="does not fit"):
        read_form(path)


def test_an_unknown_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="national"):
        load_form("mars")


def test_a_form_may_call_the_department_otherwise() -> None:
    form = load_form("national")
    cells = laid(form.vary(department_label="单位"), None, "03").cells
    assert "单位：某某局" in [cell.value for cell in cells]
    assert form == replace(form.vary(department_label="单位"), department_label="部门")
