"""Libraries of Windows that have no code of their own: every function in them stands for one of another library."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_PLACE = 0x1000
"""Where the only section lies in memory."""
_BLOCK = 512


def forwarding_library(name: str, functions: Mapping[str, str]) -> bytes:
    """The library ``name``, 64 bit; each of its ``functions`` is the one of another library, written ``library.function``."""
    table = _exports(name, functions)
    length = -(-len(table) // _BLOCK) * _BLOCK
    head = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64) + b"PE\0\0"
    # A library (0x2000) that can run (2) and knows large addresses (0x20), for x86-64.
    head += struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    head += struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, length, 0, 0, _PLACE)
    head += struct.pack(
        "<QIIHHHHHHIIIIHH", 0x6F0000000, _PLACE, _BLOCK, 6, 0, 0, 0, 6, 0, 0, 0x2000, _BLOCK, 0, 2, 0x100
    )
    head += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    head += struct.pack("<II", _PLACE, len(table)).ljust(8 * 16, b"\0")
    head += struct.pack("<8sIIIIIIHHI", b".rdata", len(table), _PLACE, length, _BLOCK, 0, 0, 0, 0, 0x40000040)
    return head.ljust(_BLOCK, b"\0") + table.ljust(length, b"\0")


def _exports(name: str, functions: Mapping[str, str]) -> bytes:
    """The table of what the library offers, as it lies at ``_PLACE``."""
    names = sorted(functions)
    count = len(names)
    targets = _PLACE + 40
    titles = targets + 4 * count
    numbers = titles + 4 * count
    texts, places = b"", {}
    for text in (name, *names, *functions.values()):
        places[text] = numbers + 2 * count + len(texts)
        texts += text.encode("ascii") + b"\0"
    table = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, places[name], 1, count, count, targets, titles, numbers)
    table += struct.pack(f"<{count}I", *(places[functions[text]] for text in names))
    table += struct.pack(f"<{count}I", *(places[text] for text in names))
    return table + struct.pack(f"<{count}H", *range(count)) + texts
