"""Workbooks with a password to open: taken apart and put together in memory, so that nothing of them is ever on disk in the clear.

What is written is encrypted with the same password, by AES-256 as Excel 2010 and later do (msoffcrypto-tool), whatever way the file was encrypted
before. The journal beside such a workbook holds its old amounts, and is encrypted in the same way: a package of one JSON file.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from gongkai_workbooks.errors import PasswordError, UnreadableError
from gongkai_workbooks.reading.compound_file import workbook_stream
from gongkai_workbooks.reading.password import DEFAULT, decrypted

from .archive import DamagedError
from .safe_file import read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RECORD = "journal.json"
_CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def open_file(path: Path, password: str | None, largest: int) -> tuple[bytes, str]:
    """The package in a file, and the password that it is to be encrypted with again; ``""`` for one that is in the clear.

    Raises ``PasswordError`` when the password is missing or wrong, and ``WorkbookError`` as ``read_file``.
    """
    data = read_file(path, largest)
    if not data.startswith(OLE):
        return data, ""
    try:
        old = workbook_stream(data) is not None
        content = b"" if old else decrypted(data, password)
    except PasswordError as error:
        raise PasswordError(f"{path}：{error}。") from None
    except UnreadableError as error:
        raise UnreadableError(f"{path}：{error}。") from None
    if old:
        raise UnreadableError(f"{path}：实为旧版 .xls 工作簿，不能标记和修正，请用 Excel 或 WPS 另存为 .xlsx 后重试。")
    if len(content) > largest:
        raise UnreadableError(f"{path}：文件超过 {largest // 1024 // 1024} MB，不像决算公开表，请另存为较小的工作簿。")
    return content, password or DEFAULT


def encrypted(content: bytes, password: str) -> bytes:
    """A package encrypted with a password. What comes out has been opened again and compared; raises ``DamagedError`` when it differs."""
    from msoffcrypto.format.ooxml import OOXMLFile

    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, sealed)
    data = sealed.getvalue()
    if decrypted(data, password) != content:
        raise DamagedError("加密后无法还原")
    return data


def encrypted_record(record: bytes, password: str) -> bytes:
    """A journal for the file beside an encrypted workbook."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr(_RECORD, record)
    return encrypted(package.getvalue(), password)


def decrypted_record(data: bytes, password: str, largest: int) -> bytes:
    """The journal that ``encrypted_record`` made. Raises ``DamagedError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(decrypted(data, password))) as archive:
            if archive.getinfo(_RECORD).file_size > largest:
                raise DamagedError("校验记录过大")
            return archive.read(_RECORD)
    except PasswordError:
        raise DamagedError("校验记录的密码与工作簿的不同") from None
    except (UnreadableError, zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, NotImplementedError):
        raise DamagedError("校验记录有误") from None
