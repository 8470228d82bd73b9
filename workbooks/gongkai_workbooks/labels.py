"""Printed labels in one form, so that blanks, quotation marks, brackets and numbering do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from .grid import CellValue
from .remembered import Remembered

LONGEST_LABEL = 400
"""Longer texts are cut for comparison; no label of a table is as long."""

_QUOTES = "“”„‟\"‘’‚‛'`「」『』＂＇"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SAME = {
    **dict.fromkeys(map(ord, _QUOTES + _INVISIBLE)),
    **{ord(bracket): "(" for bracket in "〔【[［{｛"},
    **{ord(bracket): ")" for bracket in "〕】]］}｝"},
}
_NUMERALS = "一二三四五六七八九十廿卅"
_ORDINAL = re.compile(
    rf"(?:[{_NUMERALS}]{{1,4}}[、.,:]|\([{_NUMERALS}\d]{{1,4}}\)|\d{{1,2}}[、,)]|\d{{1,2}}\.?(?=[^\d.]))+"
)
_LAST_BRACKET = re.compile(r"\([^()]*\)?$")


def _plain(text: str) -> str:
    text = text[: 4 * LONGEST_LABEL]
    if "_x000" in text:
        text = text.replace("_x000D_", "").replace("_x000A_", "").replace("_x0009_", "")
    return "".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())[:LONGEST_LABEL]


plain: Callable[[str], str] = Remembered(_plain).__getitem__
"""The text for comparison: NFKC, without blanks (line breaks too), quotation marks and invisible characters, one kind of brackets.

``"合　计"`` is ``"合计"``, ``"财政拨款“三公”经费（２０２４）"`` is ``"财政拨款三公经费(2024)"``. Cut after ``LONGEST_LABEL`` characters.
"""


def _unnumbered(label: str) -> str:
    match = _ORDINAL.match(label)
    rest = label[match.end() :] if match else label
    if rest in DASHES:
        return ""
    return rest.rstrip(":") or label


unnumbered: Callable[[str], str] = Remembered(_unnumbered).__getitem__
"""A plain label without its number: ``"二十六、抗疫特别国债安排的支出"`` and ``"(一)基本支出"`` lose what stands before the name; a dash is ""."""


def without_last_bracket(label: str) -> str:
    """The label without a bracket at its end, closed or cut off: ``"使用非财政拨款结余(含专用"`` is ``"使用非财政拨款结余"``."""
    return _LAST_BRACKET.sub("", label)


DASHES = frozenset({"-", "--", "---", "—", "——", "–", "―", "/", "─", "−"})
"""Plain texts that stand for a blank."""


def cell_label(value: CellValue) -> str:
    """The plain text of a cell; "" for a cell that holds no text."""
    return plain(value) if value.__class__ is str else ""


def _printed(text: str) -> str:
    return "".join(text[: 4 * LONGEST_LABEL].split())[:LONGEST_LABEL]


printed: Callable[[str], str] = Remembered(_printed).__getitem__
"""The text as printed, without its blanks and line breaks, at most ``LONGEST_LABEL`` characters."""
