from __future__ import annotations

from tests.plugin.conftest import Program


def test_without_a_screen_one_sentence_says_so(command: Program) -> None:
    done = command("helper", "window", environment={"DISPLAY": "", "WAYLAND_DISPLAY": ""})
    assert done.code == 2
    assert "没有可用的屏幕" in done.err
