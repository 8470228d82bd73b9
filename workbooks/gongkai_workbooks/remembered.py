"""Results kept by the text that they were made of: what is asked for hundreds of times a workbook must cost next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_LONGEST = 120
_MOST = 32_768


class Remembered(dict[str, T]):
    """What ``make`` makes of each text, made when it is first asked for: ``remembered[text]``.

    Texts of more than 120 characters are not kept, and no more than 32768 others.
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[str], T]) -> None:
        self._make = make

    def __missing__(self, text: str) -> T:
        made = self._make(text)
        if len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[text] = made
        return made
