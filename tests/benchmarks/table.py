"""Tables in Markdown, as they are printed and as ``docs/benchmarks.md`` keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[0-9*]")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Headings and rows; columns of figures are set to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    right = [all(_NUMBER.match(row[column]) for row in cells) for column in range(len(headings))]
    lines = [headings, ["--:" if figures else "---" for figures in right], *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
