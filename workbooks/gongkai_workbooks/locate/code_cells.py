"""Codes of the functional and economic classification as they stand in cells: text or number, alone or with the name."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import DASHES, plain
from gongkai_workbooks.remembered import Remembered

CODE_AND_NAME = re.compile(r"\(?(\d{3,9})\)?[-_:.、]?(\D.*)?")
"""A plain text that begins with a code: ``208``, ``208社会保障和就业支出``, ``(20805)行政事业单位养老支出``."""
CODE_LENGTHS = (3, 5, 7)

_SEPARATORS = str.maketrans("", "", "-._·/")


def code_text(value: CellValue) -> str:
    """The text of a code cell without blanks, "" for a dash; a code that is stored as a number has no decimals, ``2080505.0`` is ``2080505``."""
    if value.__class__ is str:
        return code_of_text(value)
    if isinstance(value, (int, float)) and abs(value) < 1e12 and value == int(value):
        return str(int(value))
    return plain(str(value))


def _code_of_text(text: str) -> str:
    label = plain(text)
    if label in DASHES:
        return ""
    for decimals in (".0", ".00"):
        label = label.removesuffix(decimals) if label.removesuffix(decimals).isdecimal() else label
    joined = label.translate(_SEPARATORS)
    return joined if joined.isdecimal() and len(joined) in CODE_LENGTHS else label


code_of_text: Callable[[str], str] = Remembered(_code_of_text).__getitem__
"""``code_text`` of a cell that holds text."""
