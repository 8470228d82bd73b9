"""The last few workbooks that were checked, cell for cell: what has not changed since is not checked again."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from gongkai.report import FileReport
from gongkai_checks.options import Options
from gongkai_workbooks.grid import Grid

MOST = 6
"""A correction alone looks at three: before it, as it will be, and as it is then."""


class _Seen(NamedTuple):
    name: str
    options: Options
    grids: tuple[Grid, ...]
    report: FileReport


class Examined:
    """Reports by all that they depend on."""

    def __init__(self) -> None:
        self._seen: deque[_Seen] = deque(maxlen=MOST)

    def find(self, name: str, options: Options, grids: tuple[Grid, ...]) -> FileReport | None:
        """The report of exactly these sheets; None when they were not checked lately."""
        for seen in reversed(self._seen):
            if (seen.name, seen.options) == (name, options) and seen.grids == grids:
                return seen.report
        return None

    def keep(self, name: str, options: Options, grids: tuple[Grid, ...], report: FileReport) -> None:
        """Remember a report. The sheets must not be changed any more."""
        self._seen.append(_Seen(name, options, grids, report))
