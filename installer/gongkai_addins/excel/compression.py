"""Compress and expand the streams of a VBA project ([MS-OVBA] 2.4.1): chunks of 4,096 bytes, each a run of letters and of copies of earlier letters."""

from __future__ import annotations

import struct

CHUNK = 4096
SIGNATURE = 0x01
SHORTEST_COPY = 3
NEAREST_TRIED = 64
"""How many earlier places are compared for the longest copy; more costs time and saves next to nothing."""

COMPRESSED, RAW = 0xB000, 0x3000


def compress(data: bytes) -> bytes:
    """The compressed form of ``data``."""
    out = bytearray([SIGNATURE])
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        tokens = _tokens(chunk)
        if len(tokens) < CHUNK:
            out += struct.pack("<H", COMPRESSED | (len(tokens) - 1)) + tokens
        else:  # nothing repeats: stored as it is, filled up to a whole chunk
            out += struct.pack("<H", RAW | (CHUNK - 1)) + chunk.ljust(CHUNK, b"\0")
    return bytes(out)


def _tokens(chunk: bytes) -> bytes:
    """Groups of eight tokens, each group after a byte whose bits tell copies (1) from letters (0)."""
    out = bytearray()
    seen: dict[bytes, list[int]] = {}
    here = 0
    while here < len(chunk):
        flags_at = len(out)
        out.append(0)
        for bit in range(8):
            if here == len(chunk):
                break
            offset, length = _longest_copy(chunk, here, seen.get(chunk[here : here + SHORTEST_COPY], []))
            if length:
                out[flags_at] |= 1 << bit
                out += struct.pack("<H", (offset - 1) << _length_bits(here) | (length - SHORTEST_COPY))
            else:
                length = 1
                out.append(chunk[here])
            for place in range(here, here + length):
                seen.setdefault(chunk[place : place + SHORTEST_COPY], []).append(place)
            here += length
    return bytes(out)


def _longest_copy(chunk: bytes, here: int, places: list[int]) -> tuple[int, int]:
    """How far back the longest copy begins, and its length; (0, 0) when there is none."""
    longest = min((1 << _length_bits(here)) - 1 + SHORTEST_COPY, len(chunk) - here)
    best = (0, 0)
    if longest < SHORTEST_COPY:
        return best
    for place in places[: -NEAREST_TRIED - 1 : -1]:
        length = SHORTEST_COPY
        while length < longest and chunk[place + length] == chunk[here + length]:
            length += 1
        if length > best[1]:
            best = (here - place, length)
    return best


def _length_bits(here: int) -> int:
    """Bits of a copy token that tell its length: the farther into the chunk, the more bits the offset needs and the fewer are left."""
    return 16 - max(4, (here - 1).bit_length())
