"""Where the details of the program's own faults go."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from gongkai.crash import MOST_LOGS, crash_folder, crash_sentence, newest_crash, write_log
from gongkai.language import Words


def test_beside_the_other_logs_of_the_user_and_for_nobody_else(own_folders: Path) -> None:
    assert newest_crash() is None
    log = write_log(ZeroDivisionError("甲"))
    assert log is not None and log == newest_crash()
    assert log.parent == own_folders / "gongkai" / "errors"
    assert "ZeroDivisionError: 甲" in log.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert log.stat().st_mode & 0o077 == 0


def test_only_the_newest_are_kept() -> None:
    folder = crash_folder()
    folder.mkdir(parents=True)
    for number in range(MOST_LOGS + 5):
        (folder / f"gongkai-20240101-0000{number:02}-abc.log").write_text("")
    (folder / "别的.log").write_text("")
    log = write_log(ZeroDivisionError())
    left = sorted(path.name for path in folder.glob("gongkai-*.log"))
    assert len(left) == MOST_LOGS and log is not None and left[-1] == log.name
    assert (folder / "别的.log").exists()


def test_among_the_temporary_files_where_there_is_no_other_place(
    own_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_folders / "gongkai").write_text("no folder")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sentence = crash_sentence(ZeroDivisionError(), Words("zh"))
    [log] = tmp_path.glob("gongkai-*.log")
    assert str(log) in sentence
    monkeypatch.setattr(tempfile, "tempdir", str(own_folders / "gongkai" / "x"))
    assert "无法写出日志" in crash_sentence(ZeroDivisionError(), Words("zh"))
