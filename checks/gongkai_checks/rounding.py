"""When is a sum wrong? The interval test for rounding differences (尾差), in whole 分.

Each published figure v stands for a true amount in an interval: [v - h, v + h] when it was rounded half up, [v, v + 2h] when it was cut
off (towards zero), v itself when it is exact. A relation is possible when the intervals admit it. See docs/rounding.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from math import comb, factorial

from .options import ProfileName


class Verdict(Enum):
    """What the interval test says of one relation."""

    HOLDS = "holds"
    ROUNDING = "rounding"
    """A difference that rounding explains."""
    IMPROBABLE = "improbable"
    """Explained by rounding, but unlikely so in a long sum."""
    BOUNDARY = "boundary"
    """Explained only if every figure sits at the very end of its interval."""
    VIOLATED = "violated"


LONG_SUM = 6
"""From this many printed figures on, a difference is also held against chance."""

PROFILE_LABELS = {"half_up": "四舍五入", "truncate": "截位", "balanced": "舍位平衡"}


def interval(fen: int, half_width: int, profile: ProfileName) -> tuple[int, int]:
    """How far the true amount may lie below and above a printed figure, in 分 (the first is never positive)."""
    if profile == "half_up":
        return -half_width, half_width
    if profile == "truncate":
        return (0, 2 * half_width) if fen >= 0 else (-2 * half_width, 0)
    return 0, 0


def bounds(terms: Iterable[tuple[int, int, int]], profile: ProfileName, exact: bool) -> tuple[int, int]:
    """The least and greatest error that rounding can bring into a sum of ``(sign, fen, half_width)``, in 分."""
    if exact or profile == "balanced":
        return 0, 0
    low = high = 0
    for sign, fen, half_width in terms:
        below, above = interval(fen, half_width, profile)
        if sign > 0:
            low, high = low + below, high + above
        else:
            low, high = low - above, high - below
    return low, high


def judge(difference: int, low: int, high: int, printed: int, grain: int, inequality: bool = False) -> Verdict:
    """Judge ``difference`` (left minus right, in 分) against the rounding bounds ``low`` <= 0 <= ``high``.

    ``printed`` is the number of printed figures and ``grain`` the printed step in 分. An inequality (left at most right) is violated only
    when even the smallest left exceeds the largest right.
    """
    least, most = difference + low, difference + high
    if inequality:
        if least > 0:
            return Verdict.VIOLATED
        return Verdict.HOLDS if difference <= 0 else Verdict.ROUNDING
    if difference == 0:
        return Verdict.HOLDS
    if least > 0 or most < 0:
        return Verdict.VIOLATED
    if least == 0 or most == 0:
        return Verdict.BOUNDARY
    # |D| > 3.3 * sqrt(k / 12) grains: beyond 3.3 standard deviations of k uniform rounding errors. Figures that are cut off lean one way.
    twice = 2 * difference + low + high
    if (
        printed >= LONG_SUM
        and grain
        and 300 * twice * twice > 1089 * printed * grain * grain
        and twice * difference > 0
    ):
        return Verdict.IMPROBABLE
    return Verdict.ROUNDING


def chance(difference: int, low: int, high: int, printed: int, grain: int) -> Fraction:
    """How likely rounding alone makes the ``printed`` figures of a sum disagree by ``difference`` or more, either way.

    The total is the rounded sum of the others, and the rounding errors of these are uniform: their sum has the distribution of Irwin and Hall.
    """
    parts = printed - 1
    if parts < 1 or not grain:
        return Fraction(1)
    off = abs(Fraction(2 * difference + low + high, 2 * grain)) - Fraction(1, 2)
    point = Fraction(parts, 2) - off
    if point <= 0:
        return Fraction(0)
    terms = (Fraction((-1) ** j * comb(parts, j) * (point - j) ** parts) for j in range(min(parts, int(point)) + 1))
    below = sum(terms, Fraction()) / factorial(parts)
    return min(Fraction(1), 2 * below)
