"""Putting a file before the user's eyes, in the program that the user has for it."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
from pathlib import Path

from .outliving import begin


def show_file(path: Path) -> bool:
    """Open a text of the program's own; whether it could be. The program that opens is left to its user."""
    if sys.platform == "win32":
        # .toml has no program of its own; Notepad is always there and takes UTF-8.
        return _begun([str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "notepad.exe")), str(path)])
    if sys.platform == "darwin":
        return _begun(["/usr/bin/open", "-t", str(path)])
    opener = shutil.which("xdg-open")
    return _begun([opener, str(path)]) if opener is not None and _has_screen() else False


def browse(url: str) -> bool:
    """Open a page in the user's browser; whether it could be."""
    if sys.platform in ("win32", "darwin"):
        return webbrowser.open(url)
    opener = shutil.which("xdg-open")
    return _begun([opener, url]) if opener is not None and _has_screen() else False


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _begun(command: list[str]) -> bool:
    try:
        begin(command, _surroundings())
    except OSError:
        return False
    return True


def _surroundings() -> dict[str, str]:
    """The variables without those of the virtual environment that this program may run in.

    LibreOffice, if that is what opens the file, would take the Python of the environment for its own and end at once.
    """
    if sys.prefix == sys.base_prefix:
        return dict(os.environ)
    own = Path(sys.prefix)
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    places = [place for place in kept.get("PATH", os.defpath).split(os.pathsep) if own not in Path(place).parents]
    return {**kept, "PATH": os.pathsep.join(places)}
