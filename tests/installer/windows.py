"""A Windows made of wine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .programs import required


class Windows:
    """A Windows made of wine, in a folder of its own; ``variables`` are those of its environment that are not as here."""

    def __init__(self, folder: Path, variables: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.program = required("wine")
        hidden = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.environment = {**hidden, "WINEPREFIX": str(folder), "WINEDEBUG": "-all", "WINEARCH": "win64"}
        # Nothing of its Start menu goes into the menus of this machine.
        self.environment["WINEDLLOVERRIDES"] = "winemenubuilder.exe=d"
        self.environment.update(variables or {})
        self.run("wineboot", "-i")

    @property
    def drive(self) -> Path:
        return self.folder / "drive_c"

    def run(self, *arguments: str) -> str:
        """Run a program and wait until it and whatever it started have ended."""
        command = [self.program, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, timeout=180, check=False)
        assert done.returncode == 0, (arguments, done.stderr)
        self.wait()
        return done.stdout.decode("utf-8", "replace")

    def wait(self) -> None:
        """Wait until everything has ended that runs in it."""
        self._server("-w")

    def end(self) -> None:
        """End everything that still runs in it."""
        self._server("-k")

    def _server(self, option: str) -> None:
        program = required("wineserver", "/usr/lib/wine/wineserver")
        # Asked to end everything where nothing runs any more it answers with 1.
        subprocess.run([program, option], env=self.environment, check=option == "-w", timeout=120)

    def user(self) -> Path:
        """The folder AppData of the user."""
        [path] = [path for path in (self.drive / "users").glob("*/AppData") if path.parent.name != "Public"]
        return path

    def files(self) -> set[str]:
        """Every file and folder but the temporary ones."""
        found = {path.relative_to(self.drive).as_posix() for path in self.drive.rglob("*")}
        return {name for name in found if "/temp" not in name.lower() and not name.endswith("called.txt")}

    def registry(self) -> dict[str, str]:
        """Every key of the user with what stands in it."""
        self.run("reg", "export", "HKCU", "C:\\windows\\temp\\user.reg", "/y")
        text = (self.drive / "windows/temp/user.reg").read_text(encoding="utf-16")
        sections = text.replace("\r\n", "\n").split("\n\n[")[1:]
        return dict(section.partition("]\n")[::2] for section in sections)

    def calls(self) -> list[str]:
        """How the stand-in for Python was called since the last time this was asked."""
        path = self.drive / "windows/called.txt"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines
