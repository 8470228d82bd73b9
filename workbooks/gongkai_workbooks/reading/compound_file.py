"""OLE compound files: the one stream that matters out of one, and one written around a stream for calamine."""

from __future__ import annotations

import io
import struct

from gongkai_workbooks.errors import UnreadableError

from .calamine_reader import contained
from .limits import MAX_PART_BYTES
from .signature import SAVE_AS
from .zip_archive import DAMAGED, TOO_LARGE

_SECTOR = 4096
_END_OF_CHAIN = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_FAT = 0xFFFFFFFD


def workbook_stream(data: bytes) -> bytes | None:
    """The record stream of an ``.xls`` or ``.et``; None when the file is an encrypted Office Open XML package.

    Raises ``UnreadableError`` for anything else, saying what it is where that is known.
    """
    import olefile  # type: ignore[import-untyped]

    with contained():
        file = olefile.OleFileIO(io.BytesIO(data))
        names = {"/".join(path).lower(): path for path in file.listdir()}
        if "encryptedpackage" in names:
            return None
        for name in ("workbook", "book"):
            if name in names:
                if file.get_size(names[name]) > MAX_PART_BYTES:
                    raise UnreadableError(TOO_LARGE)
                return bytes(file.openstream(names[name]).read())
        if "worddocument" in names:
            raise UnreadableError("是 Word 文档，不是电子表格。请改用原来的电子表格")
        if "powerpoint document" in names:
            raise UnreadableError("是 PowerPoint 演示文稿，不是电子表格。请改用原来的电子表格")
    raise UnreadableError(f"不是电子表格，或者文件已经损坏。{SAVE_AS}")


def compound_file(stream: bytes) -> bytes:
    """A compound file (version 4) with ``stream`` as its only stream, ``Workbook``."""
    # A stream below 4096 bytes would need the mini stream. Padded by fours, so that it can pass for empty records.
    missing = max(0, _SECTOR + 1 - len(stream))
    content = stream + bytes(-(-missing // 4) * 4)
    data_sectors = -(-len(content) // _SECTOR)
    entries = _SECTOR // 4
    fat_sectors = 1
    while fat_sectors * entries < data_sectors + 1 + fat_sectors:
        fat_sectors += 1
    if fat_sectors > 109:
        raise UnreadableError(DAMAGED)
    # Sectors: the directory, the allocation table, the stream.
    first = 1 + fat_sectors
    table = [_END_OF_CHAIN, *[_FAT] * fat_sectors, *range(first + 1, first + data_sectors), _END_OF_CHAIN]
    table += [_FREE] * (fat_sectors * entries - len(table))
    header = struct.pack(
        "<8s16s6H2L9L",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 4, 0xFFFE, 12, 6, 0),
        *(0, 1, fat_sectors, 0, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0, 1),
    )
    header += struct.pack(f"<{fat_sectors - 1}L", *range(2, first)) + b"\xff" * 4 * (109 - fat_sectors)
    # calamine takes a root without a first sector for an empty file.
    directory = _entry("Root Entry", 5, 1, 0, 0) + _entry("Workbook", 2, _FREE, first, len(content))
    return b"".join(
        (
            header.ljust(_SECTOR, b"\0"),
            directory.ljust(_SECTOR, b"\0"),
            struct.pack(f"<{len(table)}L", *table),
            content.ljust(data_sectors * _SECTOR, b"\0"),
        )
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack("<64sH2B3L16sL2QLQ", raw, len(raw) + 2, kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, start, size)
