"""The sample workbooks: what is committed is what is drawn from the published figures."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from gongkai_workbooks.amounts import WAN_YUAN, read_figure
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.samples import Sample, draw_samples, load_samples

FOLDER = data_folder("samples")
SAMPLES = {sample.workbook: sample for sample in load_samples()}
CORRECT = ("江汉区医疗保障局2024.xlsx", "青山区医疗保健办公室2024.xlsx")
WITH_ERRORS = "示例-有错误.xlsx"


def values(path: Path) -> dict[tuple[str, str], object]:
    return {
        (worksheet.title, cell.coordinate): cell.value
        for worksheet in load_workbook(path)
        for row in worksheet
        for cell in row
        if cell.value is not None
    }


def merges(path: Path) -> dict[str, set[str]]:
    return {worksheet.title: {str(area) for area in worksheet.merged_cells.ranges} for worksheet in load_workbook(path)}


def printed(sample: Sample, table: str, item: str, column: str) -> object:
    """The value of an amount in the committed file."""
    sheet = next(sheet for sheet in sample.sheets() if sheet.table == table)
    row, number = sheet.places[item, column]
    cells = CalamineWorkbook.from_path(FOLDER / sample.workbook).get_sheet_by_name(sheet.tab).to_python()
    return cells[row - 1][number - 1]


def test_the_folder_holds_the_three_samples() -> None:
    assert set(SAMPLES) == {*CORRECT, WITH_ERRORS}
    kept = {path.name for path in FOLDER.glob("*.xlsx") if ".校验" not in path.name and ".备份-" not in path.name}
    assert kept == set(SAMPLES)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_committed_workbook_is_what_the_figures_give(name: str, tmp_path: Path) -> None:
    (drawn,) = draw_samples(tmp_path, (SAMPLES[name],))
    assert values(drawn) == values(FOLDER / name)
    assert merges(drawn) == merges(FOLDER / name)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_drawing_twice_gives_identical_files(name: str, tmp_path: Path) -> None:
    first = draw_samples(tmp_path, (SAMPLES[name],))[0].read_bytes()
    assert draw_samples(tmp_path, (SAMPLES[name],))[0].read_bytes() == first


@pytest.mark.parametrize(
    ("name", "table", "item", "column", "amount"),
    [
        # As published by 江汉区医疗保障局 for 2024, in 万元.
        (CORRECT[0], "01", "收入总计", "决算数", 667.00),
        (CORRECT[0], "02", "2101502", "财政拨款收入", 412.52),
        (CORRECT[0], "03", "合计", "项目支出", 452.16),
        (CORRECT[0], "04", "210", "一般公共预算财政拨款", 624.54),
        (CORRECT[0], "04", "210", "政府性基金预算财政拨款", ""),
        (CORRECT[0], "05", "21015", "基本支出", 157.77),
        (CORRECT[0], "06", "公用经费合计", "决算数", 19.51),
        (CORRECT[0], "07", "合计", "本年收入", ""),
        # As published by 青山区医疗保健办公室 for 2024.
        (CORRECT[1], "01", "支出总计", "决算数", 728.03),
        (CORRECT[1], "02", "210", "本年收入合计", 716.87),
        (CORRECT[1], "02", "210", "财政拨款收入", 716.88),
        (CORRECT[1], "06", "303", "决算数", 4.76),
        (CORRECT[1], "06", "30240", "决算数", ""),
        (CORRECT[1], "09", "合计", "决算数", ""),
    ],
)
def test_amounts_are_those_published(name: str, table: str, item: str, column: str, amount: object) -> None:
    assert printed(SAMPLES[name], table, item, column) == amount


@pytest.mark.parametrize("name", CORRECT)
def test_every_amount_of_the_figures_is_in_the_file(name: str) -> None:
    sample = SAMPLES[name]
    workbook = CalamineWorkbook.from_path(FOLDER / name)
    read = {}
    for sheet in sample.sheets():
        rows = workbook.get_sheet_by_name(sheet.tab).to_python()
        for key, (row, column) in sheet.places.items():
            figure = read_figure(rows[row - 1][column - 1], WAN_YUAN)
            if figure is not None and not isinstance(figure, str):
                read[sheet.table, *key] = figure.fen
    expected = {
        (number, *key): fen for number, table in sample.figures.tables.items() for key, fen in table.amounts.items()
    }
    assert read == expected
    assert len(read) > 100


def test_the_sample_with_errors_differs_from_the_correct_one_only_where_it_says() -> None:
    right, wrong = values(FOLDER / CORRECT[0]), values(FOLDER / WITH_ERRORS)
    changed = {
        key: (right.get(key), wrong.get(key)) for key in right.keys() | wrong.keys() if right.get(key) != wrong.get(key)
    }
    errors = SAMPLES[WITH_ERRORS].errors
    assert changed == {(error.cell.sheet, error.cell.a1): (error.was or None, error.now or None) for error in errors}
    assert changed["GK03 支出决算表", "E7"] == (667, 676)
    assert len(changed) == 8


def test_the_readme_lists_the_samples_and_every_error() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in SAMPLES)
    listed = {
        (sheet, cell)
        for sheet, cells in re.findall(r"^\| (GK\d\d)!([A-Z0-9、]+) \|", text, flags=re.MULTILINE)
        for cell in cells.split("、")
    }
    assert listed == {(error.cell.sheet[:4], error.cell.a1) for error in SAMPLES[WITH_ERRORS].errors}


def test_an_error_that_no_longer_fits_its_cell_is_refused() -> None:
    sample = SAMPLES[WITH_ERRORS]
    error = replace(sample.errors[0], was=17.02)
    with pytest.raises(ValueError, match="GK02 收入决算表!F23"):
        replace(sample, errors=(error,)).sheets()
    with pytest.raises(ValueError, match="no cell"):
        replace(sample, errors=(replace(error, cell=error.cell._replace(row=999)),)).sheets()
