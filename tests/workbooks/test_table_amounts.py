"""The printed amounts of a table are a mapping like any other, whatever way they are kept."""

from __future__ import annotations

import copy

import pytest

from gongkai_workbooks.amounts import Amount
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Item
from gongkai_workbooks.table_amounts import TableAmounts

COLUMNS = {"小计": 4, "基本支出": 5}
ITEMS = {key: Item(key, "", row, COLUMNS, "code", key) for row, key in enumerate(("208", "20805", "210"), 7)}
TEXT = Amount(300, 5, CellRef("公开05", 8, 5), text=True, raw="3.00")


@pytest.fixture
def amounts() -> TableAmounts:
    """208 prints both columns, 20805 the second, as text, 210 the first."""
    made = TableAmounts(ITEMS, "公开05", 5)
    made.fens = {"小计": {"208": 100, "210": 0}, "基本支出": {"208": -200}}
    made["20805", "基本支出"] = TEXT
    return made


def test_amounts_are_made_with_cell_and_half_width(amounts: TableAmounts) -> None:
    assert amounts["208", "基本支出"] == Amount(-200, 5, CellRef("公开05", 7, 5))
    assert amounts["20805", "基本支出"] is TEXT
    assert (amounts.fen("210", "小计"), amounts.fen("210", "基本支出"), amounts.fen("210", "项目支出")) == (
        0,
        None,
        None,
    )


def test_order_is_that_of_the_lines(amounts: TableAmounts) -> None:
    assert list(amounts) == [("208", "小计"), ("208", "基本支出"), ("20805", "基本支出"), ("210", "小计")]
    assert len(amounts) == 4 and [amount.fen for amount in amounts.values()] == [100, -200, 300, 0]
    assert dict(zip(amounts.by_column(), amounts.figures(), strict=True)) == {k: a.fen for k, a in amounts.items()}


def test_what_is_not_printed_is_not_in_it(amounts: TableAmounts) -> None:
    for place in (("20805", "小计"), ("211", "小计"), ("208", "项目支出")):
        assert place not in amounts and amounts.get(place) is None
        with pytest.raises(KeyError):
            amounts[place]
        with pytest.raises(KeyError):
            del amounts[place]


def test_amounts_come_and_go(amounts: TableAmounts) -> None:
    assert amounts.pop(("20805", "基本支出")) is TEXT
    assert amounts.pop(("208", "基本支出")).fen == -200
    assert set(amounts.fens) == {"小计"} and not amounts.others
    amounts["x", "小计"] = TEXT
    assert list(amounts)[-1] == ("x", "小计") and amounts.fens["小计"]["x"] == 300
    amounts.clear()
    assert not amounts and amounts == {} and list(amounts) == []


def test_equal_to_any_mapping_of_the_same_amounts(amounts: TableAmounts) -> None:
    same = TableAmounts.of(dict(amounts))
    assert same == amounts == dict(amounts) and list(same) == list(amounts) and repr(same) == repr(amounts)
    changed = copy.deepcopy(amounts)
    changed["208", "小计"] = amounts["208", "小计"]._replace(fen=101)
    assert changed != amounts and amounts["208", "小计"].fen == 100


def test_half_widths(amounts: TableAmounts) -> None:
    assert amounts.half_widths() == {5}
    amounts["20805", "基本支出"] = TEXT._replace(half_width=0)
    assert amounts.half_widths() == {0, 5}
    amounts.widen(50)
    assert {amount.half_width for amount in amounts.values()} == {50}
    assert TableAmounts.of({("208", "小计"): TEXT}).half_widths() == {5} and TableAmounts().half_widths() == frozenset()
