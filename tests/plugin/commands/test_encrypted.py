"""Encrypted workbooks on the command line: marked, corrected and taken back with their password."""

from __future__ import annotations

import io
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from gongkai import passwords
from tests.plugin.conftest import Program

PASSWORD = "密码 12"


def decrypt(path: Path) -> bytes:
    file = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes()))
    file.load_key(password=PASSWORD)
    content = io.BytesIO()
    file.decrypt(content)
    return content.getvalue()


@pytest.fixture
def plain(folder: Path) -> bytes:
    """有错误.xlsx, which is encrypted now, as it was."""
    path = folder / "有错误.xlsx"
    content = path.read_bytes()
    with path.open("wb") as file:
        OOXMLFile(io.BytesIO(content)).encrypt(PASSWORD, file)
    return content


def test_a_copy_is_corrected_marked_and_taken_back(gongkai: Program, folder: Path, plain: bytes) -> None:
    done = gongkai("fix", "有错误.xlsx", "--password", PASSWORD)
    assert "已写出 有错误.校验.xlsx：修正 4 处，标记 8 个单元格。" in done.out
    assert {path.suffix for path in folder.glob("有错误*") if path.read_bytes()[:2] == b"PK"} == set()
    again = gongkai("fix", "有错误.xlsx", "--password", PASSWORD)  # the result of the run before is replaced
    assert "已写出 有错误.校验.xlsx" in again.out
    assert gongkai("clear", "有错误.校验.xlsx", "--password", PASSWORD).code == 0
    assert gongkai("undo", "有错误.校验.xlsx", "--password", PASSWORD).code == 0
    assert decrypt(folder / "有错误.校验.xlsx") == plain
    # What was taken back is no stranger's file: it can be written once more.
    assert "已写出" in gongkai("fix", "有错误.xlsx", "--password", PASSWORD).out


def test_in_place_with_a_backup(gongkai: Program, folder: Path, plain: bytes) -> None:
    gongkai("fix", "有错误.xlsx", "--in-place", "--password", PASSWORD)
    assert decrypt(folder / "有错误.xlsx") != plain
    [backup] = folder.glob("有错误.备份-*.xlsx")
    assert decrypt(backup) == plain
    gongkai("undo", "有错误.xlsx", "--password", PASSWORD)
    assert decrypt(folder / "有错误.xlsx") == plain


@pytest.mark.parametrize("command", ["fix", "undo", "clear"])
def test_without_the_password_nothing_is_done(gongkai: Program, folder: Path, plain: bytes, command: str) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for given, said in (((), "设有打开密码"), (("--password", "x"), "密码不对")):
        done = gongkai(command, "有错误.xlsx", *given)
        assert done.code == 2
        assert said in done.out + done.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_password_is_asked_for_at_a_terminal(
    gongkai: Program, folder: Path, plain: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    gongkai("fix", "有错误.xlsx", "--in-place", "--password", PASSWORD)
    typed = iter(["x", PASSWORD])
    monkeypatch.setattr(passwords, "is_terminal", lambda _: True)
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert gongkai("undo", "有错误.xlsx").code == 0
    assert decrypt(folder / "有错误.xlsx") == plain
