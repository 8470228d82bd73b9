"""Putting a file before the user's eyes, in the program that the user has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def show_file(path: Path) -> bool:
    """Open a text of the program's own; whether it could be. The program that opens is left to its user."""
    if sys.platform == "win32":
        # .toml has no program of its own; Notepad is always there and takes UTF-8.
        return _begun([str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "notepad.exe")), str(path)])
    if sys.platform == "darwin":
        return _begun(["/usr/bin/open", "-t", str(path)])
    opener = shutil.which("xdg-open")
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return _begun([opener, str(path)]) if opener is not None and screen else False


_children: list[subprocess.Popen[bytes]] = []
"""Kept so that Python does not complain of programs that outlive this one."""


def _begun(command: list[str]) -> bool:
    _children[:] = [child for child in _children if child.poll() is None]
    try:
        _children.append(
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
    except OSError:
        return False
    return True
