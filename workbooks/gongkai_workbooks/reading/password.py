"""Encrypted workbooks, opened by msoffcrypto-tool."""

from __future__ import annotations

import io

from gongkai_workbooks.errors import PasswordError, UnreadableError

from .calamine_reader import contained
from .limits import MAX_SPIN_COUNT
from .zip_archive import DAMAGED

_NEEDED = "文件设有打开密码。请用 --password 给出密码，或在 Excel、WPS 里取消密码后另存"
_WRONG = "密码不对。请核对后用 --password 重新给出"
_UNSUPPORTED = "文件的加密方式无法打开。请用 Excel 或 WPS 打开，取消密码后另存"
DEFAULT = "VelvetSweatshop"
"""Excel encrypts with this word when a workbook is only protected against changes, and opens it without asking."""


class _InMemory:
    """Stands in for the module ``tempfile`` in msoffcrypto's reader of .xls, which would put the decrypted workbook on disk."""

    TemporaryFile = io.BytesIO


def decrypted(data: bytes, password: str | None) -> bytes:
    """The content of an encrypted workbook: a ZIP package, or an OLE file with readable records.

    Raises ``PasswordError`` when the password is missing or wrong, ``UnreadableError`` when the encryption is damaged.
    """
    if not password:
        try:
            return _decrypted(data, DEFAULT)
        except PasswordError:
            raise PasswordError(_NEEDED) from None
    return _decrypted(data, password)


def _decrypted(data: bytes, password: str) -> bytes:
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError
    from msoffcrypto.format import xls97

    xls97.tempfile = _InMemory
    content = io.BytesIO()
    with contained(_UNSUPPORTED):
        document = msoffcrypto.OfficeFile(io.BytesIO(data))
        agile_or_standard = getattr(document, "type", "") in ("agile", "standard")
        # The number of hashing rounds stands in the file; a hostile one could ask for hours.
        if agile_or_standard and document.info.get("spinValue", 0) > MAX_SPIN_COUNT:
            raise UnreadableError(_UNSUPPORTED)
        try:
            if agile_or_standard:
                document.load_key(password=password, verify_password=True)
            else:
                document.load_key(password=password)
        except InvalidKeyError as error:
            raise PasswordError(_WRONG) from error
    with contained():
        document.decrypt(content)
    found = content.getvalue()
    if not found:
        raise UnreadableError(DAMAGED)
    return found
