"""Figures in 元 that were rounded to 0.01 万元 before: every one of them ends in two noughts before the decimal point."""

from __future__ import annotations

from collections.abc import Collection

from gongkai_workbooks.amounts import WAN_YUAN, YUAN, AmountUnit
from gongkai_workbooks.disclosure import Table

ROUNDED_YUAN = AmountUnit(YUAN.name, YUAN.fen, WAN_YUAN.grain)
"""元 in steps of 100.00 元."""
_LEAST = 10
"""So many different figures are no coincidence."""


def take_rounded_yuan(tables: Collection[Table], unit: AmountUnit) -> AmountUnit:
    """Give the amounts of ``tables`` that are in 元 the half-width of 0.01 万元, if all of them are multiples of 100.00 元.

    ``unit`` is that of tables which state none. Returns what it has become. Amounts in 元 with 角 and 分, or too few to tell, are left as
    they are.
    """
    in_yuan = [table for table in tables if (table.amount_unit or unit) == YUAN]
    different: set[int] = set()
    for table in in_yuan:
        figures = table.amounts.figures()
        if any(fen % ROUNDED_YUAN.grain for fen in figures):
            return unit
        different.update(figures)
    if len(different - {0}) < _LEAST:
        return unit
    for table in in_yuan:
        table.amounts.widen(ROUNDED_YUAN.half_width)
        table.amount_unit = table.amount_unit and ROUNDED_YUAN
    return ROUNDED_YUAN if unit == YUAN else unit
