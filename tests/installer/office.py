"""A LibreOffice with the extension, on a screen of its own; looked into from outside, used with the mouse."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gongkai_addins import EXTENSION_NAME, build_extension

from .programs import python_with_uno, required
from .screen import Screen, screen

NOBODY = 65534
"""The installer of extensions refuses to work for root, so root has it done by nobody."""


def unopkg(home: Path, *arguments: str) -> str:
    """Run the installer of extensions on the profile in ``home``; what it says."""
    root = os.geteuid() == 0
    if root:
        for path in (home, *home.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    command = [required("unopkg"), arguments[0], f"-env:UserInstallation={(home / 'profile').as_uri()}", *arguments[1:]]
    done = subprocess.run(
        command,
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        user=NOBODY if root else None,
        group=NOBODY if root else None,
        extra_groups=[] if root else None,
    )
    if root:
        for path in (home, *home.rglob("*")):
            os.chown(path, 0, 0)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def add_extension(home: Path) -> None:
    """Put the extension into the profile in ``home``, a folder that everybody can reach."""
    package = home / EXTENSION_NAME
    package.write_bytes(build_extension())
    package.chmod(0o644)
    unopkg(home, "add", str(package))


class Office:
    """The running LibreOffice."""

    def __init__(self, screen: Screen, eye: subprocess.Popen[str], data: Path) -> None:
        self.screen = screen
        self._data = data
        self._eye = eye
        self._buttons: dict[str, list[int]] = {}

    def ask(self, what: str, *arguments: object) -> Any:
        """Ask the eye (``office_eye.py``) for something."""
        assert self._eye.stdin is not None and self._eye.stdout is not None
        self._eye.stdin.write(json.dumps([what, *arguments]) + "\n")
        self._eye.stdin.flush()
        answer = self._eye.stdout.readline()
        assert answer, "the eye has closed"
        return json.loads(answer)

    def open(self, path: Path) -> list[str]:
        """Open a workbook; the names of its sheets."""
        names: list[str] = self.ask("open", str(path))
        self._buttons = {}
        return names

    def click(self, label: str) -> None:
        """Click on the button with this label, once the toolbars have found their places."""

        def at_rest() -> bool:
            before, self._buttons = self._buttons, self.ask("buttons")
            time.sleep(0.3)
            return label in self._buttons and self._buttons == before

        if not self._buttons:
            self.wait(at_rest, f"the toolbar has no button {label}")
        self.screen.click(*self._buttons[label])

    def wait(self, condition: Callable[[], object], complaint: str, seconds: float = 60) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                path = self._data / "failed.png"
                path.write_bytes(self.screen.picture())
                raise AssertionError(f"{complaint}; the screen is in {path}")
            time.sleep(0.05)


@contextmanager
def office(home: Path, data: Path) -> Iterator[Office]:
    """LibreOffice with the profile in ``home``, for which the helper's files lie in ``data`` and ``gongkai`` is the one that is tested."""
    python = python_with_uno()
    programs = data / "programs"
    programs.mkdir()
    (programs / "gongkai").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gongkai "$@"\n')
    (programs / "gongkai").chmod(0o755)
    pipe = f"eye-{uuid.uuid4().hex}"
    with screen(data) as shown:
        surroundings = {
            **shown.environment,
            "XDG_DATA_HOME": str(data),
            "XDG_CONFIG_HOME": str(data),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        }
        options = ["--norestore", "--nologo", "--nodefault", "--nofirststartwizard", f"--accept=pipe,name={pipe};urp;"]
        command = [required("soffice", "libreoffice"), f"-env:UserInstallation={(home / 'profile').as_uri()}", *options]
        # In a session of its own: it is several processes, which are ended together at the end.
        running = subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL, start_new_session=True)
        script = Path(__file__).with_name("office_eye.py")
        eye = subprocess.Popen([python, str(script), pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            assert eye.stdout is not None and json.loads(eye.stdout.readline()) == "ready"
            yield Office(shown, eye, data)
        finally:
            eye.communicate()
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            shutil.rmtree(programs)
