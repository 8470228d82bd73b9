"""What stands to the right of a table, beyond a blank column or under the heading of a check, is none of its columns."""

from __future__ import annotations

import pytest

from gongkai_workbooks.disclosure import TABLE_NUMBERS, TableStatus
from gongkai_workbooks.grid import CellValue, Grid, Span

from .published import shanghai, wuhan
from .table_text import read

HEADING_03 = "支出决算表\n科目编码|科目名称|本年支出合计|基本支出|项目支出"
LINES_03 = "\n合计||10|6|4{0}\n'208|社会保障和就业支出|10|6|4{0}"


def beside(one: Grid, column: int, cells: dict[int, CellValue]) -> Grid:
    """A grid with cells at a column index, by row index."""
    found = [[*row, *[""] * (column + 1 - len(row))] for row in one.rows]
    for i, value in cells.items():
        found[i][column] = value
    return Grid(one.sheet, found, one.top, one.left)


@pytest.mark.parametrize("published", [wuhan, shanghai])
@pytest.mark.parametrize("heading", ["核对", "差额", "某某", "合计", ""])
def test_a_check_column_beyond_a_blank_one(published, heading: str) -> None:  # type: ignore[no-untyped-def]
    grids = published()
    checked = []
    for one in grids:
        width = max(len(row) for row in one.rows) + 1
        cells: dict[int, CellValue] = dict.fromkeys(range(4, len(one.rows)), 0.0)
        checked.append(beside(one, width, {**cells, 3: heading}))
    before, after = read(*grids), read(*checked)
    # A heading 合计 with figures beside the headings of 09 is one of them for all that can be seen.
    for number in TABLE_NUMBERS[: 8 if heading == "合计" else 9]:
        table, other = before.tables[number], after.tables[number]
        assert (other.items, other.amounts, other.faults, other.status) == (
            table.items,
            table.amounts,
            table.faults,
            table.status,
        )
        assert (other.columns, other.unknown_columns) == (table.columns, table.unknown_columns)


@pytest.mark.parametrize("heading", ["核对", "差额", "校验", "检查", "备注", "说明"])
@pytest.mark.parametrize("gap", ["|", "||"])
def test_headings_of_checks_are_no_columns(heading: str, gap: str) -> None:
    table = read(HEADING_03 + gap + heading + LINES_03.format(gap + "0")).tables["03"]
    assert (table.columns, table.unknown_columns) == (("本年支出合计", "基本支出", "项目支出"), ())


@pytest.mark.parametrize(("gap", "unknown"), [("|", ["某项支出"]), ("||", []), ("|||", [])])
def test_an_unknown_column_is_named_unless_a_blank_one_parts_it(gap: str, unknown: list[str]) -> None:
    table = read(HEADING_03 + gap + "某项支出" + LINES_03.format(gap + "1")).tables["03"]
    assert [label for label, _ in table.unknown_columns] == unknown
    text = "收入支出决算总表\n项目|决算数|项目|决算数" + gap + "某项支出\n本年收入合计|1|本年支出合计|1" + gap + "1"
    assert [label for label, _ in read(text).tables["01"].unknown_columns] == unknown


def test_a_merged_heading_leaves_no_gap() -> None:
    one = Grid(
        "表3",
        [
            ["支出决算表"],
            ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "", "某项支出"],
            ["合计", "", 10.0, 6.0, 4.0, "", 1.0],
        ],
        merges=(Span(2, 5, 2, 6), Span(3, 5, 3, 6)),
    )
    assert [label for label, _ in read(one).tables["03"].unknown_columns] == ["某项支出"]


def test_an_unknown_column_between_known_ones_is_named() -> None:
    text = "支出决算表\n科目编码|科目名称|本年支出合计||某项支出|项目支出\n合计||10||1|4"
    assert [label for label, _ in read(text).tables["03"].unknown_columns] == ["某项支出"]


@pytest.mark.parametrize("row", [1, 2, 3, 4, 5, 6, 7, 8])
@pytest.mark.parametrize("value", [12345.0, "核对无误"])
def test_something_right_of_09(row: int, value: CellValue) -> None:
    for published in (wuhan, shanghai):
        grids = published()
        place = next(k for k, one in enumerate(grids) if any("三公" in str(row[0]) for row in one.rows[:2]))
        width = max(len(row) for row in grids[place].rows)
        if row >= len(grids[place].rows):
            continue
        before = read(*grids).tables["09"]
        grids[place] = beside(grids[place], width + 3, {row: value})
        after = read(*grids).tables["09"]
        assert (after.status, after.items, after.amounts, after.faults, after.columns) == (
            before.status,
            before.items,
            before.amounts,
            before.faults,
            before.columns,
        )
        assert after.unknown_columns == ()


def test_number_right_of_an_upright_09() -> None:
    text = "财政拨款“三公”经费支出决算表\n项目|预算数|决算数|||7\n合计|2|1|||8\n公务接待费|2|1"
    table = read(text).tables["09"]
    assert (table.status, list(table.items), table.columns) == (
        TableStatus.CHECKED,
        ["合计", "公务接待费"],
        ("预算数", "决算数"),
    )
