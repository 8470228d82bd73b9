"""Where the program keeps what is the user's and belongs to no workbook: settings, and the papers of the resident helper."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

NAME = "gongkai"
_WINDOWS = {"LOCALAPPDATA": "Local", "APPDATA": "Roaming"}


def data_home() -> Path:
    """``%LOCALAPPDATA%\\gongkai``, ``~/Library/Application Support/gongkai`` or ``$XDG_DATA_HOME/gongkai`` (``~/.local/share/gongkai``)."""
    return _home("LOCALAPPDATA", "XDG_DATA_HOME", (".local", "share"))


def config_home() -> Path:
    """``%APPDATA%\\gongkai``, ``~/Library/Application Support/gongkai`` or ``$XDG_CONFIG_HOME/gongkai`` (``~/.config/gongkai``)."""
    return _home("APPDATA", "XDG_CONFIG_HOME", (".config",))


def _home(windows: str, others: str, below: tuple[str, ...]) -> Path:
    if sys.platform == "win32":
        given = os.environ.get(windows)
        return Path(given, NAME) if given else Path.home() / "AppData" / _WINDOWS[windows] / NAME
    given = os.environ.get(others)
    if given and Path(given).is_absolute():
        return Path(given, NAME)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    return Path.home().joinpath(*below, NAME)


def ensure_private(folder: Path) -> Path:
    """Make the folder and those above it if need be, for this user alone. Raises ``OSError``."""
    if not folder.is_dir():
        if folder.parent != folder:
            ensure_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)  # with ``parents`` those above would be everybody's
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only this user can read, whole or not at all: a reader never sees half of it. Raises ``OSError``."""
    ensure_private(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mkstemp gives mode 0600
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
