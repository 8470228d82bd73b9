from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gongkai.desk.actions import perform
from gongkai.desk.desk import Desk
from gongkai.desk.preferences import Preferences, load_preferences
from gongkai.desk.request import Request
from gongkai_workbooks.data_folder import data_folder

from .conftest import CLEAN, Ask
from .memory_workbook import MemoryWorkbook
from .test_checking import TOTAL03


def test_a_rule_is_explained_by_code_by_cell_and_by_the_walk(ask: Ask, wrong: MemoryWorkbook) -> None:
    answer = ask(wrong, "explain_rule", code="TO101")
    assert answer.sentence.startswith("TO101 ")
    assert [line.partition("：")[0] for line in answer.details][:3] == ["为什么", "示例", "如何修改"]
    assert ask(wrong, "explain_rule").outcome == "refused"
    ask(wrong, "next_finding")
    assert ask(wrong, "explain_rule").sentence.startswith("FM004 ")
    assert ask(wrong, "explain_rule", sheet=TOTAL03.sheet, cell=TOTAL03.a1).sentence.startswith("XF301 ")
    assert ask(wrong, "explain_rule", code="ZZ999").outcome == "refused"


def test_the_diagnosis_is_one_paste(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    answer = ask(wrong, "doctor")
    text = Path(answer.file).read_text(encoding="utf-8-sig")
    assert text.splitlines() == [*answer.details]
    for heading in ("gongkai", "Python", "常驻程序", "日志", "设置"):
        assert any(line.split()[1] == heading for line in answer.details), heading
    assert wrong.writes == 0


def test_a_folder_is_checked_into_one_report(ask: Ask, wrong: MemoryWorkbook, saved: Path, desk: Desk) -> None:
    folder = saved.parent
    shutil.copyfile(data_folder("samples") / CLEAN, folder / "二.xlsx")
    (folder / "坏.xlsx").write_bytes(b"PK")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    answer = ask(wrong, "check_folder", folder=str(folder))
    assert answer.counts is not None and answer.counts.error == 5
    text = Path(answer.file).read_text(encoding="utf-8-sig")
    assert "GK03 支出决算表!E7" in text and "坏.xlsx" in text
    # People who have buttons are told of no options.
    assert "--" not in answer.sentence + text and "项需逐项确认" in answer.sentence
    assert Path(answer.file).is_relative_to(desk.home)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_no_folder(ask: Ask, wrong: MemoryWorkbook, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for folder in ("", "相对", str(tmp_path / "没有"), str(tmp_path / "空")):
        answer = ask(wrong, "check_folder", folder=folder)
        assert answer.outcome == "refused" and answer.sentence.endswith("。")


def test_files_are_put_before_the_user_s_eyes_where_somebody_can(
    wrong: MemoryWorkbook, saved: Path, tmp_path: Path
) -> None:
    shown: list[str] = []

    def see(path: Path) -> bool:
        shown.append(path.name)
        return True

    desk = Desk(tmp_path / "d", tmp_path / "c" / "settings.toml", show=see)
    for action, folder in (("settings", ""), ("doctor", ""), ("check_folder", str(saved.parent)), ("explain_rule", "")):
        answer = perform(action, desk, Request(folder=folder), lambda _: wrong)
        if action == "settings":
            assert "设置文件已打开" in answer.sentence
            assert load_preferences(desk.preferences_file) == Preferences()
    assert shown[:2] == ["settings.toml", "诊断.txt"] and shown[2].startswith("批量校验-") and len(shown) == 3
    perform("settings", desk, Request(settings={"mark": False}), lambda _: wrong)
    assert len(shown) == 3


def test_one_thing_that_is_wrong_is_enough_for_the_diagnosis(
    ask: Ask, wrong: MemoryWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    for second, said in ((True, "安装正常。"), (False, "安装不完整，见“异常”各行。")):
        lines = [("一", "在", True), ("二", "坏", second)]
        monkeypatch.setattr("gongkai.commands.doctor.state_lines", lambda _, lines=lines: iter(lines))
        answer = ask(wrong, "doctor")
        assert answer.sentence.startswith(said) and answer.details[1].startswith("正常" if second else "异常")


def test_where_no_report_can_be_written_the_reason_is_said(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk, saved: Path
) -> None:
    desk.home.mkdir()
    (desk.home / "reports").write_text("", encoding="ascii")
    answer = ask(wrong, "check_folder", folder=str(saved.parent))
    assert answer.outcome == "failed" and "内部出错" not in answer.sentence and "无法写入" in answer.sentence
