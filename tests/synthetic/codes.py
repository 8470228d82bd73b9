"""Classification codes for synthetic accounts, and which of them may take which money."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from gongkai_workbooks.forms import load_form

from .shape import Fund

_FUND_SECTIONS = ("20709", "21208", "21210", "21211", "21213", "21214", "21219", "22904", "22908", "22960")

PAID_FROM_BASIC = {
    "30108": ("2080505",),
    "30109": ("2080506",),
    "30110": ("2101101", "2101102"),
    "30111": ("2101103",),
    "30113": ("2210201",),
}
"""Economic items of 06 that repeat the basic expenditure of 项 in 05."""

BASIC_ONLY = frozenset(code for codes in PAID_FROM_BASIC.values() for code in codes)

THREE_PUBLIC = {
    "因公出国（境）费": "30212",
    "公务用车购置费": "31013",
    "公务用车运行维护费": "30231",
    "公务接待费": "30217",
}
"""Lines of 09, and the economic item of 06 that is a part of each."""

_ODD = frozenset({"30208", "30301", "30310"})
"""取暖费, 离休费 and 个人农业生产补贴: plausible only in some departments."""


@cache
def functional_names() -> dict[str, str]:
    """Names of all functional codes, 类 款 项, by code."""
    return {row["code"]: row["name"] for row in _rows()}


@cache
def items_of(fund: Fund, *, published_only: bool) -> tuple[str, ...]:
    """项 codes that money of this fund may be spent on, sorted; ``published_only`` keeps those seen in published accounts."""
    return tuple(
        row["code"]
        for row in _rows()
        if len(row["code"]) == 7 and _fund_of(row["code"]) is fund and (row["published"] == "yes" or not published_only)
    )


@cache
def economic_codes() -> tuple[str, ...]:
    """The 款 codes of table 06 that may be drawn at random: on every form, nobody's repetition, not odd, not 三公."""
    blocks = load_form("national").sheet("06").blocks
    codes = [code for block in blocks for code, _ in block if len(code) == 5]
    return tuple(code for code in codes if code not in {*PAID_FROM_BASIC, *_ODD, *THREE_PUBLIC.values()})


def _fund_of(code: str) -> Fund:
    if code.startswith("223"):
        return Fund.CAPITAL
    return Fund.GOVERNMENT if code[:5] in _FUND_SECTIONS or code[3:5] == "98" else Fund.GENERAL


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with Path(__file__).with_name("functional_codes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
