"""How hands go wrong: the slips that turn one figure into another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

TRANSPOSITION = "相邻两位数字颠倒"
SIGN = "正负号写反"
POWER = "小数点错位"
TEN_THOUSAND = "按元填入，相差一万倍"
ONE_DIGIT = "一位数字写错"
OMITTED_DIGIT = "漏写或多写一位数字"
OMITTED_PART = "漏加一项"
COPIED = "照抄了相邻格的数"
GONE = "该填未填"

COSTS = {
    SIGN: 0,
    TEN_THOUSAND: 0,
    TRANSPOSITION: 1_100,
    POWER: 1_400,
    OMITTED_DIGIT: 1_400,
    COPIED: 1_400,
    GONE: 0,
    OMITTED_PART: 1_600,
    ONE_DIGIT: 3_600,
}
"""How many things may happen to a figure when it slips in one of these ways: the natural logarithm, in thousandths."""
BIT = 693
"""The logarithm of two, likewise."""
FINER = 16


class Slip(NamedTuple):
    """A slip by name. ``strength`` says how seldom a figure looks like it by chance: 3 hardly ever, 2 seldom, 1 often, 0 no slip.

    ``exact`` tells that no other figure can have become what was found: no digit fell off.
    """

    name: str
    strength: int
    exact: bool


NO_SLIP = Slip("", 0, False)


def cost(slip: Slip, found: int, true: int, grain: int) -> int:
    """How unlikely it is that ``true`` became just what was found: without a slip, it may have become any figure of that size."""
    if slip.name:
        return COSTS[slip.name]
    return logarithm(max(abs(found), abs(true)) // grain)


def logarithm(number: int) -> int:
    """The natural logarithm of a whole number, in thousandths, to a few hundredths."""
    return BIT * int(number**FINER).bit_length() // FINER


def recognise(found: int, true: int, grain: int) -> Slip:
    """Name the slip by which ``true`` may have become ``found`` (both in 分, multiples of ``grain``)."""
    if found == true or grain <= 0:
        return NO_SLIP
    if found == -true:
        return Slip(SIGN, 3, True)
    a, b = abs(found) // grain, abs(true) // grain
    if (found < 0) != (true < 0) or not a or not b:
        return NO_SLIP
    small, large = sorted((a, b))
    # One digit and zeros look like many a figure.
    telling = len(str(small).rstrip("0")) > 1
    # Digits that fall off the end must leave enough of the figure to be recognised by.
    for factor in (10, 100, 1000, 10_000):
        lossless = large == small * factor
        # Nobody loses digits by writing 元 for 万元: there are more of them, and the right figure is their rounding.
        if factor == 10_000 and found and a == large and (large + factor // 2) // factor == small:
            known = telling and (lossless or small >= 100)
            return Slip(TEN_THOUSAND, 3 if known else 1, known)
        if lossless or (small >= 100 and small in (large // factor, (large + factor // 2) // factor)):
            name = TEN_THOUSAND if factor == 10_000 else POWER
            return Slip(name, (3 if lossless else 2) if telling else 1, lossless and a == large and telling)
    short, long = str(small), str(large)
    if len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long))):
        return Slip(OMITTED_DIGIT, 3 if len(long) > 3 else 1, len(long) > 3)
    # 326.93 without its 9 is 326.3, printed as 326.30.
    if a % 10 == 0 and len(str(a)) == len(str(b)) > 3 and a // 10 == b // 100 * 10 + b % 10:
        return Slip(OMITTED_DIGIT, 1, False)
    first, second = str(a), str(b)
    width = max(len(first), len(second))
    first, second = first.zfill(width), second.zfill(width)
    wrong = [i for i in range(width) if first[i] != second[i]]
    if len(wrong) == 1:
        return Slip(ONE_DIGIT, 1, False)
    if (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and first[wrong[0]] == second[wrong[1]]
        and first[wrong[1]] == second[wrong[0]]
    ):
        return Slip(TRANSPOSITION, 2, large >= 100)
    return NO_SLIP


def omitted(found: int, true: int, parts: Sequence[int], grain: int) -> Slip:
    """Whether a total was ``found`` because one of its ``parts`` was left out of ``true``. All in 分.

    It tells the figure to a step or two only, for the parts were rounded.
    """
    short = true - found
    if len(parts) > 1 and abs(found) >= 10 * grain and short in parts:
        return Slip(OMITTED_PART, 3, False)
    return NO_SLIP
