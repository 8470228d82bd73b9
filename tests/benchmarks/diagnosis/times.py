"""What diagnosis costs: processor time, which depends on the machine and is never compared."""

from __future__ import annotations

import math
import os
import platform
import statistics
import time
from collections.abc import Sequence

from .case import Case
from .table import markdown

WANTED = ("wanted", "", "15", "150", "")


def time_table(cases: Sequence[Case]) -> str:
    """Milliseconds that were added to a check, of the cases in which something had to be diagnosed."""
    rows = [_row(name, some) for name, some in (("one cell", _of(cases, 1)), ("more", _of(cases, 2)), ("all", cases))]
    heading = ("added, ms", "diagnosed", "median", "95 %", "most")
    return markdown(heading, [*filter(None, rows), WANTED], texts=heading[:1])


def machine() -> str:
    """When and where the times were taken."""
    return f"{time.strftime('%Y-%m-%d')}: {platform.system()}, Python {platform.python_version()}, {os.cpu_count()} processors."


def _of(cases: Sequence[Case], cells: int) -> list[Case]:
    return [case for case in cases if case.injection.single == (cells == 1)]


def _row(name: str, cases: Sequence[Case]) -> list[str]:
    milliseconds = sorted(1000 * case.seconds for case in cases if case.seconds)
    if not milliseconds:
        return []
    of_twenty = milliseconds[math.ceil(0.95 * len(milliseconds)) - 1]
    figures = (statistics.median(milliseconds), of_twenty, milliseconds[-1])
    return [name, str(len(milliseconds)), *(f"{figure:.1f}" for figure in figures)]
