"""What was written opens in LibreOffice, and what LibreOffice saved can be taken back.

These tests need the program ``soffice``. Without it they are passed over on a developer's machine; where
``GONGKAI_REQUIRE_PROGRAMS=1`` is set, as in continuous integration, its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET
from gongkai_workbooks.package import journal_path, read_journals, undo_edits

from .edits import FIRST, SECOND, all_edits, write
from .reading import cached_values, openpyxl_book
from .rich import SHEETS, USER_NOTE, USER_NOTE_CELL, prefixed, strict

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user profile of its own, so that a running LibreOffice is not in the way."""
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture
def convert(profile: Path, tmp_path: Path) -> Callable[[Path], Path]:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.environ.get("GONGKAI_REQUIRE_PROGRAMS") == "1":
            pytest.fail("soffice is not installed, and GONGKAI_REQUIRE_PROGRAMS=1 says that it has to be")
        pytest.skip("soffice is not installed")

    def run(path: Path) -> Path:
        folder = tmp_path / "saved"
        folder.mkdir(exist_ok=True)
        options = [
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
        ]
        done = subprocess.run([program, *options, str(path)], capture_output=True, text=True, timeout=180, check=False)
        saved = folder / f"{path.stem}.xlsx"
        assert saved.exists(), done.stdout + done.stderr
        return saved

    return run


@pytest.mark.parametrize("variant", [bytes, strict, prefixed])
def test_libreoffice_reads_marks_and_undo_works_on_what_it_saved(
    rich: Path, output: Path, convert: Callable[[Path], Path], variant: Callable[[bytes], bytes]
) -> None:
    rich.write_bytes(variant(rich.read_bytes()))
    assert write(rich, all_edits(), output).refused == ()
    saved = convert(output)
    book = openpyxl_book(saved)
    sheet, list_sheet = book[FIRST], book[RESULTS_SHEET]
    assert book.sheetnames == [*SHEETS, RESULTS_SHEET]
    assert (sheet["C8"].value, sheet["C9"].value, book[SECOND]["G50"].value) == (11.5, "文字\n第二行", 5)
    assert sheet["C8"].comment.text == f"{NOTE_AUTHOR} ▲ 警告\n本年收入合计不平"
    assert sheet[USER_NOTE_CELL].comment.text.startswith(USER_NOTE + "\n")
    assert sheet["C8"].fill.fgColor.rgb == "FFFFF2CC" and sheet["D6"].fill.fgColor.rgb == "FFFFC7CE"
    assert list_sheet["D3"].value == "=1+1" and list_sheet["D3"].data_type == "s"
    assert list_sheet.auto_filter.ref == "A2:E4"
    assert FIRST in list_sheet["C3"].hyperlink.location
    # LibreOffice calculated anew: E8 = C8 + D8 = 11.5 + 17.5.
    assert cached_values(saved)[FIRST][7][4] == 29.0

    # The journal came along inside the file.
    assert not journal_path(saved).exists()
    assert len(read_journals(saved)) == 1
    assert undo_edits(saved, saved) == ()
    back = openpyxl_book(convert(saved.rename(output.with_name("back.xlsx"))))
    assert back.sheetnames == list(SHEETS)
    assert (back[FIRST]["C8"].value, back[FIRST]["C9"].value, back[FIRST]["A26"].value) == (10, "text", "其中红字部分")
    assert back[FIRST]["C8"].fill.fgColor.rgb == "FF92D050" and back[FIRST]["C8"].comment is None
    assert back[FIRST]["C8"].border.left.style == "thick" and back[FIRST]["C8"].border.top.style is None
    assert back[FIRST][USER_NOTE_CELL].comment.text == USER_NOTE
    assert back[SECOND]["G50"].value is None
