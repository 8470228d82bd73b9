from __future__ import annotations

import time
from pathlib import Path

import pytest

from gongkai.helper.showing import show_file


def test_a_file_is_given_to_the_program_that_the_user_has_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener, opened = tmp_path / "xdg-open", tmp_path / "opened"
    opener.write_text(
        f'#!/bin/sh\nprintf "%s %s" "$1" "$PATH" > "{opened}.part" && mv "{opened}.part" "{opened}"\n', encoding="utf-8"
    )
    opener.chmod(0o755)
    monkeypatch.setattr("gongkai.helper.showing.sys.platform", "linux")
    environment = tmp_path / "environment"
    monkeypatch.setattr("gongkai.helper.showing.sys.prefix", str(environment))
    monkeypatch.setenv("PATH", f"{environment / 'bin'}:{tmp_path}", prepend=":")
    monkeypatch.setenv("DISPLAY", ":9")
    assert show_file(tmp_path / "诊断 一.txt")
    limit = time.monotonic() + 20
    while not opened.exists() and time.monotonic() < limit:
        time.sleep(0.02)
    told, _, places = opened.read_text(encoding="utf-8").partition(".txt ")
    assert told == str(tmp_path / "诊断 一")
    # A LibreOffice that finds the Python of our environment takes it for its own.
    assert str(environment) not in places and str(tmp_path) in places.split(":")
    opener.unlink()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not show_file(tmp_path / "诊断 一.txt")


def test_nobody_is_shown_anything_without_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.helper.showing.sys.platform", "linux")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    assert not show_file(tmp_path / "诊断.txt")
