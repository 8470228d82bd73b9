"""Workbooks of the old binary format: made by xlwt, encrypted here, since nothing writes encrypted ones."""

from __future__ import annotations

import io
import struct
from hashlib import md5

import xlwt  # type: ignore[import-untyped]
from msoffcrypto.method.rc4 import DocumentRC4

from gongkai_workbooks.reading.compound_file import compound_file, workbook_stream

_READABLE = {0x0809, 0x002F, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138}
"""Records that stay readable in an encrypted workbook (MS-XLS 2.2.10)."""


def saved(book: xlwt.Workbook) -> bytes:
    """The bytes of an ``.xls``."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def encrypted(data: bytes, password: str) -> bytes:
    """The same workbook with its records encrypted by RC4 (MS-XLS 2.2.10, MS-OFFCRYPTO 2.3.6)."""
    stream = workbook_stream(data)
    assert stream is not None
    salt, verifier = bytes(range(16)), b"gongkai verifier"
    hidden = DocumentRC4.decrypt(password, salt, io.BytesIO(verifier + md5(verifier).digest())).read()
    file_pass = struct.pack("<2H3H", 0x2F, 54, 1, 1, 1) + salt + hidden
    plain = stream[:20] + file_pass + stream[20:]
    key_stream = DocumentRC4.decrypt(password, salt, io.BytesIO(bytes(len(plain))), blocksize=1024).read()
    content = bytearray(plain)
    position = 0
    while position + 4 <= len(plain):
        kind, length = struct.unpack_from("<2H", plain, position)
        start = position + 4
        if kind == 0x0085:
            # The position of the sheet stays readable, and has moved.
            moved = struct.unpack_from("<L", plain, start)[0] + len(file_pass)
            content[start : start + 4] = struct.pack("<L", moved)
            start += 4
        if kind not in _READABLE:
            for index in range(start, position + 4 + length):
                content[index] ^= key_stream[index]
        position += 4 + length
    return compound_file(bytes(content))
