"""A ZIP package without compression, built in memory for calamine: it holds what was unzipped and checked, and nothing else."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

_LOCAL = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


def stored_zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The package with these parts, by name (ASCII) and content."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, content in parts:
        raw = name.encode("ascii")
        size = len(content)
        checksum = zlib.crc32(content)
        pieces += (_LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, checksum, size, size, len(raw), 0), raw, content)
        directory += (
            _ENTRY.pack(b"PK\x01\x02", 20, 20, 0, 0, 0, 33, checksum, size, size, len(raw), 0, 0, 0, 0, 0, offset),
            raw,
        )
        offset += _LOCAL.size + len(raw) + size
    count = len(directory) // 2
    listing = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*pieces, listing, end))
