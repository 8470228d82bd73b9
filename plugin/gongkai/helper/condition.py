"""The condition of what stands behind the buttons, for whoever helps: add-in, helper, log, last errors, settings, what was begun and not ended."""

from __future__ import annotations

import datetime
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from gongkai.crash import newest_crash
from gongkai.desk.begun import Begun
from gongkai.desk.preferences import PreferencesError, load_preferences, preferences_path
from gongkai.excel_setup import user_setup
from gongkai.language import Words
from gongkai_workbooks.user_folders import config_home, data_home

from .client import running
from .excel_trust import obstacles
from .papers import log_path

Line = tuple[str, str, bool]
"""What is told of, what it is, and whether that is as it should be."""

MOST_ERRORS = 3
_READ = 256 * 1024
_ERROR = re.compile(r" failed\b| error while |ended in the middle|interrupted earlier")


def condition(words: Words) -> Iterator[Line]:
    """All of it, line by line."""
    yield from _add_in(words)
    yield from _helper(words)
    yield from _errors(words)
    yield from _settings(words)
    for record in Begun(data_home()).records():
        what = words(f"{record.shown_time} 起未完成：", f"begun at {record.shown_time}, not ended: ")
        yield words("中断", "interrupted"), what + record.workbook, False


def _add_in(words: Words) -> Iterator[Line]:
    setup = user_setup()
    heading = words("Excel 加载项", "add-in of Excel")
    if setup is None:
        return
    from gongkai_addins import build_add_in

    state = setup.state(build_add_in())
    if state.add_in is None:
        yield heading, words("未安装", "not installed"), True
        return
    told = words("本版本", "of this version") if state.current else words("与本版本不同", "of another version")
    yield heading, f"{state.add_in}（{told}）", True
    found = [*obstacles(setup.registry.read, state.add_in, words)]
    for obstacle in found:
        yield words("加载项的信任", "trust in the add-in"), obstacle, False
    if not found:
        yield words("加载项的信任", "trust in the add-in"), words("没有发现妨碍加载的设置", "nothing in its way"), True
    at_log_on = words("登录时启动", "starts at log-on") if state.at_log_on else words("登录时不启动", "not at log-on")
    yield words("助手的启动", "start of the helper"), f"{at_log_on}；{state.start}", bool(state.start)


def _helper(words: Words) -> Iterator[Line]:
    state = running()
    told = (
        words(f"运行中（进程 {state.pid}），端口 {state.port}", f"running (process {state.pid}), port {state.port}")
        if state
        else words("未运行", "not running")
    )
    yield words("常驻程序", "helper"), told, True
    windows = importlib.util.find_spec("_tkinter") is not None
    way = words("窗口", "a window") if windows else words("浏览器网页（没有 tkinter）", "a page (no tkinter)")
    yield words("检查助手", "small window"), way, True
    yield words("文件夹", "folders"), f"{data_home()}；{config_home()}", True
    yield words("日志", "log"), str(log_path()) if log_path().exists() else words("尚无", "none yet"), True


def _errors(words: Words) -> Iterator[Line]:
    """The last errors; they are news, not a fault of the installation."""
    for line in recent_errors(log_path()):
        yield words("最近出错", "recent error"), line, True
    crash = newest_crash()
    if crash is not None:
        when = datetime.datetime.fromtimestamp(crash.stat().st_mtime).isoformat(" ", "minutes")
        yield words("最近的内部错误", "last internal error"), f"{when} {crash}", True


def recent_errors(log: Path) -> tuple[str, ...]:
    """The newest lines of the log that tell of an error, newest last. They hold addresses of cells, and no figure."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(size - _READ, 0))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ()
    return tuple([line for line in text.splitlines() if _ERROR.search(line)][-MOST_ERRORS:])


def _settings(words: Words) -> Iterator[Line]:
    path = preferences_path()
    try:
        load_preferences(path)
    except PreferencesError as error:
        yield words("设置", "settings"), str(error), False
    else:
        yield words("设置", "settings"), str(path) if path.exists() else words("默认", "the usual ones"), True
