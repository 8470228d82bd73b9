"""The whole way, with a real program and a real mouse: a click in LibreOffice checks, marks, corrects and takes back what stands in an open workbook."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai import check_workbook
from gongkai.helper.client import call, running, stop
from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET

from .office import Office, add_extension, office
from .programs import one_at_a_time, required

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "workbooks" / "samples" / "示例-有错误.xlsx"
PICTURE = ROOT / "docs" / "images" / "libreoffice.png"
SHEET, TOTAL = "GK03 支出决算表", "E7"
"""The total of 公开03: 676.00 is printed, and 667.00 is what its parts, its columns and 公开01 say (samples/README.md)."""

WRONG, RIGHT = 676.0, 667.0


@pytest.fixture
def shown(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    for program in ("soffice", "unopkg", "Xvfb", "xdotool"):
        required(program)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with one_at_a_time("soffice"):
        add_extension(home)
        with office(home, tmp_path) as opened:
            yield opened
    if running() is not None:
        stop()


def test_a_click_checks_another_corrects_a_third_takes_it_back(
    shown: Office, tmp_path: Path, update_golden: bool
) -> None:
    workbook = tmp_path / "决算公开.xlsx"
    shutil.copyfile(SAMPLE, workbook)
    original = workbook.read_bytes()
    wrong = {
        (finding.cell.sheet, finding.cell.a1)
        for finding in check_workbook(workbook).findings
        if finding.cell is not None
    }
    assert (SHEET, TOTAL) in wrong
    shown.open(workbook)
    before = shown.ask("state")
    assert running() is None

    def value() -> float:
        return float(shown.ask("cell", SHEET, TOTAL)[1])

    def note(sheet: str, cell: str) -> str:
        return str(shown.ask("cell", sheet, cell)[3])

    def done(action: str) -> None:
        """Wait until the helper has done what was clicked."""

        def answered() -> bool:
            papers = running()
            last = call(papers, "GET", "status")["last"] if papers is not None else None
            return isinstance(last, dict) and last["action"] == action and last["outcome"] == "done"

        shown.wait(answered, f"{action} was not done")

    # No helper runs: the first click starts it.
    shown.click("检查当前工作簿")
    done("check_workbook")
    assert {place for place in wrong if NOTE_AUTHOR not in note(*place)} == set()
    assert RESULTS_SHEET in shown.ask("state")
    assert value() == WRONG
    shown.ask("show", SHEET, "F8")
    shown.screen.move(*shown.ask("place", 6, 4))  # the note of E7 opens under the mouse
    time.sleep(2)
    picture = shown.screen.picture()
    assert len(picture) > 20_000
    if update_golden:
        PICTURE.write_bytes(picture)

    shown.click("修正全部安全项")
    done("fix_safe")
    assert value() == RIGHT

    shown.click("撤销上次修正")
    done("undo_last")
    assert value() == WRONG
    shown.click("清除全部标记")
    done("clear_marks")
    assert shown.ask("state") == before
    assert workbook.read_bytes() == original  # nobody saved
