"""The synthetic accounts tie out: true sums exactly, printed ones as far as rounding allows.

The sums are formed here anew from the money of each 项, or from the printed cells; nothing of the generator's own sums is trusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from gongkai_workbooks.form_cells import LaidSheet

from .strategies import accounts as any_accounts
from .strategies import shapes
from .synthetic import (
    Accounts,
    Fund,
    Shape,
    lay_out_accounts,
    make_accounts,
    publish,
    to_grids,
    to_workbook,
    true_amounts,
)

ALL_FUNDS = frozenset(Fund)
BIG = Shape(seed=7, items=60, funds=ALL_FUNDS)


class Truth:
    """True amounts, 0 where there is none."""

    def __init__(self, accounts: Accounts) -> None:
        self.tables = true_amounts(accounts)

    def __call__(self, table: str, item: str, column: str = "决算数") -> int:
        return self.tables.get(table, {}).get((item, column), 0)

    def items(self, table: str, digits: int) -> set[str]:
        return {item for item, _ in self.tables.get(table, {}) if item.isdigit() and len(item) == digits}

    def columns(self, table: str) -> set[str]:
        return {column for _, column in self.tables.get(table, {})}


class Printed:
    """What the sheets show, in hundredths of the amount unit; None for a blank cell."""

    def __init__(self, accounts: Accounts) -> None:
        self.sheets: dict[str, LaidSheet] = {sheet.table: sheet for sheet in lay_out_accounts(accounts)}
        self.values: dict[tuple[str, str, str], int | None] = {}
        for table, sheet in self.sheets.items():
            grid = sheet.grid()
            for (item, column), (row, at) in sheet.places.items():
                value = grid.value(row, at)
                self.values[table, item, column] = None if value == "" else round(Decimal(repr(value)) * 100)

    def __call__(self, table: str, item: str, column: str = "决算数") -> int:
        return self.values.get((table, item, column)) or 0


def check_sum(whole: int, parts: Iterable[int]) -> None:
    assert whole == sum(parts)


@given(any_accounts(max_items=40))
@settings(deadline=None)
def test_every_true_sum_inside_a_table_holds(accounts: Accounts) -> None:
    true = Truth(accounts)
    for table in ("02", "03", "05", "07", "08"):
        for column in true.columns(table):
            check_sum(true(table, "合计", column), (true(table, code, column) for code in true.items(table, 3)))
            for parent in true.items(table, 3) | true.items(table, 5):
                children = [code for code in true.items(table, len(parent) + 2) if code.startswith(parent)]
                check_sum(true(table, parent, column), (true(table, code, column) for code in children))
    for digits in (3, 5, 7):
        for code in true.items("02", digits):
            kinds = ("财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
            check_sum(true("02", code, "本年收入合计"), (true("02", code, kind) for kind in kinds))
        for code in true.items("03", digits):
            spent = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
            check_sum(true("03", code, "本年支出合计"), (true("03", code, kind) for kind in spent))
        for table in ("05", "07", "08"):
            for code in true.items(table, digits):
                check_sum(true(table, code, "小计"), (true(table, code, kind) for kind in ("基本支出", "项目支出")))
        for table in ("07", "08"):
            for code in true.items(table, digits):
                came = true(table, code, "年初结转和结余") + true(table, code, "本年收入")
                assert came == true(table, code, "小计") + true(table, code, "年末结转和结余")
    for column in ("预算数", "决算数"):
        car = ("公务用车购置费", "公务用车运行维护费")
        check_sum(true("09", "公务用车购置及运行维护费", column), (true("09", line, column) for line in car))
        lines = ("因公出国（境）费", *car, "公务接待费")
        check_sum(true("09", "合计", column), (true("09", line, column) for line in lines))
    for group in true.items("06", 3):
        check_sum(true("06", group), (true("06", code) for code in true.items("06", 5) if code.startswith(group)))
    check_sum(true("06", "人员经费合计"), (true("06", group) for group in ("301", "303")))
    check_sum(true("06", "公用经费合计"), (true("06", group) for group in ("302", "310")))


@given(any_accounts(max_items=40))
@settings(deadline=None)
def test_true_statements_balance_and_tie_to_the_other_tables(accounts: Accounts) -> None:
    true = Truth(accounts)
    fiscal = [f"{fund}收入" for fund in Fund]
    others = ["上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]
    check_sum(true("01", "本年收入合计"), (true("01", line) for line in [*fiscal, *others]))
    check_sum(true("01", "本年支出合计"), (true("01", code) for code in true.items("01", 3)))
    opening = ("本年收入合计", "使用非财政拨款结余", "年初结转和结余")
    check_sum(true("01", "收入总计"), (true("01", line) for line in opening))
    check_sum(true("01", "支出总计"), (true("01", line) for line in ("本年支出合计", "结余分配", "年末结转和结余")))
    assert true("01", "收入总计") == true("01", "支出总计") > 0
    assert true("01", "本年收入合计") == true("02", "合计", "本年收入合计")
    assert sum(true("01", line) for line in fiscal) == true("02", "合计", "财政拨款收入") == true("04", "本年收入合计")
    assert all(true("01", line) == true("02", "合计", line) for line in others)
    assert true("01", "本年支出合计") == true("03", "合计", "本年支出合计")
    assert true.items("01", 3) == true.items("03", 3)
    for code in true.items("01", 3):
        assert true("01", code) == true("03", code, "本年支出合计") >= true("04", code, "小计")
    assert true("04", "年初财政拨款结转和结余") <= true("01", "年初结转和结余")
    assert true("04", "年末财政拨款结转和结余", "小计") <= true("01", "年末结转和结余")
    check_sum(true("04", "本年收入合计"), (true("04", str(fund)) for fund in Fund))
    check_sum(true("04", "年初财政拨款结转和结余"), (true("04", f"年初{fund}") for fund in Fund))
    assert true("04", "收入总计") == true("04", "本年收入合计") + true("04", "年初财政拨款结转和结余")
    assert true("04", "收入总计") == true("04", "支出总计", "小计")
    for line in (*true.items("04", 3), "本年支出合计", "年末财政拨款结转和结余", "支出总计"):
        check_sum(true("04", line, "小计"), (true("04", line, fund) for fund in Fund))
    for column in ("小计", *Fund):
        check_sum(true("04", "本年支出合计", column), (true("04", code, column) for code in true.items("04", 3)))
        closing = true("04", "年末财政拨款结转和结余", column)
        assert true("04", "支出总计", column) == true("04", "本年支出合计", column) + closing
    for fund, table in ((Fund.GENERAL, "05"), (Fund.GOVERNMENT, "07"), (Fund.CAPITAL, "08")):
        came = true("04", f"年初{fund}") + true("04", str(fund))
        assert came == true("04", "支出总计", fund)
        assert true("04", "本年支出合计", fund) == true(table, "合计", "小计")
        for code in true.items("04", 3):
            assert true("04", code, fund) == true(table, code, "小计")
        if table != "05":
            assert true("04", str(fund)) == true(table, "合计", "本年收入")
            assert true("04", f"年初{fund}") == true(table, "合计", "年初结转和结余")
            assert true("04", "年末财政拨款结转和结余", fund) == true(table, "合计", "年末结转和结余")
    assert true("05", "合计", "基本支出") == true("06", "人员经费合计") + true("06", "公用经费合计")
    for code in true.items("03", 7):
        by_funds = sum(true(table, code, "小计") for table in ("05", "07", "08"))
        assert by_funds <= true("03", code, "本年支出合计")
        for kind in ("基本支出", "项目支出"):
            assert true("05", code, kind) <= true("03", code, kind)


@given(any_accounts(max_items=40))
@settings(deadline=None)
def test_the_money_of_each_item_is_accounted_for(accounts: Accounts) -> None:
    true = Truth(accounts)
    for item in accounts.items:
        for flow in item.flows.values():
            assert flow.opening + flow.income == flow.basic + flow.project + flow.closing
            assert min(flow) >= 0
        other = item.other
        spent = other.basic + other.project + other.remitted + other.operating + other.subsidies
        assert other.opening + sum(other.incomes) + other.balance_used == spent + other.distributed + other.closing
        assert min(*other[:1], *other.incomes, *other[2:]) >= 0
        fiscal = sum(flow.basic + flow.project for flow in item.flows.values())
        assert true("03", item.code, "本年支出合计") == spent + fiscal
        income = sum(flow.income for flow in item.flows.values()) + sum(other.incomes)
        assert true("02", item.code, "本年收入合计") == income
    every = [item.flow(fund) for item in accounts.items for fund in Fund]
    others = [item.other for item in accounts.items]
    assert true("01", "年初结转和结余") == sum(flow.opening for flow in every) + sum(o.opening for o in others)
    assert true("01", "年末结转和结余") == sum(flow.closing for flow in every) + sum(o.closing for o in others)
    assert true("01", "结余分配") == sum(o.distributed for o in others)
    assert true("01", "使用非财政拨款结余") == sum(o.balance_used for o in others)
    codes = [item.code for item in accounts.items]
    assert codes == sorted(set(codes))


@given(any_accounts(max_items=40))
@settings(deadline=None)
def test_06_and_09_repeat_what_they_are_part_of(accounts: Accounts) -> None:
    true = Truth(accounts)
    assert true("06", "30108") == true("05", "2080505", "基本支出")
    assert true("06", "30109") == true("05", "2080506", "基本支出")
    assert true("06", "30110") == true("05", "2101101", "基本支出") + true("05", "2101102", "基本支出")
    assert true("06", "30111") == true("05", "2101103", "基本支出")
    assert true("06", "30113") == true("05", "2210201", "基本支出")
    parts = {
        "30212": "因公出国（境）费",
        "30217": "公务接待费",
        "30231": "公务用车运行维护费",
        "31013": "公务用车购置费",
    }
    for code, line in parts.items():
        assert true("06", code) <= true("09", line, "决算数") <= true("09", line, "预算数")


@given(any_accounts(max_items=30))
@settings(deadline=None)
def test_every_printed_cell_is_its_true_amount_rounded_by_itself(accounts: Accounts) -> None:
    true, printed = Truth(accounts), Printed(accounts)
    grain = 10_000 if accounts.shape.amount_unit == "万元" else 1
    shown = set()
    for (table, item, column), hundredths in printed.values.items():
        fen = true(table, item, column)
        if hundredths is None:
            assert fen == 0
            assert accounts.shape.zeros == "blank" or not true.tables[table]
        else:
            assert fen or accounts.shape.zeros == "printed"
            assert hundredths == (Decimal(fen) / grain).quantize(Decimal(1), ROUND_HALF_UP)
            shown.add((table, item, column))
    missing = {(table, *key) for table, amounts in true.tables.items() for key in amounts} - shown
    # What a form has no column for: the flow of 08 in the national form, and the totals that share cells with headings in Shanghai's.
    national = {("08", column) for column in ("年初结转和结余", "本年收入", "年末结转和结余")}
    shanghai = {(table, column) for table in ("07", "08") for column in ("小计", "基本支出", "项目支出")}
    if accounts.shape.form == "national":
        assert {(table, column) for table, _, column in missing} <= national
    else:
        assert {(table, column) for table, _, column in missing} <= shanghai
        assert {item for _, item, _ in missing} <= {"合计"}


@given(any_accounts(max_items=30))
@settings(deadline=None)
def test_printed_balances_are_equal_and_printed_copies_agree(accounts: Accounts) -> None:
    printed = Printed(accounts)
    assert printed("01", "收入总计") == printed("01", "支出总计")
    assert printed("04", "收入总计") == printed("04", "支出总计", "小计")
    assert printed("01", "本年收入合计") == printed("02", "合计", "本年收入合计")
    assert printed("01", "本年支出合计") == printed("03", "合计", "本年支出合计")
    assert printed("04", "本年支出合计", Fund.GENERAL) == printed("05", "合计", "小计")


@given(any_accounts(max_items=30))
@settings(deadline=None)
def test_printed_sums_miss_by_no_more_than_their_rounding(accounts: Accounts) -> None:
    printed = Printed(accounts)
    for table, column in (("02", "本年收入合计"), ("03", "本年支出合计"), ("05", "小计")):
        codes = [item for of, item, label in printed.values if of == table and label == column and len(item) == 3]
        difference = printed(table, "合计", column) - sum(printed(table, code, column) for code in codes)
        limit = Decimal(len(codes) + 1) / 2 if accounts.shape.amount_unit == "万元" else 0
        assert abs(difference) <= limit


def test_rounding_differences_occur_in_wan_yuan_and_never_in_yuan() -> None:
    def misses(unit: str) -> int:
        count = 0
        for seed in range(20):
            shape = Shape(seed=seed, items=20, amount_unit="万元" if unit == "万元" else "元")
            printed = Printed(make_accounts(shape))
            codes = [
                item
                for table, item, column in printed.values
                if (table, column) == ("03", "项目支出") and len(item) == 3
            ]
            count += printed("03", "合计", "项目支出") != sum(printed("03", code, "项目支出") for code in codes)
        return count

    assert misses("元") == 0
    assert misses("万元") > 5


@given(any_accounts(max_items=20))
@settings(deadline=None)
def test_a_table_that_has_amounts_does_not_print_nothing_but_zeros(accounts: Accounts) -> None:
    printed = Printed(accounts)
    for table in printed.sheets:
        shown = [value for (of, _, _), value in printed.values.items() if of == table and value is not None]
        assert any(shown) or not shown


def test_a_true_amount_below_half_a_step_is_printed_as_zero() -> None:
    accounts = make_accounts(Shape(seed=1, items=100, funds=ALL_FUNDS))
    printed = Printed(accounts)
    true = Truth(accounts)
    small = [key for key, shown in printed.values.items() if shown == 0]
    assert small
    assert all(0 < true(*key) < 5_000 for key in small)


@pytest.mark.parametrize("items", [1, 12, 111, 300])
@pytest.mark.parametrize("form", ["national", "shanghai"])
def test_accounts_have_as_many_items_as_asked(items: int, form: str) -> None:
    shape = Shape(items=items, form="national" if form == "national" else "shanghai")
    accounts = make_accounts(shape)
    assert len(accounts.items) == items
    assert len(to_grids(accounts)) == 9


def test_three_funds_have_an_item_each_even_when_one_is_asked_for() -> None:
    accounts = make_accounts(Shape(items=1, funds=ALL_FUNDS))
    assert sorted(fund for item in accounts.items for fund in item.flows) == sorted(Fund)


@given(shapes())
@settings(deadline=None, max_examples=20)
def test_equal_shapes_give_equal_accounts(shape: Shape) -> None:
    assert make_accounts(shape) == make_accounts(shape)
    assert to_grids(make_accounts(shape)) == to_grids(make_accounts(shape))


def test_another_seed_gives_other_accounts() -> None:
    assert make_accounts(Shape(seed=1)) != make_accounts(Shape(seed=2))


@given(any_accounts(carry_over=False, max_items=20))
@settings(deadline=None, max_examples=30)
def test_without_carry_over_nothing_is_brought_or_left(accounts: Accounts) -> None:
    printed = Printed(accounts)
    carried = {value for (_, item, column), value in printed.values.items() if "结转" in item or "结转" in column}
    assert carried <= {None, 0}


@given(any_accounts(other_money=False, funds=frozenset({Fund.GENERAL}), max_items=20))
@settings(deadline=None, max_examples=30)
def test_with_the_general_budget_alone_05_repeats_03(accounts: Accounts) -> None:
    printed = Printed(accounts)
    for table, item, column in printed.values:
        if table == "05":
            assert printed("05", item, column) == printed("03", item, "本年支出合计" if column == "小计" else column)
    assert not publish(accounts).table("07").amounts
    assert not publish(accounts).table("08").amounts


@pytest.mark.parametrize(
    ("shape", "empty"),
    [
        (Shape(), {"07", "08"}),
        (Shape(three_public=False), {"07", "08", "09"}),
        (Shape(funds=frozenset({Fund.GOVERNMENT}), three_public=False), {"05", "06", "08", "09"}),
        (Shape(funds=ALL_FUNDS, form="shanghai"), set()),
    ],
)
def test_a_table_without_money_is_empty_and_says_so(shape: Shape, empty: set[str]) -> None:
    accounts = make_accounts(shape)
    figures = publish(accounts)
    assert {number for number, table in figures.tables.items() if not table.amounts} == empty
    for sheet in lay_out_accounts(accounts):
        notes = [str(cell.value) for cell in sheet.cells if cell.role == "note"]
        assert any("故本表无数据" in note for note in notes) == (sheet.table in empty)


@pytest.mark.parametrize("form", ["national", "shanghai"])
@pytest.mark.parametrize("unit", ["万元", "元"])
def test_the_workbook_holds_what_the_grids_hold(form: str, unit: str, tmp_path: Path) -> None:
    shape = Shape(
        seed=3,
        items=40,
        funds=ALL_FUNDS,
        form="national" if form == "national" else "shanghai",
        amount_unit="万元" if unit == "万元" else "元",
        zeros="printed",
        code_cells="three",
    )
    accounts = make_accounts(shape)
    workbook = CalamineWorkbook.from_path(to_workbook(accounts, tmp_path / "accounts.xlsx"))
    grids = to_grids(accounts)
    assert workbook.sheet_names == [grid.sheet for grid in grids]
    for grid in grids:
        sheet = workbook.get_sheet_by_name(grid.sheet)
        rows = sheet.to_python(skip_empty_area=False)
        read = {(i, j, value) for i, row in enumerate(rows, 1) for j, value in enumerate(row, 1) if value != ""}
        assert read == set(grid.cells())
        merged = {
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        }
        assert merged == set(grid.merges)


def test_totals_and_codes_stand_where_the_shape_says() -> None:
    def places(shape: Shape) -> tuple[bool, int]:
        sheet = next(sheet for sheet in lay_out_accounts(make_accounts(shape)) if sheet.table == "03")
        rows = [row for (item, _), (row, _) in sheet.places.items() if item == "合计"]
        return rows[0] == max(row for row, _ in sheet.places.values()), sheet.places["合计", "基本支出"][1]

    assert places(Shape(total_place="last", code_cells="one")) == (True, 4)
    assert places(Shape(total_place="first", code_cells="three")) == (False, 6)


@pytest.mark.parametrize("shape", [{"items": 0}, {"items": 301}, {"funds": frozenset()}])
def test_impossible_shapes_are_refused(shape: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"items|fund"):
        Shape(**shape)  # type: ignore[arg-type]


def test_all_codes_have_lines_on_both_forms() -> None:
    for form in ("national", "shanghai"):
        shape = Shape(seed=5, items=300, funds=ALL_FUNDS, form="national" if form == "national" else "shanghai")
        accounts = make_accounts(shape)
        classes = {item.code[:3] for item in accounts.items}
        printed = Printed(accounts)
        assert all(printed("01", code) for code in classes if printed("03", code, "本年支出合计"))
