"""The rows of a worksheet part as bytes: a cell gets another style there, and rows need not be read as a tree and written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

_STANDS_FOR = b"<?gongkai-rows?>"
_UTF8 = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["']\w+["'])?\s?\?>)?\s*<[^?]"""
)
_START = re.compile(rb"<sheetData\s*>")
_END = b"</sheetData>"
_NUMBER = re.compile(rb'\s+r="([1-9][0-9]{0,6})"[\s/>]')
_LAST_ROW = 1_048_576
_ATTRIBUTES = re.compile(rb'((?:\s+[A-Za-z][\w:.-]*="[^"<]*")*)\s*/?>')
_STYLE = re.compile(rb'\ss="([0-9]{1,9})"')


class Folded(NamedTuple):
    """A worksheet part without rows, for which a processing instruction stands, and the rows by number, in their order."""

    content: bytes
    rows: dict[int, bytes]


def fold(content: bytes) -> Folded | None:
    """Take the rows out of a part; ``None`` when it is not written plainly enough to tell them without reading it.

    Plainly is: UTF-8 without comments, character data sections and instructions, so that every ``<`` begins a tag; one
    ``sheetData`` without a prefix; in it nothing but rows, each with its number first, in order. Programs write it so.
    """
    start, end = _START.search(content), content.rfind(_END)
    if start is None or end < start.end() or content.count(b"sheetData") != 2:
        return None
    # A single character is found far faster than two, and most parts have no exclamation mark.
    if _UTF8.match(content) is None or content.rfind(b"<?") > 0 or (b"!" in content and b"<!" in content):
        return None
    before, *pieces = content[start.end() : end].split(b"<row", _LAST_ROW)
    if before.strip():
        return None
    rows: dict[int, bytes] = {}
    last = 0
    for piece in pieces:
        match = _NUMBER.match(piece)
        number = 0 if match is None else int(match[1])
        if not last < number <= _LAST_ROW or not _is_whole(piece):
            return None
        rows[number] = b"<row" + piece
        last = number
    return Folded(content[: start.end()] + before + _STANDS_FOR + content[end:], rows)


def _is_whole(piece: bytes) -> bool:
    """Whether what follows ``<row`` is one row and nothing else."""
    piece = piece.rstrip()
    if piece.endswith(b"</row>"):
        return piece.count(b"</row") == 1
    return piece.endswith(b"/>") and b"<" not in piece


def unfold(content: bytes, rows: Mapping[int, bytes]) -> bytes:
    """What ``fold`` made, read and written again, with the rows in their place."""
    return content.replace(_STANDS_FOR, b"".join(rows.values()))


def restyle(row: bytes, address: str, change: Callable[[int], int]) -> tuple[bytes, int] | None:
    """A row in which one cell has the style that ``change`` makes of its own, and its own; ``None`` when it has to be read for that.

    That is so when the row has no such cell, or not exactly one that begins with its address, or has anything of other namespaces.
    """
    tag = f'<c r="{address}"'.encode()
    if row.count(tag) != 1 or b"xmlns" in row or b"<ext" in row:
        return None
    start = row.index(tag) + len(tag)
    attributes = _ATTRIBUTES.match(row, start)
    if attributes is None:
        return None
    style = _STYLE.search(row, start, attributes.end(1))
    if style is not None:
        index = int(style[1])
        return row[: style.start(1)] + str(change(index)).encode() + row[style.end(1) :], index
    if re.search(rb"\ss=", attributes[1]):
        return None
    return row[:start] + f' s="{change(0)}"'.encode() + row[start:], 0
