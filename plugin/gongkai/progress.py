"""How far a long run is, on stderr, for a person who waits: only on a terminal and only after a second."""

from __future__ import annotations

import time

from .console import Console, is_terminal
from .language import Words

PATIENCE = 1.0
REFRESH = 0.2


class Progress:
    """Counts the files that are done and shows it, at most five times a second."""

    def __init__(self, total: int, console: Console, words: Words, *, wanted: bool = True) -> None:
        self._total = total
        self._console = console
        self._words = words
        self._wanted = wanted and is_terminal(console.err)
        self._done = 0
        self._next = time.monotonic() + PATIENCE

    def advance(self, files: int = 1) -> None:
        """So many more files are done."""
        self._done += files
        if self._wanted and time.monotonic() >= self._next:
            share = self._done * 100 // max(1, self._total)
            self._console.show_status(
                self._words(
                    f"校验中 {self._done}/{self._total}（{share}%）", f"checking {self._done}/{self._total} ({share}%)"
                )
            )
            self._next = time.monotonic() + REFRESH

    def close(self) -> None:
        """Nothing more to show."""
        self._console.clear_status()
