"""What a run may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProfileName = Literal["half_up", "truncate", "balanced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of a check. ``select`` and ``ignore`` are codes or prefixes of codes; the longest match wins."""

    profile: ProfileName = "half_up"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: Literal["zh", "en"] = "zh"
    show_rounding: bool = False
    dictionary: str | None = None
    """Path of a CSV (code,name) that replaces the built-in functional and economic classification lists."""
    seconds: float = 2.0
    """The most work that finding out what is wrong may take, for each workbook, in seconds of a usual machine; what is left then is told as plain
    differences. It is counted, not timed: however slow a machine is, the findings are the same."""
    joint: bool = False
    """Hold all relations together, even where each holds by itself: a little stricter, and slower."""
