"""Amounts of money as whole 分, with the interval that rounding leaves open.

A figure printed as 14.72 万元 stands for any amount from 147150.00 to 147250.00 元: 14720000 分, half-width 5000 分. A figure in
元, or one that is stored with more decimals than are shown, stands for itself. No float takes part in a decision: a float
is turned into the decimal number that the spreadsheet program shows, and from there on all is integers.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from .cells import CellRef
from .grid import CellValue


class AmountUnit(NamedTuple):
    """元, 万元 and so on. ``fen`` is one unit in 分.

    ``step`` is set where the figures are coarser than they are printed: 元 that were 万元 with two decimals before have
    the step 10000 分.
    """

    name: str
    fen: int
    step: int = 0

    @property
    def grain(self) -> int:
        """The least difference of two figures, in 分: that of the second decimal (1 for 元, 10000 for 万元), or ``step``."""
        return self.step or self.fen // 100

    @property
    def half_width(self) -> int:
        """Half the step where the unit rounds (万元: 5000 分), 0 for 元, which has no smaller coin to lose."""
        return self.grain // 2


YUAN = AmountUnit("元", 100)
WAN_YUAN = AmountUnit("万元", 1_000_000)
AMOUNT_UNITS = {
    unit.name: unit
    for unit in (
        YUAN,
        AmountUnit("百元", 10_000),
        AmountUnit("千元", 100_000),
        WAN_YUAN,
        AmountUnit("亿元", 10_000_000_000),
    )
}


class Amount(NamedTuple):
    """One published amount. A tuple, because thousands are made for each workbook.

    ``fen`` is the figure in 分, ``half_width`` half the width of its rounding interval in 分 (0: exact), ``blank`` tells an
    empty cell (exactly 0) from a printed 0.00, ``text`` a number that is stored as text. ``cell`` is None only for
    the amount of a line that the table does not have, which is a blank. ``raw`` is the text of the cell, unchanged, when
    ``text`` is set, else "".
    """

    fen: int
    half_width: int
    cell: CellRef | None
    blank: bool = False
    text: bool = False
    raw: str = ""


class Figure(NamedTuple):
    """What an amount cell says: 分, half-width, and whether it was text. See ``read_figure``."""

    fen: int
    half_width: int
    text: bool


MAX_UNITS = 1e12
"""Amounts beyond this many units are no amounts of a department: a slip, or a hostile file."""

_DASHES = frozenset({"", "-", "--", "---", "—", "——", "–", "―", "/", "\\", "−", "─", "——-", "无", "*"})
_LONGEST_ENDING = 40
_STATED_UNIT = re.compile(r"(?:[百千万亿]?元|万)$")
_PLAIN_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d*)(\.\d*)?")


def read_figure(value: CellValue, unit: AmountUnit) -> Figure | str | None:
    """Read the value of an amount cell.

    Returns a ``Figure``; ``None`` for a blank (empty, ``-``, ``—``, ``/``); or, when the cell holds something that is no amount,
    the reason in Chinese. Full-width digits, thousands separators, brackets for a negative amount and a leading ¥ are read, and a unit
    behind the number, which then counts instead of ``unit``; letters O and l for digits, two decimal points or blanks inside a
    number are not guessed at.
    """
    if value.__class__ is float or value.__class__ is int:
        number = float(value)
        if not -MAX_UNITS < number < MAX_UNITS:
            return "数值过大或不是有限数"
        steps = round(number * 100)
        if steps / 100 == number:
            return Figure(steps * unit.fen // 100, unit.half_width, False)
        return _decimal_figure(Decimal(f"{number:.15g}"), unit, False)
    if isinstance(value, str):
        return _text_figure(value, unit)
    if isinstance(value, bool):
        return "是逻辑值，不是金额"
    return "是日期或时间，不是金额"


def _decimal_figure(number: Decimal, unit: AmountUnit, text: bool) -> Figure:
    fen = number * unit.fen
    whole = int(fen.to_integral_value())
    if number * 100 == int(number * 100):
        return Figure(whole, unit.half_width, text)
    # More decimals than are shown: the amount itself. A remainder below 1 分 (a formula's division) leaves 1 分 open.
    return Figure(whole, 0 if fen == whole else 1, text)


def _text_figure(value: str, unit: AmountUnit) -> Figure | str | None:
    text = unicodedata.normalize("NFKC", value).strip().strip("'`").strip()
    if "".join(text.split()) in _DASHES:
        return None
    text = text.lstrip("¥").strip()
    own = stated_unit(text)
    if own is not None:
        text = _STATED_UNIT.sub("", text).strip()
        unit = unit if own.fen == unit.fen else own
    negative = False
    if len(text) > 2 and text[0] == "(" and text[-1] == ")":
        negative, text = True, text[1:-1].strip()
    text = text.replace("−", "-").replace("–", "-").replace("—", "-")
    if text[:1] in ("▲", "△"):
        negative, text = True, text[1:].strip()
    match = _PLAIN_NUMBER.fullmatch(text)
    if match is None or not any(character.isdigit() for character in text) or len(text) > 40:
        return "不是金额"
    number = Decimal(text.replace(",", ""))
    if abs(number) >= Decimal(MAX_UNITS):
        return "数值过大"
    return _decimal_figure(-number if negative else number, unit, True)


def stated_unit(text: str) -> AmountUnit | None:
    """The unit that stands behind the number of an amount cell: 14.72万元; None when there is none."""
    found = _STATED_UNIT.search(unicodedata.normalize("NFKC", text[-_LONGEST_ENDING:]).strip().strip("'`").strip())
    return AMOUNT_UNITS["万元" if found[0] == "万" else found[0]] if found else None


def format_fen(fen: int, unit: AmountUnit, *, sign: bool = False, separators: bool = False) -> str:
    """The amount in ``unit`` with two decimals, or as many more as it needs: 14720000 分 in 万元 is ``14.72``."""
    number = (Decimal(fen) / Decimal(unit.fen)).normalize()
    exponent = number.as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{number:{'+' if sign else ''}{',' if separators else ''}.{decimals}f}"
