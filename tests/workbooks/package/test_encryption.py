"""Workbooks with a password: edited without ever being in the clear on disk, and taken back to the byte."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from gongkai_workbooks.errors import PasswordError, UnreadableError, WorkbookError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.package import clear_marks, journal_path, read_journals, same_workbook, undo_edits, write_edits
from tests.installer.programs import one_at_a_time, python_with_uno, required

from .edits import FIRST, all_edits

PASSWORD = "密码 12"
OLE = b"\xd0\xcf\x11\xe0"
OPENED = """
import json, sys, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
pipe, path, password, sheet, cell = sys.argv[1:]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(300):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.2)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
given = [PropertyValue("Hidden", 0, True, 0), PropertyValue("Password", 0, password, 0)]
document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, tuple(given))
names = list(document.Sheets.ElementNames)
value = document.Sheets.getByName(sheet).getCellRangeByName(cell).getValue()
document.close(True)
desktop.terminate()
print(json.dumps([names, value]))
"""


def encrypt(content: bytes, password: str = PASSWORD) -> bytes:
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, sealed)
    return sealed.getvalue()


def decrypt(path: Path, password: str = PASSWORD) -> bytes:
    file = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes()))
    file.load_key(password=password, verify_password=True)
    content = io.BytesIO()
    file.decrypt(content, verify_integrity=True)
    return content.getvalue()


@pytest.fixture
def sealed(rich: Path) -> tuple[Path, bytes]:
    """The rich workbook encrypted, and its package."""
    content = rich.read_bytes()
    rich.write_bytes(encrypt(content))
    return rich, content


def write(source: Path, output: Path, password: str | None = PASSWORD) -> None:
    done = write_edits(
        source, all_edits(), output, tool_version="1.0", time="2026-01-02T03:04:05+08:00", password=password
    )
    assert done.refused == ()


def test_what_was_written_has_the_same_password_and_the_same_edits(
    sealed: tuple[Path, bytes], output: Path, tmp_path: Path
) -> None:
    source, content = sealed
    write(source, output)
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(content)
    write(plain, tmp_path / "plain.校验.xlsx", None)
    # The journal names its source; everything else is what is written into the same workbook without a password.
    ours, theirs = FileHost(output, password=PASSWORD).read_all(), FileHost(tmp_path / "plain.校验.xlsx").read_all()
    assert [grid.rows for grid in ours] == [grid.rows for grid in theirs]
    assert [entry.cell for journal in read_journals(output, password=PASSWORD) for entry in journal.cells] == [
        entry.cell for journal in read_journals(tmp_path / "plain.校验.xlsx") for entry in journal.cells
    ]


@pytest.mark.parametrize("password", [None, "", "密码 1"])
def test_nothing_is_written_without_the_right_password(
    sealed: tuple[Path, bytes], output: Path, password: str | None
) -> None:
    with pytest.raises(PasswordError, match=r"决算公开\.xlsx：.*--password.*。$"):
        write(sealed[0], output, password)
    assert not output.exists()


def test_undo_gives_the_package_back_to_the_byte(sealed: tuple[Path, bytes], output: Path) -> None:
    source, content = sealed
    write(source, output)
    assert undo_edits(output, output, password=PASSWORD) == ()
    assert decrypt(output) == content
    assert not journal_path(output).exists()
    assert same_workbook(source, output, password=PASSWORD)


def test_clear_leaves_a_journal_that_nobody_can_read_without_the_password(
    sealed: tuple[Path, bytes], output: Path
) -> None:
    source, content = sealed
    write(source, output)
    assert clear_marks(output, output, password=PASSWORD) == ()
    assert b"urn:gongkai:journal" not in decrypt(output)
    beside = journal_path(output)
    assert beside.read_bytes().startswith(OLE)
    assert undo_edits(output, output, password=PASSWORD) == ()
    assert decrypt(output) == content


def test_a_journal_of_another_password_is_said_to_be_one(sealed: tuple[Path, bytes], output: Path) -> None:
    write(sealed[0], output)
    clear_marks(output, output, password=PASSWORD)
    output.write_bytes(encrypt(decrypt(output), "新密码"))
    with pytest.raises(UnreadableError, match="校验记录的密码与工作簿的不同"):
        undo_edits(output, output, password="新密码")


def test_a_workbook_only_protected_against_changes_stays_one(rich: Path, output: Path) -> None:
    content = rich.read_bytes()
    rich.write_bytes(encrypt(content, "VelvetSweatshop"))
    write(rich, output, None)
    assert output.read_bytes().startswith(OLE)
    undo_edits(output, output)
    assert decrypt(output, "VelvetSweatshop") == content


def test_an_old_workbook_under_a_new_name_is_told_apart(tmp_path: Path) -> None:
    from gongkai_workbooks.reading.compound_file import compound_file

    path = tmp_path / "旧.xlsx"
    path.write_bytes(compound_file(bytes(8192)))
    with pytest.raises(WorkbookError, match=r"旧\.xlsx：实为旧版 \.xls"):
        write(path, tmp_path / "旧.校验.xlsx")


def test_nothing_is_ever_on_disk_in_the_clear(
    sealed: tuple[Path, bytes], output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file that is put in place has been looked at while it was still under its temporary name."""
    seen: list[bytes] = []
    replace = Path.replace

    def looking(path: Path, target: Path) -> Path:
        seen.append(path.read_bytes())
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", looking)
    write(sealed[0], output)
    clear_marks(output, output, password=PASSWORD)
    undo_edits(output, output, password=PASSWORD)
    assert len(seen) == 5  # the workbook three times, the journal twice
    assert all(data.startswith(OLE) for data in seen)
    for words in (b"PK\x03\x04", "决算".encode(), "决算".encode("utf-16-le"), b"urn:gongkai:journal"):
        assert not any(words in data for data in seen)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[object]:
    """Opens a workbook with its password in LibreOffice; the names of its sheets and one of its figures."""
    program, python = required("soffice", "libreoffice"), python_with_uno()

    def run(path: Path, password: str, sheet: str, cell: str) -> str:
        with one_at_a_time("soffice"):
            profile = (tmp_path / "profile").as_uri()
            office = subprocess.Popen(
                [
                    program,
                    f"-env:UserInstallation={profile}",
                    "--headless",
                    "--norestore",
                    f"--accept=pipe,name={tmp_path.name};urp",
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                given = [tmp_path.name, str(path), password, sheet, cell]
                done = subprocess.run(
                    [python, "-c", OPENED, *given], capture_output=True, text=True, timeout=120, check=False
                )
                office.wait(60)
            finally:
                office.kill()
                office.wait()
        assert done.returncode == 0, done.stderr
        return done.stdout

    yield run


@pytest.mark.libreoffice
def test_libreoffice_opens_it_with_the_password(sealed: tuple[Path, bytes], output: Path, opened: object) -> None:
    import json

    assert callable(opened)
    write(sealed[0], output)
    names, value = json.loads(opened(output, PASSWORD, FIRST, "C8"))
    assert names[-1] == "校验结果"
    assert value == 11.5
