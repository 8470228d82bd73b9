"""The whole way, with a real program and a real mouse: a click in LibreOffice checks, marks, corrects and takes back what stands in an open workbook."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai import check_workbook
from gongkai.helper.client import call, running, stop
from gongkai.helper.papers import log_path
from gongkai_addins.buttons import load_tab
from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET

from .office import TITLE, Office, add_extension, office
from .programs import one_at_a_time, required

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "workbooks" / "samples" / "示例-有错误.xlsx"
PICTURE = ROOT / "docs" / "images" / "libreoffice.png"
SHEET, TOTAL = "GK03 支出决算表", "E7"
"""The total of 公开03: 676.00 is printed, and 667.00 is what its parts, its columns and 公开01 say (samples/README.md)."""

ROWS = 20_000
"""Rows that take long enough to read for a key to be pressed."""

WRONG, RIGHT = 676.0, 667.0
SHEET04 = "GK04 财政拨款收入支出决算总表"
"""Its 27.73 of 住房保障支出 stands in H26 and belongs into G26, which nothing proves to the last digit."""


@pytest.fixture
def shown(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    for program in ("soffice", "unopkg", "Xvfb", "xdotool"):
        required(program)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    try:
        with one_at_a_time("soffice"):
            add_extension(home)
            with office(home, tmp_path) as opened:
                yield opened
    finally:
        if running() is not None:
            stop()


class Clicks:
    """Clicks on buttons, each of which is waited for."""

    def __init__(self, shown: Office) -> None:
        self.shown = shown
        self.number = 0

    def __call__(self, label: str, action: str, outcome: str = "done") -> None:
        """Click, and wait until the helper has done what was clicked."""
        self.shown.click(label)
        self.await_answer(action, outcome)

    def await_answer(self, action: str, outcome: str = "done") -> None:
        """Wait for the next answer of the helper."""
        self.number += 1
        found: dict[str, object] = {}

        def answered() -> bool:
            papers = running()
            last = call(papers, "GET", "status")["last"] if papers is not None else None
            found.update(last if isinstance(last, dict) else {})
            return found.get("number") == self.number

        self.shown.wait(answered, f"{action} was not done")
        assert (found["action"], found["outcome"]) == (action, outcome), found["sentence"]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(SAMPLE, tmp_path / "决算公开.xlsx"))


def test_a_click_checks_another_corrects_a_third_takes_it_back(
    shown: Office, workbook: Path, update_golden: bool
) -> None:
    original = workbook.read_bytes()
    findings = check_workbook(workbook).findings
    wrong = {(finding.cell.sheet, finding.cell.a1) for finding in findings if finding.cell is not None}
    assert (SHEET, TOTAL) in wrong
    shown.open(workbook)
    before = shown.ask("state")
    assert running() is None
    click = Clicks(shown)

    # No helper runs: the first click starts it.
    click("检查当前工作簿", "check_workbook")
    assert {place for place in wrong if NOTE_AUTHOR not in shown.ask("cell", *place)[3]} == set()
    assert RESULTS_SHEET in shown.ask("state")
    assert shown.ask("cell", SHEET, TOTAL)[1] == WRONG
    shown.ask("show", SHEET, "F8")
    shown.screen.move(*shown.ask("place", 6, 4))  # the note of E7 opens under the mouse
    time.sleep(2)
    picture = shown.screen.picture()
    assert len(picture) > 20_000
    if update_golden:
        PICTURE.write_bytes(picture)

    click("修正全部安全项", "fix_safe")
    assert shown.ask("cell", SHEET, TOTAL)[1] == RIGHT
    click("撤销上次修正", "undo_last")
    assert shown.ask("cell", SHEET, TOTAL)[1] == WRONG
    click("清除全部标记", "clear_marks")
    assert shown.ask("state") == before
    assert workbook.read_bytes() == original  # nobody saved


def test_what_is_not_proven_is_asked_and_what_is_refused_is_said(shown: Office, workbook: Path) -> None:
    click = Clicks(shown)
    shown.open(workbook)

    def amounts() -> list[float]:
        return [float(shown.ask("cell", SHEET04, cell)[1]) for cell in ("G26", "H26")]

    def answer(button: str) -> str:
        shown.wait(lambda: shown.ask("question"), "no question was asked")
        text, buttons = shown.ask("question")
        shown.screen.click(*buttons[button])
        shown.wait(lambda: not shown.ask("question"), "the question stays")
        return str(text)

    click("检查当前工作簿", "check_workbook")
    shown.ask("show", SHEET04, "H26")
    assert amounts() == [0, 27.73]
    click("修正所选", "fix_selected", "confirm")
    assert "未经证实" in answer("No")
    assert amounts() == [0, 27.73]
    click("修正所选", "fix_selected", "confirm")
    answer("Yes")
    click.await_answer("fix_selected")
    assert amounts() == [27.73, 0]

    shown.ask("show", SHEET04, "A1")
    click("修正所选", "fix_selected", "refused")
    assert answer("OK")
    click("规则说明", "explain_rule", "refused")
    assert "规则说明" in answer("OK")

    papers = running()
    shown.click("退出助手")
    assert answer("OK")
    shown.wait(lambda: running() is None, "the helper still runs")
    assert papers is not None


def test_where_no_helper_can_be_each_click_is_done_by_itself(shown: Office, workbook: Path, tmp_path: Path) -> None:
    program = tmp_path / "programs" / "gongkai"
    program.write_text(program.read_text().replace("\n", '\n[ "$2" = run ] && exit 2\n', 1))
    done: list[str] = []

    def answered(action: str, outcome: str) -> None:
        done.append(f"alone {action} {outcome}")

        def there() -> list[str]:
            lines = log_path().read_text(encoding="utf-8").splitlines() if log_path().exists() else []
            return [" ".join(line.split()[2:5]) for line in lines]

        shown.wait(lambda: len(there()) == len(done), f"{action} was not done")
        assert there() == done

    def answer(button: str) -> str:
        shown.wait(lambda: shown.ask("question"), "no question was asked")
        text, buttons = shown.ask("question")
        shown.screen.click(*buttons[button])
        shown.wait(lambda: not shown.ask("question"), "the question stays")
        return str(text)

    shown.open(workbook)
    before = shown.ask("state")
    shown.click("检查当前工作簿")
    answered("check_workbook", "done")
    assert running() is None
    assert NOTE_AUTHOR in shown.ask("cell", SHEET, TOTAL)[3]
    shown.ask("show", SHEET04, "H26")

    def corrected(outcome: str) -> None:
        shown.click("修正所选")
        answered("fix_selected", outcome)

    for button, amounts in (("No", [0, 27.73]), ("Yes", [27.73, 0])):
        corrected("confirm")
        assert "未经证实" in answer(button)
        if button == "Yes":
            answered("fix_selected", "done")
        assert [shown.ask("cell", SHEET04, cell)[1] for cell in ("G26", "H26")] == amounts
    shown.ask("show", SHEET04, "A1")
    corrected("refused")
    assert answer("OK")
    shown.click("撤销上次修正")
    answered("undo_last", "done")
    shown.click("清除全部标记")
    answered("clear_marks", "done")
    assert shown.ask("state") == before
    shown.click("退出助手")
    assert "没有运行" in answer("OK")


def labels(shown: Office, which: str) -> set[str]:
    """Labels of those of our buttons that are ``greyed``, or ``pressed``."""
    return {button.label for button in load_tab().buttons} & set(shown.ask(which))


def test_buttons_that_would_do_nothing_are_grey_and_say_why(shown: Office, workbook: Path, tmp_path: Path) -> None:
    click = Clicks(shown)

    def await_labels(which: str, *wanted: str) -> None:
        shown.wait(lambda: labels(shown, which) == set(wanted), f"{which} should be {wanted}")

    shown.open(workbook)
    assert labels(shown, "greyed") == labels(shown, "pressed") == set()  # nothing is known
    click("检查当前工作簿", "check_workbook")
    await_labels("greyed", "撤销上次修正")
    assert "没有可撤销的修正" in shown.ask("tip", "undo_last")
    assert "Excel" not in shown.ask("tip", "fix_safe")
    await_labels("pressed", "显示标记")
    click("只看错误", "errors_only")
    await_labels("pressed", "显示标记", "只看错误")
    click("显示标记", "show_marks")
    await_labels("pressed", "只看错误")
    click("修正全部安全项", "fix_safe")
    await_labels("greyed", "修正全部安全项")
    assert "没有可自动修正的项目" in shown.ask("tip", "fix_safe")

    # Another workbook is not the one that is known.
    copy = Path(shutil.copyfile(SAMPLE, tmp_path / "另一份.xlsx"))
    shown.open(copy)
    assert labels(shown, "greyed") == set()
    shown.ask("close")
    shown.ask("front", str(workbook))
    assert labels(shown, "greyed") == {"修正全部安全项"}

    # What the user changes may be wrong again.
    shown.ask("show", SHEET, "H8")
    shown.screen.focus(TITLE)
    shown.screen.keys("1", "Return")
    await_labels("greyed")
    assert "应有的数" in shown.ask("tip", "fix_safe")
    click("检查当前工作簿", "check_workbook")
    await_labels("greyed", "修正全部安全项")
    stop()
    await_labels("greyed")


def test_esc_cancels_while_the_workbook_is_read(shown: Office, workbook: Path) -> None:
    click = Clicks(shown)
    shown.open(workbook)
    shown.ask("enlarge", ROWS)
    before = shown.ask("cell", SHEET, TOTAL)
    shown.click("检查当前工作簿")

    def reading() -> bool:
        papers = running()
        return papers is not None and "按 Esc 取消" in str(call(papers, "GET", "status")["progress"])

    shown.wait(reading, "nothing was read")
    shown.screen.keys("Escape")
    click.await_answer("check_workbook", "cancelled")
    assert not shown.ask("question")
    assert RESULTS_SHEET not in shown.ask("sheets")
    assert shown.ask("cell", SHEET, TOTAL) == before

    # Nothing is done any more: the key is LibreOffice's own again.
    shown.screen.keys("Escape")
    time.sleep(1)
    assert [line.split()[2:] for line in log_path().read_text(encoding="utf-8").splitlines()].count(["cancel"]) == 1
