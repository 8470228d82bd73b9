"""Addresses of cells: ``CellRef("公开03", 12, 6)`` is ``公开03!F12``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Letters of a column counted from 1: 1 is ``A``, 27 is ``AA``."""
    if column < 1:
        raise ValueError(f"columns count from 1, not {column}")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Number of a column, counted from 1: ``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"not a column: {letters!r}")
        number = number * 26 + ord(letter) - 64
    return number


def parse_a1(address: str) -> tuple[int, int]:
    """Row and column, both from 1, of an address such as ``F12`` or ``$F$12``."""
    match = _A1.fullmatch(address)
    if match is None:
        raise ValueError(f"not a cell address: {address!r}")
    return int(match[2]), column_number(match[1])


class CellRef(NamedTuple):
    """One cell of a workbook. A tuple, because thousands are made for each workbook; rows and columns count from 1.

    ``sheet`` is the name of the tab as it stands in the file. The order is that of the tuple: by sheet name, row, column.
    """

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The address inside the sheet, ``F12``."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"
