"""A ZIP package read with bounds: nothing is unzipped beyond the size that was checked, whatever its headers say."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from gongkai_workbooks.errors import UnreadableError

from .limits import MAX_MEMBERS, MAX_PART_BYTES, MAX_TOTAL_BYTES, MIB

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL_NAMES = struct.Struct("<2H")
_MAX_RATIO = 1_040
"""No deflate stream grows by more than 1,032 times."""

DAMAGED = "文件已损坏或不完整。请重新下载或复制，或用 Excel、WPS 打开后另存为 .xlsx 格式"
TOO_LARGE = "文件展开后过大，不像正常的电子表格，为安全起见没有读取。请删除表中无用的空行空列后另存再试"


class Member(NamedTuple):
    """One entry of the central directory; ``name`` as stored, sizes and offset in bytes."""

    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int


class ZipArchive:
    """The members of a ZIP package held in memory.

    Names are looked up without regard to case, as office programs do. Raises ``UnreadableError`` for a package that is
    truncated, has overlapping or repeated members, or would unpack to more than the limits.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._members = _read_directory(data)
        self._claimed: set[bytes] = set()
        self._total = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members as stored, in the order of the directory."""
        return tuple(member.name.decode("utf-8", "replace") for member in self._members.values())

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    def claim(self, names: Iterable[str]) -> None:
        """Refuse parts that together would unpack to too much, before any of them is unpacked. Missing ones are passed over."""
        for name in names:
            key = _key(name)
            if key in self._members and key not in self._claimed:
                self._claimed.add(key)
                self._total += self._members[key].size
        if self._total > MAX_TOTAL_BYTES:
            raise UnreadableError(TOO_LARGE)

    def read(self, name: str) -> bytes:
        """Unzip one member and check its length and checksum. A missing member is damage."""
        member = self._members.get(_key(name))
        if member is None:
            raise UnreadableError(DAMAGED)
        self.claim((name,))
        if member.size > MAX_PART_BYTES:
            raise UnreadableError(TOO_LARGE)
        content = self._unpack(member)
        if len(content) != member.size or zlib.crc32(content) != member.checksum:
            raise UnreadableError(DAMAGED)
        return content

    def _unpack(self, member: Member) -> bytes:
        data = self._data
        head = member.offset
        if data[head : head + 4] != b"PK\x03\x04" or member.flags & 1:
            raise UnreadableError(DAMAGED)
        name_length, extra_length = _LOCAL_NAMES.unpack_from(data, head + 26)
        start = head + 30 + name_length + extra_length
        end = start + member.packed
        if end > len(data):
            raise UnreadableError(DAMAGED)
        if member.method == 0:
            return data[start:end]
        if member.method != 8:
            raise UnreadableError(DAMAGED)
        packed = memoryview(data)[start:end]
        if member.packed < MAX_PART_BYTES // _MAX_RATIO:
            return zlib.decompress(packed, -15, member.size or 1)
        # One byte more than declared: a member that goes on is found out without being unpacked.
        return zlib.decompressobj(-15).decompress(packed, member.size + 1)


def _read_directory(data: bytes) -> dict[bytes, Member]:
    start, end = _directory_bounds(data)
    members: dict[bytes, Member] = {}
    position = start
    spans: list[tuple[int, int]] = []
    while position < end and data[position : position + 4] == b"PK\x01\x02":
        (
            _, _, _, flags, method, _, _, checksum, packed, size, name_length, extra_length, comment_length, _, _, _, offset,
        ) = _ENTRY.unpack_from(data, position)  # fmt: skip
        position += _ENTRY.size
        name = data[position : position + name_length]
        extra = data[position + name_length : position + name_length + extra_length]
        position += name_length + extra_length + comment_length
        if 0xFFFFFFFF in (packed, size, offset):
            packed, size, offset = _wide_sizes(extra, packed, size, offset)
        # Only ASCII letters are taken for equal: names in unknown code pages must not become one.
        key = name.lower()
        if b"\\" in key or key[:1] == b"/":
            key = key.replace(b"\\", b"/").lstrip(b"/")
        if key in members:
            raise UnreadableError(DAMAGED)
        members[key] = Member(name, flags, method, checksum, packed, size, offset)
        spans.append((offset, offset + 30 + packed))
        if len(members) > MAX_MEMBERS:
            raise UnreadableError(TOO_LARGE)
    if not members or position != end:
        raise UnreadableError(DAMAGED)
    spans.sort()
    # Overlapping members are how a small file unpacks to petabytes; no office program writes them.
    previous = 0
    for first, following in spans:
        if first < previous:
            raise UnreadableError(DAMAGED)
        previous = following
    if previous > start:
        raise UnreadableError(DAMAGED)
    return members


def _key(name: str) -> bytes:
    return name.encode("utf-8", "replace").lower()


def _directory_bounds(data: bytes) -> tuple[int, int]:
    position = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if position < 0 or position + _END.size > len(data):
        raise UnreadableError(DAMAGED)
    _, _, _, _, count, size, offset, _ = _END.unpack_from(data, position)
    if count > MAX_MEMBERS:
        raise UnreadableError(TOO_LARGE)
    end = position
    if 0xFFFFFFFF in (size, offset):
        end = data.rfind(b"PK\x06\x06", max(0, position - MIB), position)
        if end < 0 or end + 56 > position:
            raise UnreadableError(DAMAGED)
        size, offset = struct.unpack_from("<2Q", data, end + 40)
    elif data[position - 20 : position - 16] == b"PK\x06\x07":
        end = position - 76 if data[position - 76 : position - 72] == b"PK\x06\x06" else position - 20
    if offset + size != end:
        raise UnreadableError(DAMAGED)
    return offset, end


def _wide_sizes(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        if kind == 1:
            wide = list(struct.unpack_from(f"<{length // 8}Q", extra, position + 4))
            size = wide.pop(0) if size == 0xFFFFFFFF and wide else size
            packed = wide.pop(0) if packed == 0xFFFFFFFF and wide else packed
            offset = wide.pop(0) if offset == 0xFFFFFFFF and wide else offset
            break
        position += 4 + length
    return packed, size, offset
