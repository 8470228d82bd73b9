"""``gongkai clear``: take the marks, the notes and the results sheet out of workbooks."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from gongkai.console import Console
from gongkai.language import Words
from gongkai.taking_back import take_back
from gongkai_workbooks.edits import Refusal


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Clear each file; corrected values stay."""
    return take_back(
        arguments,
        console,
        words,
        _clear,
        words("已清除标记、批注和结果清单。", "marks, notes and list of results removed."),
    )


def _clear(path: Path, output: Path, password: str | None) -> Sequence[Refusal]:
    from gongkai_workbooks.package import clear_marks

    return clear_marks(path, output, password=password)
