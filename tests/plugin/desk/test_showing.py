"""只看错误 and 显示标记, which buttons are greyed and pressed, and changing one's mind."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import SavedWorkbook
from gongkai_checks.finding import Severity
from gongkai_workbooks.edits import RESULTS_SHEET
from gongkai_workbooks.live import LiveHost
from tests.workbooks.live.memory_engine import workbook_in_memory

from .conftest import CLEAN, NAME, Ask
from .memory_workbook import MemoryWorkbook
from .test_checking import TOTAL03

WALK = {"previous_finding", "next_finding"}


def test_only_errors_are_walked_through_and_listed(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    all_of_them = ask(wrong, "check_workbook")
    looks = dict(wrong.looks)
    answer = ask(wrong, "errors_only")
    assert answer.outcome == "done" and answer.pressed == ("errors_only", "show_marks")
    assert {line.severity for line in answer.lines} == {"error"}
    assert answer.counts is not None and answer.counts == all_of_them.counts
    assert len(answer.lines) == answer.counts.error
    assert f"共 {len(answer.lines)} 项" in answer.sentence
    for _ in range(len(answer.lines) + 1):
        assert "✖ 错误" in ask(wrong, "next_finding").sentence
    assert wrong.looks == looks
    assert desk.preferences.errors_only and "errors_only = true" in desk.preferences_file.read_text(encoding="utf-8")
    again = ask(wrong, "errors_only")
    assert "errors_only" not in again.pressed and len(again.lines) == len(all_of_them.lines)


def test_without_errors_the_rest_is_told_to_be_there(ask: Ask, clean: MemoryWorkbook) -> None:
    others = len(ask(clean, "check_workbook").lines)
    assert others and WALK.isdisjoint(ask(clean, "next_finding").greyed)
    answer = ask(clean, "errors_only")
    assert f"没有错误；另有 {others} 项警告和提示" in answer.sentence
    assert answer.greyed.keys() >= WALK
    assert f"另有 {others} 项警告和提示" in ask(clean, "next_finding").sentence


def test_marks_are_hidden_and_shown_while_the_list_stays(ask: Ask, wrong: MemoryWorkbook) -> None:
    before = wrong.state()
    ask(wrong, "check_workbook")
    looks, notes = dict(wrong.looks), dict(wrong.notes)
    hidden = ask(wrong, "show_marks")
    assert (wrong.looks, wrong.notes) == ({}, {}) and RESULTS_SHEET in wrong.sheets()
    assert "show_marks" not in hidden.pressed and "clear_marks" not in hidden.greyed
    # A correction does not bring them back.
    ask(wrong, "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1)
    assert wrong.looks == {} and RESULTS_SHEET in wrong.sheets()
    ask(wrong, "undo_last")
    shown = ask(wrong, "show_marks")
    assert (wrong.looks, wrong.notes) == (looks, notes) and "show_marks" in shown.pressed
    ask(wrong, "show_marks")
    ask(wrong, "clear_marks")
    assert wrong.state() == before
    ask(wrong, "show_marks")
    ask(wrong, "show_marks")
    assert wrong.looks == {} and ask(wrong, "check_workbook").pressed == ("show_marks",)
    assert wrong.looks == looks


def test_a_toggle_becomes_what_the_user_saw_it_become(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    # A ribbon that knows nothing yet shows both toggles as not pressed, also where they are on.
    ask(wrong, "check_workbook")
    looks = dict(wrong.looks)
    desk.forget(f"file:{NAME}")
    shown = ask(wrong, "show_marks", pressed=True)
    assert shown.sentence == "标记已显示。" and "show_marks" in shown.pressed and wrong.looks == looks
    for _ in range(2):
        assert "errors_only" in ask(wrong, "errors_only", pressed=True).pressed
    assert "errors_only" not in ask(wrong, "errors_only", pressed=False).pressed
    assert "标记已隐藏" in ask(wrong, "show_marks", pressed=False).sentence and wrong.looks == {}
    writes = wrong.writes
    assert "没有标记" in ask(wrong, "show_marks", pressed=False).sentence
    assert wrong.looks == {} and wrong.writes == writes


def test_buttons_that_would_do_nothing_are_greyed_with_the_reason(ask: Ask, wrong: MemoryWorkbook) -> None:
    checked = ask(wrong, "check_workbook")
    assert checked.greyed.keys() == {"undo_last"} and "没有可撤销" in checked.greyed["undo_last"]
    assert ask(wrong, "fix_safe").greyed.keys() == {"fix_safe"}
    assert ask(wrong, "next_finding").greyed.keys() == {"fix_safe"}
    assert ask(wrong, "undo_last").greyed.keys() == {"undo_last"}
    assert ask(wrong, "clear_marks").greyed.keys() == {"undo_last", "clear_marks"}


def test_nothing_found_leaves_nothing_to_go_to(ask: Ask, clean: MemoryWorkbook) -> None:
    ask(clean, "settings", settings={"ignore": [line.code for line in ask(clean, "check_workbook").lines]})
    answer = ask(clean, "check_workbook")
    assert answer.greyed.keys() == {
        *WALK,
        "fix_safe",
        "fix_selected",
        "show_results",
        "show_marks",
        "undo_last",
        "clear_marks",
    }
    assert all(reason.endswith("。") for reason in answer.greyed.values())


def test_what_is_not_known_is_not_greyed(ask: Ask, wrong: MemoryWorkbook) -> None:
    wrong.grids.clear()
    answer = ask(wrong, "check_workbook")
    assert answer.outcome == "failed" and not answer.greyed


def test_what_was_done_before_it_was_closed_can_be_undone_and_is_not_greyed(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk
) -> None:
    ask(wrong, "fix_safe")
    desk.forget(f"file:{NAME}")
    assert "undo_last" not in ask(wrong, "next_finding").greyed


@pytest.mark.parametrize("action", ["check_workbook", "fix_safe", "show_marks"])
def test_one_may_change_ones_mind_until_something_is_written(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk, action: str
) -> None:
    before = wrong.state()
    sheets = len(wrong.sheets())
    for moments in range(40):
        left = [moments]

        def changed(left: list[int] = left) -> bool:
            left[0] -= 1
            return left[0] < 0

        desk.cancelled = changed
        desk.forget(f"file:{NAME}")
        answer = ask(wrong, action)
        if answer.outcome == "done":
            break
        assert (answer.outcome, answer.sentence) == ("cancelled", "已取消，工作簿没有改动。")
        assert wrong.state() == before and wrong.writes == 0
    assert moments > sheets  # before each sheet, before the check, before the writing


def test_progress_is_told_sheet_by_sheet_but_not_too_often(
    ask: Ask, wrong: MemoryWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.desk.visit.BETWEEN_WORDS", 0.0)
    ask(wrong, "check_workbook", escape=True)
    sheets = [*wrong.sheets()][:-1]
    told = [text for text in wrong.said if text and text.startswith("正在读取")]
    assert told == [f"正在读取“{name}”（{n}/{len(sheets)}），按 Esc 取消" for n, name in enumerate(sheets, 1)]
    wrong.said.clear()
    monkeypatch.setattr("gongkai.desk.visit.BETWEEN_WORDS", 60.0)
    ask(wrong, "check_workbook")
    told = [text for text in wrong.said if text and text.startswith("正在读取")]
    assert len(told) == 1 and told[0].endswith("…")


def test_a_batch_that_is_cancelled_reports_what_was_done(
    ask: Ask, desk: Desk, saved: Path, wrong: MemoryWorkbook
) -> None:
    for number in range(3):
        saved.with_name(f"另一本{number}.xlsx").write_bytes(saved.read_bytes())
    desk.cancelled = lambda: True
    answer = ask(wrong, "check_folder", folder=str(saved.parent))
    assert answer.outcome == "done" and "已取消，4 个工作簿中检查完的有 0 个" in answer.sentence
    assert "已取消" in Path(answer.file).read_text(encoding="utf-8-sig")


def test_the_same_in_a_file_and_under_the_object_model_of_excel(ask: Ask, saved: Path) -> None:
    for workbook in (SavedWorkbook(saved), LiveHost(workbook_in_memory(saved))):
        ask(workbook, "check_workbook")
        hidden = ask(workbook, "show_marks")
        assert "show_marks" not in hidden.pressed and RESULTS_SHEET in workbook.sheets()
        shown = ask(workbook, "show_marks")
        assert "show_marks" in shown.pressed and shown.greyed.keys() == {"undo_last"}
        assert Severity.ERROR.word in {line.severity for line in shown.lines}
        ask(workbook, "clear_marks")


def test_clean_is_the_sample_that_has_no_error(ask: Ask, clean: MemoryWorkbook) -> None:
    counts = ask(clean, "check_workbook").counts
    assert counts is not None and counts.error == 0, CLEAN


def test_marks_of_an_earlier_day_are_hidden_by_the_first_click(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    ask(wrong, "check_workbook")
    desk.forget(f"file:{NAME}")
    assert "标记已隐藏" in ask(wrong, "show_marks").sentence and wrong.looks == {}


def test_one_may_change_ones_mind_again_after_something_was_written(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk
) -> None:
    assert ask(wrong, "check_workbook").outcome == "done" and wrong.writes > 0
    desk.cancelled = lambda: True
    before = wrong.state()
    assert ask(wrong, "fix_safe").outcome == "cancelled" and wrong.state() == before
