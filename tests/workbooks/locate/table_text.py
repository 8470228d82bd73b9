"""Grids written as text: one line a row, ``|`` between cells, ``'`` before a number that is text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.grid import CellValue, Grid
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def rows(text: str) -> list[list[CellValue]]:
    """The cells of a text table; numbers become floats, as calamine returns them."""
    return [[_cell(cell) for cell in line.split("|")] for line in text.strip("\n").split("\n")]


def _cell(text: str) -> CellValue:
    if _NUMBER.fullmatch(text):
        return float(text)
    return text.removeprefix("'")


def grid(text: str, sheet: str = "Sheet1") -> Grid:
    return Grid(sheet, rows(text))


def read(*grids: Grid | str) -> Disclosure:
    """Locate in grids, or in text tables that become Sheet1, Sheet2 ..."""
    return locate(
        [one if isinstance(one, Grid) else grid(one, f"Sheet{n}") for n, one in enumerate(grids, 1)], load_layout()
    )


def yuan(disclosure: Disclosure, table: str, item: str, column: str) -> str | None:
    """An amount of the disclosure in 元 and 分, "" when it is blank, None when there is none."""
    amount = disclosure.amount(table, item, column)
    if amount is None:
        return None
    return "" if amount.blank else f"{amount.fen // 100}.{amount.fen % 100:02}"


def wan(disclosure: Disclosure, table: str, item: str, columns: Sequence[str]) -> list[str | None]:
    """Amounts of one line in 万元 with two decimals; "" for blank ones, None where there is no cell."""
    found: list[str | None] = []
    for column in columns:
        amount = disclosure.amount(table, item, column)
        if amount is None:
            found.append(None)
        else:
            sign = "-" if amount.fen < 0 else ""
            grains = abs(amount.fen) // 10_000
            found.append("" if amount.blank else f"{sign}{grains // 100}.{grains % 100:02}")
    return found
