"""项 99 of 款 99: 其他…支出 that stands for a whole class, such as 2089999."""

from __future__ import annotations


def is_unallocated(code: str, length: int) -> bool:
    """True when the section (``length`` 5) of ``code`` is the 99 that its item 99 repeats, as 20899 of 2089999."""
    return length == 5 and len(code) == 7 and code.endswith("9999")
