from __future__ import annotations

import stat
from pathlib import Path

import pytest

from gongkai_workbooks.user_folders import config_home, data_home, write_private


@pytest.mark.parametrize(
    ("platform", "data", "config"),
    [
        ("linux", ".local/share/gongkai", ".config/gongkai"),
        ("darwin", "Library/Application Support/gongkai", "Library/Application Support/gongkai"),
        ("win32", "AppData/Local/gongkai", "AppData/Roaming/gongkai"),
    ],
)
def test_each_system_has_its_own_places(
    platform: str, data: str, config: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai_workbooks.user_folders.sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.delenv(variable, raising=False)
    assert (data_home(), config_home()) == (tmp_path / data, tmp_path / config)
    names = ("LOCALAPPDATA", "APPDATA") if platform == "win32" else ("XDG_DATA_HOME", "XDG_CONFIG_HOME")
    for variable, folder in zip(names, ("d", "c"), strict=True):
        monkeypatch.setenv(variable, str(tmp_path / folder))
    assert (data_home(), config_home()) == (tmp_path / "d" / "gongkai", tmp_path / "c" / "gongkai")


def test_a_relative_folder_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai_workbooks.user_folders.sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "here")
    assert data_home() == Path.home() / ".local" / "share" / "gongkai"


def test_a_private_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲" / "新" / "一.json"
    write_private(path, b"one")
    assert path.read_bytes() == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gongkai_workbooks.user_folders.os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_private(path, b"two")
    assert path.read_bytes() == b"one"
    assert [*path.parent.iterdir()] == [path]
