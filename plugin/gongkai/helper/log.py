"""The helper's log: what was asked for and what became of it, with addresses of cells and without a figure or a text of a workbook."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from gongkai.console import clean
from gongkai_workbooks.user_folders import ensure_private

BYTES = 512 * 1024
OLDER_FILES = 3
MOST_REFUSALS = 5
"""Refused requests that are told within a minute; more are only counted, so that nobody can wash the log away."""


class Log:
    """Lines with their time in a file that is kept small."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        ensure_private(path.parent)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        self._handler = RotatingFileHandler(
            path, maxBytes=BYTES, backupCount=OLDER_FILES, encoding="utf-8", errors="replace"
        )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        self._logger = logging.Logger(
            "gongkai.helper"
        )  # no child of the root: what other packages log does not come here
        self._logger.addHandler(self._handler)
        self._clock = clock
        self._minute = -1
        self._refused = 0

    def write(self, text: str) -> None:
        """One line."""
        self._logger.info("%s", clean(text))

    def refusal(self, text: str) -> None:
        """A request that was refused; in a flood of them most are only counted."""
        minute = int(self._clock() // 60)
        if minute != self._minute:
            self._count_rest()
            self._minute, self._refused = minute, 0
        self._refused += 1
        if self._refused <= MOST_REFUSALS:
            self.write(f"refused: {text}")

    def close(self) -> None:
        """Write what is counted and close the file."""
        self._count_rest()
        self._handler.close()

    def _count_rest(self) -> None:
        if self._refused > MOST_REFUSALS:
            self.write(f"refused: {self._refused - MOST_REFUSALS} more within a minute")
        self._refused = 0
