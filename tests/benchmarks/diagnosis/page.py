"""``docs/diagnosis.md``: the places in it that the benchmark fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from .bars import bar_table, bars
from .case import Case
from .table import by_kind, letters
from .times import machine, time_table

PAGE = Path(__file__).parents[3] / "docs" / "diagnosis.md"
TIMES = "times"
"""The one block that depends on the machine."""
_TEN = 10


def blocks(cases: Sequence[Case], correct: int, alarms: int) -> dict[str, str]:
    """What stands between ``<!-- name -->`` and ``<!-- end -->``, by name."""
    return {
        "bars": bar_table(bars(cases, correct, alarms)),
        "kinds": by_kind(cases),
        "letters": "```\n" + "\n".join(_line(kind, row) for kind, row in letters(cases).items()) + "\n```",
        TIMES: f"{machine()}\n\n{time_table(cases)}",
    }


def read_block(name: str, text: str) -> str:
    """What stands at a place of the page. Raises ``ValueError`` when there is no such place."""
    start, end = _place(name, text)
    return text[start:end].strip("\n")


def read_letters(text: str) -> dict[str, str]:
    """The letters by kind, as the page has them."""
    rows = [line.split("  ", 1) for line in read_block("letters", text).splitlines() if not line.startswith("```")]
    return {kind: row.replace(" ", "") for kind, row in rows}


def filled(text: str, found: Mapping[str, str]) -> str:
    """The page with other blocks."""
    for name, block in found.items():
        start, end = _place(name, text)
        text = f"{text[:start]}\n{block}\n\n{text[end:]}"
    return text


def _line(kind: str, row: str) -> str:
    tens = [row[i : i + _TEN] for i in range(0, len(row), _TEN)]
    return f"{kind:<24}  {' '.join(tens)}"


def _place(name: str, text: str) -> tuple[int, int]:
    start = text.index(f"<!-- {name} -->\n") + len(f"<!-- {name} -->\n")
    return start, text.index("<!-- end -->", start)
