"""Rows of a worksheet part that nobody asks for stay bytes: in the tree, a processing instruction stands for each run of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

_TARGET = "gongkai-rows"
"""Target of the processing instruction; its text is the number of the run, from 0."""

_STANDS_FOR = re.compile(rb"<\?" + _TARGET.encode() + rb" ([0-9]+)\?>")
_UTF8 = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["']\w+["'])?\s?\?>)?\s*<[^?]"""
)
_START = re.compile(rb"<sheetData\s*>")
_END = b"</sheetData>"
_NUMBER = re.compile(rb'\s+r="([1-9][0-9]{0,6})"[\s/>]')

_MOST_ROWS = 1_048_576


class Run(NamedTuple):
    """Rows that follow each other: number of the first and of the last, and their XML."""

    first: int
    last: int
    xml: bytes


class Folded(NamedTuple):
    """A worksheet part with processing instructions in the place of ``runs``."""

    content: bytes
    runs: Sequence[Run]


def fold(content: bytes, wanted: Collection[int]) -> Folded | None:
    """Fold all rows but the ``wanted`` ones; ``None`` when the part is not written plainly enough to tell rows without reading it.

    Plainly is: UTF-8 without comments, character data sections and instructions, so that every ``<`` begins a tag; one
    ``sheetData`` without a prefix; in it nothing but rows, each with its number first, in order. Programs write it so.
    """
    start, end = _START.search(content), content.rfind(_END)
    if start is None or end < start.end() or content.count(b"sheetData") != 2:
        return None
    if _UTF8.match(content) is None or content.rfind(b"<?") > 0 or content.rfind(b"<!") >= 0:
        return None
    before, *rows = content[start.end() : end].split(b"<row", _MOST_ROWS)
    if before.strip():
        return None
    pieces = [content[: start.end()]]
    runs: list[Run] = []
    first = number = 0
    waiting: list[bytes] = []
    for row in rows:
        match = _NUMBER.match(row)
        following = 0 if match is None else int(match[1])
        if following <= number or not _is_whole(row):
            return None
        if following in wanted:
            _close(pieces, runs, Run(first, number, b"".join(waiting)))
            waiting.clear()
            pieces += (b"<row", row)
        else:
            if not waiting:
                first = following
            waiting += (b"<row", row)
        number = following
    _close(pieces, runs, Run(first, number, b"".join(waiting)))
    return Folded(b"".join([*pieces, content[end:]]), runs)


def _is_whole(row: bytes) -> bool:
    """Whether what follows ``<row`` is one row and nothing else."""
    row = row.rstrip()
    if row.endswith(b"</row>"):
        return row.count(b"</row") == 1
    return row.endswith(b"/>") and b"<" not in row


def _close(pieces: list[bytes], runs: list[Run], run: Run) -> None:
    if run.xml:
        pieces.append(f"<?{_TARGET} {len(runs)}?>".encode())
        runs.append(run)


def unfold(content: bytes, runs: Sequence[Run]) -> bytes:
    """What ``fold`` made, serialised, with the runs in their places again."""
    return _STANDS_FOR.sub(lambda match: runs[int(match[1])].xml, content)
