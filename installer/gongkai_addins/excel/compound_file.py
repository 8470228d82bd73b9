"""Write a compound file ([MS-CFB] version 3): the little file system that holds a VBA project.

Only what a VBA project needs: storages and streams, 512-byte sectors, no more than 109 allocation sectors (7 MB). The same tree gives the same bytes on
every machine: no times, no identifiers of a run.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]
"""Streams (bytes) and storages (trees) by name."""

SECTOR = 512
SMALL_SECTOR = 64
SMALL_STREAM = 4096
"""Shorter streams share sectors in the root's own stream."""

FREE = 0xFFFFFFFF
NOBODY = 0xFFFFFFFF
END_OF_CHAIN = 0xFFFFFFFE
ALLOCATION_SECTOR = 0xFFFFFFFD
HEADER_SLOTS = 109

EMPTY, STORAGE, STREAM, ROOT = 0, 1, 2, 5
RED, BLACK = 0, 1

LONGEST_NAME = 31
FORBIDDEN_IN_NAME = frozenset("/\\:!")


@dataclass(slots=True, eq=False)
class Entry:
    """One line of the directory; ``left``, ``right`` and ``child`` are numbers of other lines."""

    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    left: int = NOBODY
    right: int = NOBODY
    child: int = NOBODY
    colour: int = BLACK
    start: int = 0
    size: int = 0

    def record(self) -> bytes:
        """The 128 bytes of this line."""
        name = self.name.encode("utf-16-le") + b"\0\0" if self.kind != EMPTY else b""
        return struct.pack(
            "<64sHBB3I36xIQ",
            name,
            len(name),
            self.kind,
            self.colour,
            self.left,
            self.right,
            self.child,
            self.start,
            self.size,
        )


class Chains:
    """Chains of sectors of one size, and the table that links each sector to the next."""

    def __init__(self, sector: int) -> None:
        self.sector = sector
        self.links: list[int] = []
        self.content = bytearray()

    def add(self, data: bytes) -> int:
        """Append ``data`` as a chain of its own; returns its first sector."""
        if not data:
            return END_OF_CHAIN
        first = len(self.links)
        count = -(-len(data) // self.sector)
        self.links += [*range(first + 1, first + count), END_OF_CHAIN]
        self.content += data.ljust(count * self.sector, b"\0")
        return first


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file with the streams and storages of ``tree``. Raises ``ValueError`` for a name that has no place in one."""
    entries = [Entry("Root Entry", ROOT)]
    _add_children(entries, 0, tree)
    for entry in entries:
        entry.child = _balance(entries, sorted(entry.children, key=lambda number: _order(entries[number].name)))

    small, large = Chains(SMALL_SECTOR), Chains(SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.size = len(entry.data)
            entry.start = (small if entry.size < SMALL_STREAM else large).add(entry.data)
    root = entries[0]
    root.size, root.start = len(small.content), large.add(bytes(small.content))
    small_links = struct.pack(f"<{len(small.links)}I", *small.links)
    small_links += b"\xff" * (-len(small_links) % SECTOR)
    small_links_start = large.add(small_links)
    while len(entries) % (SECTOR // 128):
        entries.append(Entry("", EMPTY))
    directory_start = large.add(b"".join(entry.record() for entry in entries))

    used = len(large.links)
    per_sector = SECTOR // 4
    allocation = -(-used // (per_sector - 1))
    if allocation > HEADER_SLOTS:
        raise ValueError("too large for this writer")
    links = [*large.links, *[ALLOCATION_SECTOR] * allocation]
    links += [FREE] * (allocation * per_sector - len(links))
    slots = [*range(used, used + allocation), *[FREE] * (HEADER_SLOTS - allocation)]
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        0x3E,  # minor version
        3,  # major version
        0xFFFE,  # little endian
        9,  # 2**9 bytes a sector
        6,  # 2**6 bytes a small sector
        0,  # directory sectors, not counted in version 3
        allocation,
        directory_start,
        0,  # transaction number
        SMALL_STREAM,
        small_links_start,
        len(small_links) // SECTOR,
        END_OF_CHAIN,  # no further sectors of allocation sectors
        0,
        *slots,
    )
    return header + bytes(large.content) + struct.pack(f"<{len(links)}I", *links)


def _add_children(entries: list[Entry], parent: int, tree: Tree) -> None:
    for name, content in tree.items():
        if not 0 < len(name.encode("utf-16-le")) // 2 <= LONGEST_NAME or FORBIDDEN_IN_NAME & set(name):
            raise ValueError(f"no name for a stream: {name!r}")
        number = len(entries)
        entries[parent].children.append(number)
        if isinstance(content, bytes):
            entries.append(Entry(name, STREAM, content))
        else:
            entries.append(Entry(name, STORAGE))
            _add_children(entries, number, content)


def _order(name: str) -> tuple[int, str]:
    """Siblings stand by length first, then by capital letters."""
    return len(name.encode("utf-16-le")), name.upper()


def _balance(entries: list[Entry], siblings: list[int]) -> int:
    """Join sorted siblings to a red-black tree; returns its top.

    Halving fills every level but the last, so each path has the same number of black lines when only the lines of an unfinished last level are red.
    """
    full_levels = (len(siblings) + 1).bit_length() - 1

    def top(part: list[int], level: int) -> int:
        if not part:
            return NOBODY
        middle = len(part) // 2
        entry = entries[part[middle]]
        entry.colour = RED if level == full_levels else BLACK
        entry.left, entry.right = top(part[:middle], level + 1), top(part[middle + 1 :], level + 1)
        return part[middle]

    return top(siblings, 0)
