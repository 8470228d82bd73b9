"""Taking back what gongkai wrote into workbooks: the way that ``clear`` and ``undo`` share."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from gongkai_workbooks.edits import Refusal
from gongkai_workbooks.errors import PasswordError, WorkbookError

from .console import Console, clean
from .crash import crash_sentence
from .language import Words
from .passwords import asked_passwords
from .paths import find_workbooks, shown_path
from .settings import Rewrite
from .targets import ensure_writable, prepare_targets

TakeBack = Callable[[Path, Path, str | None], Sequence[Refusal]]
"""Writes the workbook at the first path, without what is taken back, to the second; the third is its password. Returns what was left alone."""


def take_back(arguments: Namespace, console: Console, words: Words, work: TakeBack, done: str) -> int:
    """Apply ``work`` to each file that is named; ``done`` says what became of it. 2 when one of them could not be done.

    With ``--output-dir`` the file stays, and the result has its name there.
    """
    search = find_workbooks(arguments.paths, words)
    for problem in search.problems:
        console.say((problem, "error"))
    failed = bool(search.problems) or not search.workbooks
    folder = Path(arguments.output_dir) if arguments.output_dir is not None else None
    if folder is not None:
        prepare_targets(search.workbooks, Rewrite(output_dir=folder), words)
    for workbook in search.workbooks:
        target = workbook.path if folder is None else folder / workbook.below
        try:
            ensure_writable(target, words)
            left = _with_password(work, workbook.path, target, arguments.password, console, words)
        except WorkbookError as error:
            failed = True
            console.say((clean(words.error(str(error))), "error"))
            continue
        except Exception as error:
            failed = True
            console.say((f"{workbook.shown}：{crash_sentence(error, words)}", "error"))
            continue
        if not arguments.quiet:
            console.print(f"{shown_path(target)}  {done}")
        for refusal in left:
            console.print(
                f"{shown_path(target)}  ",
                (words("未动 ", "left alone "), "warning"),
                clean(words(f"{refusal.cell}：{refusal.reason}", f"{refusal.cell}: {words.error(refusal.reason)}")),
            )
    return 2 if failed else 0


def _with_password(
    work: TakeBack, path: Path, target: Path, password: str | None, console: Console, words: Words
) -> Sequence[Refusal]:
    """Do it with the password that was given, or with one that is asked for where it is wanted. Raises ``PasswordError``."""
    try:
        return work(path, target, password)
    except PasswordError as error:
        refused = error
    for asked in asked_passwords(path, console, words):
        try:
            return work(path, target, asked)
        except PasswordError as error:
            refused = error
    raise refused
