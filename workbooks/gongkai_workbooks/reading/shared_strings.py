"""Guards for the parts that all sheets share: the texts and the styles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from gongkai_workbooks.errors import UnreadableError

from .limits import MAX_TEXT_BYTES
from .zip_archive import DAMAGED, TOO_LARGE

_COUNT = re.compile(rb"uniqueCount\s*=\s*[\"']\s*\+?0*([0-9]+)")
_LONG_FORMAT = rb"formatCode\s*=\s*(?:\"[^\"]{2048}|'[^']{2048})"
_INDEX = rb">\s*\+?0*([0-9]{1,9})"
_LONG_TEXT = 1_000
_SMALL_STYLES = 1 << 16


def guarded_strings(xml: bytes) -> bytes:
    """The shared strings for calamine, which trusts their declared number enough to allocate for it."""
    for match in _COUNT.finditer(xml):
        if len(match[1]) > 9 or int(match[1]) * 4 > len(xml):
            return xml.replace(b"uniqueCount", b"wrongCount")
    return xml


def guarded_styles(xml: bytes) -> bytes:
    """The styles for calamine; number formats of many thousand characters would be read anew for each cell style."""
    if len(xml) > _SMALL_STYLES and re.search(_LONG_FORMAT, xml):
        raise UnreadableError(DAMAGED)
    return xml


def check_amount_of_text(strings: bytes, sheets: Iterable[bytes], cells: int) -> None:
    """Raise ``UnreadableError`` when the sheets could name more text than the limit: each mention is a copy in memory."""
    if cells * len(strings) <= MAX_TEXT_BYTES:
        return
    lengths = _lengths(strings)
    if cells * max(lengths, default=0) <= MAX_TEXT_BYTES:
        return
    long_texts = {b"%d" % index: length for index, length in enumerate(lengths) if length > _LONG_TEXT}
    total = cells * _LONG_TEXT
    for sheet in sheets:
        for index in re.findall(_INDEX, sheet):
            total += long_texts.get(index, 0)
        if total > MAX_TEXT_BYTES:
            raise UnreadableError(TOO_LARGE)


def _lengths(xml: bytes) -> list[int]:
    lengths: list[int] = []
    current = 0

    def text(data: str) -> None:
        nonlocal current
        current += len(data) * 3

    def end(name: str) -> None:
        nonlocal current
        if name.rpartition(":")[2] == "si":
            lengths.append(current)
            current = 0

    parser = expat.ParserCreate()
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableError(DAMAGED) from error
    return lengths
