"""How hands go wrong: the slips that turn one figure into another."""

from __future__ import annotations

TRANSPOSITION = "相邻两位数字颠倒"
SIGN = "正负号写反"
POWER = "小数点错位"
TEN_THOUSAND = "按元填入（相差一万倍）"
ONE_DIGIT = "一位数字写错"
OMITTED_DIGIT = "漏写或多写一位数字"


def recognise(found: int, true: int, grain: int) -> str:
    """Name the slip by which ``true`` may have become ``found`` (both in 分, multiples of ``grain``), or ``""``."""
    if found == true or grain <= 0:
        return ""
    if found == -true:
        return SIGN
    a, b = abs(found) // grain, abs(true) // grain
    if (found < 0) != (true < 0) or not a or not b:
        return ""
    small, large = sorted((a, b))
    # Digits that fall off the end must leave enough of the figure to be recognised by.
    for factor in (10, 100, 1000, 10_000):
        if large // factor == small and (large % factor == 0 or small >= 100):
            return TEN_THOUSAND if factor == 10_000 else POWER
    short, long = str(small), str(large)
    if len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long))):
        return OMITTED_DIGIT
    first, second = str(a), str(b)
    width = max(len(first), len(second))
    first, second = first.zfill(width), second.zfill(width)
    wrong = [i for i in range(width) if first[i] != second[i]]
    if len(wrong) == 1:
        return ONE_DIGIT
    if (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and first[wrong[0]] == second[wrong[1]]
        and first[wrong[1]] == second[wrong[0]]
    ):
        return TRANSPOSITION
    return ""
