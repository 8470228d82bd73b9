"""What ``gongkai doctor`` tells of the buttons: enough for whoever helps, in one paste, and no figure of a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.crash import write_log
from gongkai.desk.preferences import preferences_path
from gongkai.excel_setup import ExcelSetup
from gongkai.helper.condition import MOST_ERRORS, condition, recent_errors
from gongkai.helper.papers import log_path
from gongkai.language import Words
from gongkai_addins import build_add_in
from tests.plugin.test_excel_setup import Memory

from .conftest import Helper

WORDS = Words("zh")


def told() -> dict[str, tuple[str, bool]]:
    return {heading: (text, good) for heading, text, good in condition(WORDS)}


def test_a_helper_that_runs_and_what_went_wrong_lately(helper: Helper, tmp_path: Path) -> None:
    assert helper.ask("check_workbook", workbook=str(tmp_path / "没有.xlsx"))["outcome"] == "failed"
    lines = told()
    text, good = lines["常驻程序"]
    assert good and f"进程 {helper.papers.pid}" in text and str(helper.papers.port) in text
    assert lines["日志"] == (str(log_path()), True)
    assert "check_workbook failed" in lines["最近出错"][0]
    assert helper.papers.token not in str(lines)


def test_the_newest_errors_of_a_long_log(tmp_path: Path) -> None:
    log = tmp_path / "helper.log"
    assert recent_errors(log) == ()
    log.write_text("".join(f"12:00 {n} check_workbook {'failed' if n % 2 else 'done'} 0.1s\n" for n in range(20_000)))
    assert [line.split()[1] for line in recent_errors(log)] == ["19995", "19997", "19999"]
    assert len(recent_errors(log)) == MOST_ERRORS


def test_the_newest_internal_error() -> None:
    assert "最近的内部错误" not in told()
    log = write_log(ZeroDivisionError("甲"))
    assert told()["最近的内部错误"][0].endswith(f" {log}")


def test_the_add_in_of_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = ExcelSetup(tmp_path / "XLSTART", Memory(), '"pythonw.exe" -m gongkai helper run')
    monkeypatch.setattr("gongkai.helper.condition.user_setup", lambda: setup)
    assert told()["Excel 加载项"] == ("未安装", True)
    setup.install(b"PK of an older version")
    assert "与本版本不同" in told()["Excel 加载项"][0]
    setup.install(build_add_in())
    lines = told()
    assert str(setup.path) in lines["Excel 加载项"][0] and "本版本" in lines["Excel 加载项"][0]
    assert lines["助手的启动"] == ('登录时启动；"pythonw.exe" -m gongkai helper run', True)


def test_settings_that_are_not_understood_are_a_fault() -> None:
    assert told()["设置"] == ("默认", True)
    preferences_path().parent.mkdir(parents=True, exist_ok=True)
    preferences_path().write_text("mark = 3", encoding="utf-8")
    text, good = told()["设置"]
    assert not good and "mark 应为 true 或 false" in text
