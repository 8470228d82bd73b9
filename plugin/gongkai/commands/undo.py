"""``gongkai undo``: take back the last run that wrote into a workbook."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from gongkai.console import Console
from gongkai.language import Words
from gongkai.taking_back import take_back
from gongkai_workbooks.edits import Refusal


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Restore each file; cells that were changed since are left alone and named."""
    return take_back(
        arguments, console, words, _undo, words("已撤销上次修正和标记。", "last correction and its marks taken back.")
    )


def _undo(path: Path, output: Path, password: str | None) -> Sequence[Refusal]:
    from gongkai_workbooks.package import undo_edits

    return undo_edits(path, output, password=password)
