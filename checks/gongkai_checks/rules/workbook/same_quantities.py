"""Quantities that several tables print: where, for the test whether one of the tables is in another unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gongkai_checks.code_tree import code_tree
from gongkai_checks.tables import readable
from gongkai_workbooks.amounts import Amount
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure

Cells = tuple[tuple[str, str], ...]
"""Items and columns of one table whose amounts add up to the quantity."""

GENERAL, FUND, STATE = "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"

QUANTITIES: tuple[tuple[str, Mapping[str, Cells]], ...] = (
    ("本年收入合计", {"01": (("本年收入合计", "决算数"),), "02": (("合计", "本年收入合计"),)}),
    (
        "财政拨款收入",
        {
            "01": tuple((fund + "收入", "决算数") for fund in (GENERAL, FUND, STATE)),
            "02": (("合计", "财政拨款收入"),),
            "04": (("本年收入合计", "决算数"),),
        },
    ),
    ("一般公共预算财政拨款收入", {"01": ((GENERAL + "收入", "决算数"),), "04": ((GENERAL, "决算数"),)}),
    (
        "政府性基金预算财政拨款收入",
        {"01": ((FUND + "收入", "决算数"),), "04": ((FUND, "决算数"),), "07": (("合计", "本年收入"),)},
    ),
    ("本年支出合计", {"01": (("本年支出合计", "决算数"),), "03": (("合计", "本年支出合计"),)}),
    ("一般公共预算财政拨款支出", {"04": (("本年支出合计", GENERAL),), "05": (("合计", "小计"),)}),
    ("政府性基金预算财政拨款支出", {"04": (("本年支出合计", FUND),), "07": (("合计", "小计"),)}),
    ("国有资本经营预算财政拨款支出", {"04": (("本年支出合计", STATE),), "08": (("合计", "小计"),)}),
    (
        "一般公共预算财政拨款基本支出",
        {"05": (("合计", "基本支出"),), "06": (("人员经费合计", "决算数"), ("公用经费合计", "决算数"))},
    ),
    ("住房公积金", {"05": (("2210201", "基本支出"),), "06": (("30113", "决算数"),)}),
    ("机关事业单位基本养老保险缴费", {"05": (("2080505", "基本支出"),), "06": (("30108", "决算数"),)}),
)
_BY_CLASS = (("01", "决算数", "03", "本年支出合计"), ("04", GENERAL, "05", "小计"), ("04", FUND, "07", "小计"))


class Stated(NamedTuple):
    """A quantity as one table states it: in 分, with the cells it was taken from; ``step`` is one printed step in 分."""

    name: str
    table: str
    fen: int
    step: int
    cells: tuple[CellRef, ...]


def all_alike(disclosure: Disclosure, factor: int) -> bool:
    """Whether some quantity is stated twice and no two statements of one are further apart than ``factor``.

    The quick look that nearly every disclosure passes. A statement of 0, or of a table that is not there, does not count.
    """
    tables = {number: table.amounts for number, table in disclosure.tables.items() if readable(table)}
    if any(table.faults for table in disclosure.tables.values()):
        return False
    told = False
    for _, places in QUANTITIES:
        figures = []
        for number, keys in places.items():
            amounts = tables.get(number)
            if not amounts:
                continue
            figure = 0
            for key in keys:
                figure += amounts.fen(*key) or 0
            if figure:
                figures.append(abs(figure))
        if len(figures) > 1:
            told = True
            if max(figures) > factor * min(figures):
                return False
    for one, one_column, other, other_column in _BY_CLASS:
        amounts, others = tables.get(one), tables.get(other)
        if not amounts or not others:
            continue
        for item in code_tree(disclosure.tables[other]).classes:
            first, second = amounts.fen(item, one_column), others.fen(item, other_column)
            if first and second:
                least, most = sorted((abs(first), abs(second)))
                if most > factor * least:
                    return False
    return told


def stated_quantities(disclosure: Disclosure) -> Iterator[list[Stated]]:
    """Every quantity that at least two tables state, not as 0; a table with an unknown amount does not state it."""
    for name, places in QUANTITIES:
        yield from _stated(disclosure, name, places)
    for one, one_column, other, other_column in _BY_CLASS:
        amounts, others = disclosure.tables[one].amounts, disclosure.tables[other].amounts
        for key, item in disclosure.tables[one].items.items():
            if item.role == "class" and (key, one_column) in amounts and (key, other_column) in others:
                yield from _stated(disclosure, item.name, {one: ((key, one_column),), other: ((key, other_column),)})


def _stated(disclosure: Disclosure, name: str, places: Mapping[str, Cells]) -> Iterator[list[Stated]]:
    found = []
    for number, keys in places.items():
        table = disclosure.tables[number]
        amounts = [table.amounts[key] for key in keys if key in table.amounts]
        if readable(table) and not any(key in table.faults for key in keys) and any(amount.fen for amount in amounts):
            step = (table.amount_unit or disclosure.amount_unit).grain
            found.append(Stated(name, number, sum(a.fen for a in amounts), step, _cells(amounts)))
    if len(found) > 1:
        yield found


def _cells(amounts: list[Amount]) -> tuple[CellRef, ...]:
    return tuple(amount.cell for amount in amounts if amount.fen and amount.cell is not None)
