"""What a cell of a spreadsheet can hold, in a saved file as in an open workbook."""

from __future__ import annotations

import math

from .grid import CellValue

LONGEST_TEXT = 32_767
"""Characters."""


def unwritable(value: CellValue) -> str:
    """Why a value cannot be written, in Chinese; ``""`` when it can."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"新值超过 {LONGEST_TEXT} 个字符"
    if isinstance(value, int | float):
        try:
            if not math.isfinite(float(value)):
                return "新值不是有效的数字"
        except OverflowError:
            return "新值不是有效的数字"
    return ""
