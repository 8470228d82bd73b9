"""One figure typed wrong, as text: the digits that a hand would strike. All amounts in 分."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import MappingProxyType

from gongkai_workbooks.amounts import AmountUnit

Slip = Callable[[int, AmountUnit, random.Random], int | None]
"""What becomes of an amount, or None where the slip cannot happen."""


def swap(fen: int, unit: AmountUnit, rng: random.Random) -> int | None:
    """Two neighbouring digits change places."""
    digits = _digits(fen, unit)
    unlike = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
    if not unlike:
        return None
    i = rng.choice(unlike)
    return _amount(fen, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :], unit)


def digit(fen: int, unit: AmountUnit, rng: random.Random) -> int | None:
    """One digit is another."""
    digits = _digits(fen, unit)
    i = rng.randrange(len(digits))
    other = rng.choice([d for d in "0123456789" if d != digits[i]])
    return _amount(fen, digits[:i] + other + digits[i + 1 :], unit)


def sign(fen: int, unit: AmountUnit, rng: random.Random) -> int | None:
    """A minus too many, or too few."""
    return -fen


def power(fen: int, unit: AmountUnit, rng: random.Random) -> int | None:
    """The decimal point is one or two places off; what then lies beyond the second decimal is rounded away."""
    factor = rng.choice((10, 100))
    return fen * factor if rng.random() < 0.5 else _rounded(fen, factor, unit.grain)


def omitted_digit(fen: int, unit: AmountUnit, rng: random.Random) -> int | None:
    """One digit is left out; the decimal point stays where it is."""
    whole, decimals = _digits(fen, unit)[:-2], _digits(fen, unit)[-2:]
    i = rng.randrange(len(whole) + 2)
    if i < len(whole):
        whole = whole[:i] + whole[i + 1 :]
    else:
        i -= len(whole)
        decimals = decimals[:i] + decimals[i + 1 :] + "0"
    return _amount(fen, whole + decimals, unit)


def other_unit(fen: int, exact: int | None, unit: AmountUnit, rng: random.Random) -> int | None:
    """One amount in 元 among 万元, to the 分 where the account is known to the 分, or one in 万元 among 元."""
    if unit.fen == 100:
        return _rounded(fen, 10_000, unit.grain)
    if exact is None:
        half = unit.half_width
        exact = fen + rng.choice((0, rng.randint(-half + 1, half - 1)))
    return exact * 10_000


SLIPS: MappingProxyType[str, Slip] = MappingProxyType(
    {"swap": swap, "digit": digit, "sign": sign, "power of ten": power, "omitted digit": omitted_digit}
)


def _digits(fen: int, unit: AmountUnit) -> str:
    """The digits as printed with two decimals: 14.72 is 1472, 0.05 is 005."""
    return str(abs(fen) // unit.grain).rjust(3, "0")


def _amount(fen: int, digits: str, unit: AmountUnit) -> int:
    return (1 if fen >= 0 else -1) * int(digits or "0") * unit.grain


def _rounded(fen: int, divisor: int, grain: int) -> int:
    steps = (2 * abs(fen) // divisor + grain) // (2 * grain)
    return (1 if fen >= 0 else -1) * steps * grain
