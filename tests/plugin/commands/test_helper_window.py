from __future__ import annotations

import sys

import pytest

from tests.plugin.conftest import Program


def test_without_a_screen_one_sentence_says_so(command: Program) -> None:
    done = command("helper", "window", environment={"DISPLAY": "", "WAYLAND_DISPLAY": ""})
    assert done.code == 2
    assert "没有可用的屏幕" in done.err or "python3-tk" in done.err


def test_without_tkinter_one_sentence_says_what_to_install(gongkai: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tkinter", None)
    monkeypatch.delitem(sys.modules, "gongkai.helper.window", raising=False)
    done = gongkai("helper", "window")
    assert done.code == 2 and "python3-tk" in done.err
