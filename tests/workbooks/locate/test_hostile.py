"""Whatever stands in the cells: nothing is raised, time stays bounded, and the answer is still about the tables."""

from __future__ import annotations

import datetime
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.grid import NEVER_CALCULATED, CellValue, Grid, Span

from .published import shanghai, wuhan
from .table_text import read, wan

SECONDS = 20
"""Far above what any of these takes, far below what a quadratic search would."""

BASE = [*wuhan(), *shanghai()]
TEXTS = sorted({value for one in BASE for row in one.rows for value in row if isinstance(value, str) and value})
ODD: list[CellValue] = [
    "",
    " ",
    "—",
    "#REF!",
    "=1+1",
    "=合计",
    "\ud800",
    "(" * 50,
    "长" * 300,
    "、",
    "其中：",
    "（续表）",
    "单位：",
    float("nan"),
    float("inf"),
    -1e300,
    1e13,
    0,
    7,
    True,
    datetime.date(2024, 1, 1),
    datetime.timedelta(1),
]


def timed(*grids: Grid) -> Disclosure:
    start = time.perf_counter()
    disclosure = read(*grids)
    assert time.perf_counter() - start < SECONDS
    return disclosure


def test_a_hundred_thousand_blank_rows() -> None:
    table = wuhan()[2]
    blank: list[list[CellValue]] = [[""] * 20 for _ in range(100_000)]
    for rows in ([*table.rows, *blank], [*table.rows[:12], *blank, *table.rows[12:]], [*blank, *table.rows]):
        disclosure = timed(replace(table, rows=rows))
        assert wan(disclosure, "03", "2210203", ["基本支出"]) == ["7.53"]


@pytest.mark.parametrize(
    "line",
    [
        ["2080505", "", "", "同一编码", 1.0, 1.0],
        ["", "", "", "没有编码", 1.0, 1.0],
        ["支出决算表"],
        ["注：说明。"],
        ["208", "5", "5", "x", "abc", "—"],
        ["联系电话", "填表人：", "审核", "", 1.0, 1.0],
        ["", "", "", "", "", "", "", "", "", "", "", "", 1.0],
    ],
)
def test_the_same_row_many_times(line: list[CellValue]) -> None:
    table = wuhan()[2]
    disclosure = timed(replace(table, rows=[*table.rows, *(list(line) for _ in range(30_000))]))
    assert wan(disclosure, "03", "合计", ["本年支出合计"]) == ["667.00"]


def test_thousands_of_headings_with_unknown_columns_and_merged_cells() -> None:
    table = wuhan()[0]
    heading: list[CellValue] = ["项目", "决算数", "某项", *["项目", "决算数", "", "某项"] * 20]
    spent: list[CellValue] = ["某支出", 1.0, "", 1.0]
    line: list[CellValue] = ["某收入", 1.0, 1.0, *spent * 20]
    rows = [list(heading) if n % 3 == 0 else list(line) for n in range(15_000)]
    merges = tuple(Span(n % 15_000 + 1, 1, n % 15_000 + 2, 16_384) for n in range(50_000))
    disclosure = timed(replace(table, rows=[*table.rows, *rows], merges=merges))
    assert wan(disclosure, "01", "本年收入合计", ["决算数"]) == ["667.00"]


def test_very_wide_sheets() -> None:
    for one in wuhan():
        more = ["项目", "科目名称", "合计", "决算数", "支出决算表"] * 3000
        assert timed(replace(one, rows=[[*row, *more] for row in one.rows])).tables["01"].number == "01"


def test_long_labels() -> None:
    grids = [
        replace(one, rows=[[*row, "长" * 300] if n > 6 else row for n, row in enumerate(one.rows)]) for one in wuhan()
    ]
    grids[2].rows[9][3] = "机关事业单位" * 50
    disclosure = timed(*grids)
    assert wan(disclosure, "03", "2080505", ["基本支出"]) == ["14.72"]
    assert len(disclosure.tables["03"].items["2080505"].name) == 300


def test_cells_that_begin_like_formulas() -> None:
    grids = wuhan()
    grids[2].rows[8][3] = '=HYPERLINK("http://example.com","x")'
    grids[2].rows[9][4] = "=1+1"
    table = read(*grids).tables["03"]
    assert table.items["20805"].name == '=HYPERLINK("http://example.com","x")'
    assert table.faults["2080505", "本年支出合计"].found == "=1+1"


def test_grids_without_rows() -> None:
    assert read(Grid("空", []), Grid("空行", [[], []])).sheets == ("空", "空行")
    assert read(Grid("一格", [["支出决算表"]])).tables["03"].status.value == "missing"


cells = st.one_of(st.sampled_from(ODD), st.sampled_from(TEXTS), st.floats(), st.text(max_size=6))
changes = st.lists(
    st.tuples(
        st.sampled_from(["delete", "cell", "insert", "cut", "column", "turn"]),
        st.integers(0, 60),
        st.integers(0, 12),
        cells,
    ),
    max_size=12,
)


def changed(rows: list[list[CellValue]], steps: list[tuple[str, int, int, CellValue]]) -> list[list[CellValue]]:
    rows = [list(row) for row in rows]
    for kind, i, j, value in steps:
        if not rows:
            break
        i %= len(rows)
        if kind == "delete":
            del rows[i]
        elif kind == "cell" and rows[i]:
            rows[i][j % len(rows[i])] = value
        elif kind == "insert":
            rows.insert(i, [value] * j)
        elif kind == "cut":
            rows[i] = rows[i][:j]
        elif kind == "column":
            for row in rows:
                row.insert(min(j, len(row)), value)
        elif kind == "turn":
            rows = rows[i:] + rows[:i]
    return rows


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    picks=st.lists(st.tuples(st.sampled_from(range(len(BASE))), changes), min_size=1, max_size=4),
    faults=st.dictionaries(
        st.tuples(st.integers(1, 40), st.integers(1, 12)), st.sampled_from(["#REF!", NEVER_CALCULATED]), max_size=4
    ),
    one_sheet=st.booleans(),
)
def test_spoilt_workbooks_raise_nothing_and_hold_together(
    picks: list[tuple[int, list[tuple[str, int, int, CellValue]]]],
    faults: dict[tuple[int, int], str],
    one_sheet: bool,
) -> None:
    grids = [
        replace(BASE[n], sheet=str(k), rows=changed(BASE[n].rows, steps), faults=faults)
        for k, (n, steps) in enumerate(picks)
    ]
    if one_sheet:
        grids = [replace(grids[0], rows=[row for one in grids for row in one.rows])]
    for table in read(*grids).tables.values():
        for (key, column), amount in table.amounts.items():
            item = table.items[key]
            assert amount.cell == (table.sheet, item.row, item.columns[column])
            assert (key, column) not in table.faults
        for key, item in table.items.items():
            assert (item.key, set(item.columns) <= set(table.columns)) == (key, True)
        for item in table.unknown_lines:
            assert table.items[item.key] is item
