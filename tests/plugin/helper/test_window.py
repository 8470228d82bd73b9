"""The window on a screen without a monitor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from gongkai.desk.desk import Desk
from gongkai.desk.preferences import load_preferences, preferences_path
from gongkai.helper.worker import Worker
from tests.installer.programs import absent
from tests.installer.screen import screen

from .test_window_model import Programs

try:
    import tkinter
    from tkinter import messagebox

    from gongkai.helper.page import NO_SHEET
    from gongkai.helper.settings_dialog import SettingsDialog
    from gongkai.helper.window import Window, known_settings
    from gongkai.helper.window_model import WindowModel
except ImportError:
    MISSING = True
else:
    MISSING = False


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One screen until the end: Tk ends the process when a screen that it has seen goes away."""
    if MISSING:
        absent("this Python has no tkinter (python3-tk)")
    with screen(tmp_path_factory.mktemp("screen")) as shown:
        yield shown.environment["DISPLAY"]


@pytest.fixture
def root(display: str) -> Iterator[tkinter.Tk]:
    window = tkinter.Tk(screenName=display)
    yield window
    window.destroy()


@pytest.fixture
def programs() -> Programs:
    return Programs()


@pytest.fixture
def window(root: tkinter.Tk, programs: Programs) -> Iterator[Window]:
    worker = Worker(lambda progress: Desk(progress=progress), programs.connect)
    worker.start()
    yield Window(root, WindowModel(worker, programs.list), known_settings)
    assert worker.stop(60)


def until(window: Window, reached: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < limit
        window.root.update()
        time.sleep(0.01)


def said(window: Window) -> str:
    return window.message.get("1.0", "end")


def test_from_the_open_workbook_to_the_corrected_cell(
    window: Window, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(window, lambda: window.chooser.get().startswith("公开.xlsx（Excel）"))
    window.buttons["check_workbook"].invoke()
    window.root.update()
    until(window, lambda: len(window.list.get_children()) == 8)
    assert "已校验 9 张表" in said(window)
    row = window.list.item("1")["values"]
    assert row[:4] == ["✖ 错误", "XF301", "E7", "GK03 支出决算表"]

    window.list.selection_set("1")
    window.list.focus_force()
    window.list.event_generate("<Return>")
    until(window, lambda: "应为 667.00" in said(window))
    assert str(programs.workbook.selected[-1]) == "GK03 支出决算表!E7"

    unproven = next(line for line in window.model.lines if line.safety == "unsafe")
    window.list.selection_set(str(window.model.lines.index(unproven)))
    asked: list[str] = []

    def ask(title: str, question: str, **_: object) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(messagebox, "askyesno", ask)
    for clicks in (1, 2):
        window.buttons["fix_selected"].invoke()
        until(window, lambda clicks=clicks: len(asked) == clicks and not window.model.busy)  # type: ignore[misc]
        assert ("已修正" in said(window)) is (clicks == 2)
    assert "未经证实" in asked[0]


def test_buttons_wait_while_something_is_done(window: Window) -> None:
    until(window, lambda: window.chooser.get() != "")
    window.buttons["check_workbook"].invoke()
    window.root.update()
    time.sleep(0.15)
    window.root.update()
    if window.model.busy:
        assert window.buttons["fix_safe"].instate(["disabled"])
    until(window, lambda: not window.model.busy and window.buttons["fix_safe"].instate(["!disabled"]))


def test_settings_are_chosen_and_saved(window: Window) -> None:
    given: list[dict[str, object]] = []
    dialog = SettingsDialog(window.root, known_settings(), given.append)
    assert dialog.chosen() == {"profile": "half_up", "ignore": [], "mark": True, "errors_only": False}
    dialog.profile.current(1)
    dialog.ignore.set("cl，WB007  TO1")
    dialog.mark.set(False)
    dialog.accept()
    assert given == [{"profile": "truncate", "ignore": ["cl", "WB007", "TO1"], "mark": False, "errors_only": False}]
    assert window.model.press("settings", settings=given[0]) == ""
    until(window, lambda: "截位" in said(window))
    saved = load_preferences(preferences_path())
    assert (saved.profile, saved.ignore, saved.mark) == ("truncate", ("CL", "WB007", "TO1"), False)
    assert known_settings()["mark"] is False


def test_keys_do_what_the_buttons_do(window: Window, programs: Programs) -> None:
    until(window, lambda: window.chooser.get() != "")
    window.root.focus_force()
    for key, done in (("<F5>", "已校验"), ("<F8>", "1/8"), ("<F8>", "2/8"), ("<Shift-F8>", "1/8")):
        window.root.update()
        window.root.event_generate(key)
        until(window, lambda done=done: done in said(window) and not window.model.busy)  # type: ignore[misc]
        if "/" in done:
            # The line is chosen of which it is spoken: 修正所选 is about that one then.
            until(window, lambda: window.model.visited is None)
            line = window.selected_line()
            assert line is not None and line.cell == programs.workbook.selected[-1] and line.code in said(window)
    assert len(programs.workbook.selected) == 3


def test_one_sheet_is_checked_that_of_the_chosen_line(window: Window) -> None:
    until(window, lambda: window.chooser.get() != "")
    window.buttons["check_sheet"].invoke()
    assert NO_SHEET in said(window) and not window.model.busy
    window.press("check_workbook")
    until(window, lambda: len(window.list.get_children()) == 8)
    until(window, lambda: not window.model.busy)
    window.list.selection_set("1")
    window.press("check_sheet")
    until(window, lambda: "本表“GK03 支出决算表”" in said(window) and len(window.list.get_children()) < 8)


def test_a_line_that_the_list_cuts_is_told_in_full(window: Window) -> None:
    until(window, lambda: window.chooser.get() != "")
    window.press("check_workbook")
    until(window, lambda: len(window.list.get_children()) == 8 and not window.model.busy)
    window.list.selection_set("1")
    window.list.event_generate("<ButtonRelease-1>")
    assert said(window).startswith("GK03 支出决算表!E7  ✖ 错误 XF301\n") and window.model.lines[1].text in said(window)


def test_why_a_button_is_greyed_is_told_where_the_mouse_is(window: Window) -> None:
    until(window, lambda: window.chooser.get() != "")
    window.press("check_workbook")
    until(window, lambda: len(window.list.get_children()) == 8 and not window.model.busy)
    for event, told in (("<Enter>", "没有可撤销的修正。"), ("<Leave>", "")):
        window.buttons["undo_last"].event_generate(event)
        until(window, lambda told=told: str(window.status.cget("text")) == told)  # type: ignore[misc]
