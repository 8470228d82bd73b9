"""Encrypted workbooks: with the password, with a wrong one and with none."""

from __future__ import annotations

import io
import random
import tempfile

import pytest
import xlwt  # type: ignore[import-untyped]
from msoffcrypto.format.ooxml import OOXMLFile

from gongkai_workbooks.errors import PasswordError, UnreadableError, WorkbookError
from gongkai_workbooks.file_host import FileHost

from . import old_binary
from .packages import parts, sheet, zipped

THEME = random.Random(7).randbytes(20_000)
PACKAGE = zipped(parts(sheet('<row r="1"><c r="A1"><v>14.72</v></c></row>')) | {"xl/theme.bin": THEME})


def locked(password: str) -> bytes:
    content = io.BytesIO()
    OOXMLFile(io.BytesIO(PACKAGE)).encrypt(password, content)
    return content.getvalue()


def locked_old(password: str) -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("表1").write(0, 0, 14.72)
    return old_binary.encrypted(old_binary.saved(book), password)


@pytest.fixture(scope="module", params=[locked, locked_old], ids=["xlsx", "xls"])
def secret(request: pytest.FixtureRequest) -> bytes:
    return bytes(request.param("密码 12"))


def test_the_right_password(secret: bytes) -> None:
    assert FileHost.from_bytes(secret, "表", password="密码 12").read("表1").rows == [[14.72]]


@pytest.mark.parametrize("password", ["x", "密码 1", "密码 12 "])
def test_a_wrong_password(secret: bytes, password: str) -> None:
    with pytest.raises(PasswordError, match=r"^表：密码不对.*--password"):
        FileHost.from_bytes(secret, "表", password=password).sheets()


@pytest.mark.parametrize("password", [None, ""])
def test_no_password(secret: bytes, password: str | None) -> None:
    with pytest.raises(PasswordError, match=r"^表：文件设有打开密码.*--password"):
        FileHost.from_bytes(secret, "表", password=password).sheets()


@pytest.mark.parametrize("make", [locked, locked_old], ids=["xlsx", "xls"])
def test_workbooks_that_are_only_protected_against_changes_open_without_asking(make: object) -> None:
    assert callable(make)
    assert FileHost.from_bytes(make("VelvetSweatshop"), "表").read("表1").rows == [[14.72]]


def test_a_password_for_a_workbook_that_needs_none() -> None:
    assert FileHost.from_bytes(PACKAGE, "表", password="x").read("表1").rows == [[14.72]]


def test_more_rounds_of_hashing_than_any_program_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai_workbooks.reading.password.MAX_SPIN_COUNT", 99_999)
    with pytest.raises(UnreadableError, match="加密方式"):
        FileHost.from_bytes(locked("x"), "表", password="x").sheets()


def test_a_truncated_encrypted_workbook_is_refused_or_read_right(secret: bytes) -> None:
    read = 0
    for part in range(1, 20):
        host = FileHost.from_bytes(secret[: len(secret) * part // 20], "表", password="密码 12")
        try:
            assert host.read("表1").rows == [[14.72]]
            read += 1
        except WorkbookError:
            continue
    # Half of the old one is the container's own: what follows its last record is padding.
    assert read < 10


def test_nothing_decrypted_is_put_on_disk(secret: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refused)
    assert FileHost.from_bytes(secret, "表", password="密码 12").read("表1").rows == [[14.72]]
