"""The ZIP container of a workbook: members with their compressed bytes as stored, so that untouched ones are copied, not packed anew."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import BinaryIO, NamedTuple

MOST_MEMBERS = 10_000
LARGEST_FILE = 512 * 1024 * 1024
LARGEST_MEMBER = 64 * 1024 * 1024
"""A part that is read: as a tree it takes some ten times as much memory."""

LARGEST_TOTAL = 1024 * 1024 * 1024
"""All parts together, unpacked."""

_LEVEL = 3
"""How hard new parts are packed: half the time of zlib's usual 6 for a tenth more bytes."""

_SMALLEST_WINDOW, _LARGEST_WINDOW = 9, 14

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8_NAME = 0x800
_KEPT_FLAGS = _UTF8_NAME | 0x6
_ZIP64_EXTRA = 0x0001


class DamagedError(Exception):
    """The package cannot be used; ``str()`` is a short Chinese phrase without path and cure, which the caller adds."""


class Part:
    """The content of one member: compressed as stored, unpacked when asked for. Never changed, only replaced."""

    __slots__ = ("_plain", "_raw", "crc", "method", "size")

    def __init__(self, method: int, crc: int, size: int, raw: bytes | None, plain: bytes | None = None):
        self.method = method
        self.crc = crc
        self.size = size
        self._raw = raw
        self._plain = plain

    @classmethod
    def of(cls, content: bytes) -> Part:
        """A part with new content; it is compressed when its raw bytes are first asked for."""
        return cls(zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content), None, content)

    @property
    def raw(self) -> bytes:
        """The bytes as they stand in the archive."""
        if self._raw is None:
            self._raw = deflate(self._plain or b"")
        return self._raw

    def content(self) -> bytes:
        """The unpacked bytes, checked against size and checksum. Raises ``DamagedError``."""
        if self._plain is None:
            self._plain = self._unpack(self._raw or b"")
        return self._plain

    def _unpack(self, raw: bytes) -> bytes:
        if self.size > LARGEST_MEMBER:
            raise DamagedError("内容过大")
        if self.method == zipfile.ZIP_STORED:
            plain = raw
        elif self.method == zipfile.ZIP_DEFLATED:
            unpacker = zlib.decompressobj(-15)
            try:
                # One byte more than promised: a member that unpacks to more than it says is found out, not unpacked.
                plain = unpacker.decompress(raw, self.size + 1)
            except zlib.error:
                raise DamagedError("压缩内容无法解开") from None
        else:
            raise DamagedError("压缩方式不受支持")
        if len(plain) != self.size or zlib.crc32(plain) != self.crc:
            raise DamagedError("内容与校验码不符")
        return plain


def deflate(
    content: bytes, level: int = _LEVEL, strategy: int = zlib.Z_DEFAULT_STRATEGY, *, final: bool = True
) -> bytes:
    """The content packed as archives want it. When it is not ``final``, more that was packed by itself may follow.

    The window is no larger than the content: most parts are small, and making zlib's usual window ready takes longer than packing
    them. Large parts do well with half of it.
    """
    window = min(max(len(content).bit_length(), _SMALLEST_WINDOW), _LARGEST_WINDOW)
    packer = zlib.compressobj(level, zlib.DEFLATED, -window, window - 7, strategy)
    return packer.compress(content) + packer.flush(zlib.Z_FINISH if final else zlib.Z_SYNC_FLUSH)


class Header(NamedTuple):
    """What the archive says of a member beside its content; kept when the content is replaced."""

    name: bytes
    flags: int
    date: int
    time: int
    made_by: int
    internal: int
    external: int
    extra: bytes
    comment: bytes


def new_header(name: str) -> Header:
    """The header of a member that was not in the archive; without a date, so that equal content gives equal files."""
    return Header(name.encode(), 0 if name.isascii() else _UTF8_NAME, 33, 0, 20, 0, 0, b"", b"")


def read_archive(data: bytes) -> tuple[dict[str, Part], dict[str, Header]]:
    """Members by name, in their order, and their headers. Raises ``DamagedError``; unpacks nothing."""
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, EOFError, OverflowError):
        raise DamagedError("不是完整的压缩包") from None
    if len(infos) > MOST_MEMBERS:
        raise DamagedError("内部文件过多")
    if sum(info.file_size for info in infos) > LARGEST_TOTAL:
        raise DamagedError("解压后的内容过大")
    if sum(info.compress_size for info in infos) > len(data):
        # Members that overlap: a few bytes that unpack to very much.
        raise DamagedError("内部文件互相重叠")
    parts: dict[str, Part] = {}
    headers: dict[str, Header] = {}
    seen: set[str] = set()
    for info in infos:
        key = info.filename.lower()
        if key in seen:
            raise DamagedError("内部文件重名")
        seen.add(key)
        if info.flag_bits & 1:
            raise DamagedError("内部文件已加密")
        parts[info.filename] = Part(info.compress_type, info.CRC, info.file_size, _raw(data, info))
        headers[info.filename] = _header(info)
    return parts, headers


def _raw(data: bytes, info: zipfile.ZipInfo) -> bytes:
    offset = info.header_offset
    if offset < 0 or data[offset : offset + 4] != b"PK\x03\x04" or offset + _LOCAL.size > len(data):
        raise DamagedError("内部文件的位置有误")
    name_length, extra_length = struct.unpack_from("<2H", data, offset + 26)
    start = offset + _LOCAL.size + name_length + extra_length
    raw = data[start : start + info.compress_size]
    if len(raw) != info.compress_size:
        raise DamagedError("内部文件不完整")
    return raw


def _header(info: zipfile.ZipInfo) -> Header:
    year, month, day, hour, minute, second = info.date_time
    utf8 = bool(info.flag_bits & _UTF8_NAME)
    try:
        name = info.orig_filename.encode("utf-8" if utf8 else "cp437")
    except UnicodeEncodeError:
        raise DamagedError("内部文件名有误") from None
    return Header(
        name,
        info.flag_bits & _KEPT_FLAGS,
        (year - 1980) << 9 | month << 5 | day,
        hour << 11 | minute << 5 | second // 2,
        info.create_system << 8 | min(info.create_version, 255),
        info.internal_attr & 0xFFFF,
        info.external_attr & 0xFFFFFFFF,
        _without_zip64(info.extra),
        info.comment,
    )


def _without_zip64(extra: bytes) -> bytes:
    kept = b""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind != _ZIP64_EXTRA:
            kept += extra[: 4 + length]
        extra = extra[4 + length :]
    return kept


def write_archive(file: BinaryIO, parts: Mapping[str, Part], headers: Mapping[str, Header]) -> None:
    """Write all parts in their order. Offsets stay below 4 GiB because ``LARGEST_FILE`` bounds what was read."""
    central: list[bytes] = []
    offset = 0
    for name, part in parts.items():
        header = headers.get(name) or new_header(name)
        raw = part.raw
        sizes = (part.crc, len(raw), part.size)
        flags = (20, header.flags, part.method, header.time, header.date)
        local = _LOCAL.pack(b"PK\x03\x04", *flags, *sizes, len(header.name), 0) + header.name
        file.write(local)
        file.write(raw)
        lengths = (len(header.name), len(header.extra), len(header.comment))
        central.append(
            _CENTRAL.pack(
                b"PK\x01\x02", header.made_by, *flags, *sizes, *lengths, 0, header.internal, header.external, offset
            )
            + header.name
            + header.extra
            + header.comment
        )
        offset += len(local) + len(raw)
    directory = b"".join(central)
    file.write(directory)
    file.write(_END.pack(b"PK\x05\x06", 0, 0, len(central), len(central), len(directory), offset, 0))


def changed_parts(before: Mapping[str, Part], after: Mapping[str, Part]) -> Iterable[str]:
    """Names of the parts that were replaced, added or dropped, in the order of ``before``, new ones last."""
    for name, part in before.items():
        if after.get(name) is not part:
            yield name
    for name in after:
        if name not in before:
            yield name
