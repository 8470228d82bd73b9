"""Many cells in one address: ``F5,F7:H7``, as long as a spreadsheet program takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai_workbooks.cells import column_letters, parse_a1
from gongkai_workbooks.grid import Span

LONGEST = 255
"""Characters that Excel takes as an address."""


def span_address(span: Span) -> str:
    """``F5`` or ``F5:H7``."""
    first = f"{column_letters(span.left)}{span.top}"
    last = f"{column_letters(span.right)}{span.bottom}"
    return first if first == last else f"{first}:{last}"


def addresses(spans: Iterable[Span]) -> Iterator[str]:
    """The spans as few addresses of several areas each, none longer than ``LONGEST``."""
    joined = ""
    for span in spans:
        address = span_address(span)
        if joined and len(joined) + 1 + len(address) > LONGEST:
            yield joined
            joined = ""
        joined = f"{joined},{address}" if joined else address
    if joined:
        yield joined


def span_at(address: str) -> Span:
    """The span of an address such as ``$F$5:$H$7``. Raises ``ValueError``."""
    first, _, last = address.partition(":")
    (top, left), (bottom, right) = parse_a1(first), parse_a1(last or first)
    return Span(top, left, bottom, right)
