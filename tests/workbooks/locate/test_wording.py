"""Blanks, widths, text numbers, code types and places on the sheet change nothing that is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.grid import CellValue, Grid

from .published import shanghai, wuhan
from .table_text import read

FORMS = [pytest.param(wuhan, 154, id="wuhan"), pytest.param(shanghai, 168, id="shanghai")]
_WIDE = str.maketrans("0123456789()“”:.,", "０１２３４５６７８９（）＂＂：．，")


def spaced(value: CellValue) -> CellValue:
    return "\u3000".join(value) if isinstance(value, str) and not value.isdecimal() else value


def broken_lines(value: CellValue) -> CellValue:
    return " " + "\n".join(value) + "\u00a0" if isinstance(value, str) and value and not value.isdecimal() else value


def invisible(value: CellValue) -> CellValue:
    return "\ufeff" + "\u200b".join(value) if isinstance(value, str) and value else value


def full_width(value: CellValue) -> CellValue:
    return value.translate(_WIDE) if isinstance(value, str) else value


def text_numbers(value: CellValue) -> CellValue:
    return f"{value:,.2f}" if isinstance(value, float) and value != int(value) else value


def wide_text_numbers(value: CellValue) -> CellValue:
    return f"{value:,.2f}".translate(_WIDE) if isinstance(value, float) and value != int(value) else value


def whole_numbers(value: CellValue) -> CellValue:
    return int(value) if isinstance(value, float) and value == int(value) else value


def number_codes(value: CellValue) -> CellValue:
    return float(value) if isinstance(value, str) and value.isdecimal() else value


def printed_facts(disclosure: Disclosure) -> dict[tuple[str, str, str], int]:
    return {
        (number, item, column): amount.fen
        for number, table in disclosure.tables.items()
        for (item, column), amount in table.amounts.items()
    }


@pytest.mark.parametrize(("form", "count"), FORMS)
@pytest.mark.parametrize(
    "change",
    [
        spaced,
        broken_lines,
        invisible,
        full_width,
        text_numbers,
        wide_text_numbers,
        whole_numbers,
        number_codes,
    ],
)
def test_wording_changes_no_amount(
    form: Callable[[], list[Grid]], count: int, change: Callable[[CellValue], CellValue]
) -> None:
    grids = form()
    plain = read(*grids)
    changed = read(*(replace(grid, rows=[[change(value) for value in row] for row in grid.rows]) for grid in grids))
    assert len(printed_facts(plain)) == count
    assert printed_facts(changed) == printed_facts(plain)
    assert (changed.department, changed.year) == (plain.department, plain.year)
    assert not any(table.faults or table.unknown_lines or table.unknown_columns for table in changed.tables.values())


@pytest.mark.parametrize(("form", "count"), FORMS)
def test_place_on_the_sheet_moves_the_addresses_only(form: Callable[[], list[Grid]], count: int) -> None:
    grids = form()
    plain = read(*grids)
    for moved in (
        [replace(grid, rows=[[], [""], [], *(["", "", *row] for row in grid.rows)]) for grid in grids],
        [replace(grid, top=4, left=3) for grid in grids],
    ):
        changed = read(*moved)
        assert printed_facts(changed) == printed_facts(plain)
        for number, table in plain.tables.items():
            for place, amount in table.amounts.items():
                there = changed.tables[number].amounts[place].cell
                assert amount.cell is not None
                assert there == (amount.cell.sheet, amount.cell.row + 3, amount.cell.column + 2)


@pytest.mark.parametrize(("form", "count"), FORMS)
def test_rows_without_trailing_blanks(form: Callable[[], list[Grid]], count: int) -> None:
    def trimmed(row: list[CellValue]) -> list[CellValue]:
        while row and row[-1] == "":
            row = row[:-1]
        return row

    grids = form()
    ragged = read(*(replace(grid, rows=[trimmed(row) for row in grid.rows]) for grid in grids))
    assert printed_facts(ragged) == printed_facts(read(*grids))


@pytest.mark.parametrize("dash", ["-", "—", "——", "/", "－"])
def test_dashes_are_blanks(dash: str) -> None:
    grids = wuhan()
    plain = printed_facts(read(*grids))
    dashed = [
        replace(
            grid, rows=[*grid.rows[:7], *([value if value != "" else dash for value in row] for row in grid.rows[7:])]
        )
        for grid in grids
    ]
    disclosure = read(*dashed)
    assert printed_facts(disclosure) == plain
    assert not any(table.faults for table in disclosure.tables.values())


def test_text_numbers_keep_their_text() -> None:
    grids = wuhan()
    rows = [list(row) for row in grids[2].rows]
    rows[6][4] = "６６７．００ "
    amount = read(replace(grids[2], rows=rows)).amount("03", "合计", "本年支出合计")
    assert amount is not None
    assert (amount.fen, amount.text, amount.raw) == (667_000_000, True, "６６７．００ ")
