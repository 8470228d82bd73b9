"""A LibreOffice with the extension, on a screen of its own; looked into from outside, used with the mouse."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from gongkai_addins import EXTENSION_NAME, build_extension

from .programs import desktop_environment, python_with_uno, required
from .screen import Screen, screen

PATIENCE = 60.0
OFFICE_LOG, EYE_LOG = "libreoffice.log", "eye.log"
"""Where it is kept what LibreOffice and the eye say, beside the picture of the screen."""

TITLE = "LibreOffice Calc"
"""Stands in the title of the window of a workbook."""

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
        env={**desktop_environment(), "HOME": str(home)},
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

    def __init__(
        self, screen: Screen, running: subprocess.Popen[bytes], eye: subprocess.Popen[str], data: Path
    ) -> None:
        self.screen = screen
        self._running = running
        self._data = data
        self._eye = eye
        self._buttons: dict[str, list[int]] = {}

    @property
    def group(self) -> int:
        """The group of LibreOffice's processes."""
        return self._running.pid

    def ask(self, what: str, *arguments: object) -> Any:
        """Ask the eye (``office_eye.py``) for something."""
        assert self._eye.stdin is not None
        try:
            self._eye.stdin.write(json.dumps([what, *arguments]) + "\n")
            self._eye.stdin.flush()
        except OSError:
            self.fail(f"nobody was there to be asked for {what}")
        return self.answer(what)

    def answer(self, what: str) -> Any:
        """The next line of the eye."""
        assert self._eye.stdout is not None
        # One line is written for each that is asked for, so nothing of a second one can wait in the buffer.
        ready, _, _ = select.select([self._eye.stdout], [], [], PATIENCE)
        line = self._eye.stdout.readline() if ready else ""
        if not line:
            self.fail(f"no answer to {what}")
        return json.loads(line)

    def fail(self, complaint: str) -> NoReturn:
        """Fail with what LibreOffice and the eye have said, and with a picture of the screen."""
        picture = self._data / "failed.png"
        with suppress(OSError):
            picture.write_bytes(self.screen.picture())
        ends = {"LibreOffice": self._running.poll(), "the eye": self._eye.poll()}
        said = [complaint, *(f"{name} has ended with {code}" for name, code in ends.items() if code is not None)]
        said += [f"--- {name}\n{_tail(self._data / name)}" for name in (OFFICE_LOG, EYE_LOG)]
        said += [f"windows: {self.screen.titles()}", f"the screen is in {picture}"]
        raise AssertionError("\n".join(said))

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
        self.screen.focus(TITLE)
        self.screen.click(*self._buttons[label])

    def wait(self, condition: Callable[[], object], complaint: str, seconds: float = PATIENCE) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                self.fail(complaint)
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
    options = ["--norestore", "--nologo", "--nodefault", "--nofirststartwizard", f"--accept=pipe,name={pipe};urp;"]
    command = [required("soffice", "libreoffice"), f"-env:UserInstallation={(home / 'profile').as_uri()}", *options]
    looking = [python, str(Path(__file__).with_name("office_eye.py")), pipe]
    with screen(data) as shown, ExitStack() as closing:
        surroundings = {
            **shown.environment,
            "XDG_DATA_HOME": str(data),
            "XDG_CONFIG_HOME": str(data),
            "PATH": f"{programs}{os.pathsep}{shown.environment['PATH']}",
        }
        office_log = closing.enter_context((data / OFFICE_LOG).open("wb"))
        eye_log = closing.enter_context((data / EYE_LOG).open("wb"))
        # In a session of its own: it is several processes, which are ended together at the end.
        running = subprocess.Popen(
            command, env=surroundings, stdout=office_log, stderr=office_log, start_new_session=True
        )
        closing.callback(_end, running)
        eye = subprocess.Popen(
            looking, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=eye_log, text=True
        )
        closing.callback(_close, eye)
        opened = Office(shown, running, eye, data)
        assert opened.answer("ready") == "ready"
        yield opened
        if eye.poll() is None:
            opened.ask("quit")
            with suppress(subprocess.TimeoutExpired):
                running.wait(PATIENCE)  # one that is killed leaves its pipes in the folder for temporary files


def _end(running: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _close(eye: subprocess.Popen[str]) -> None:
    try:
        eye.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        eye.kill()
        eye.communicate()


def _tail(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[-3000:]
