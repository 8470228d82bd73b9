"""A Chinese Windows made of wine, of a user whose name has Chinese letters and a blank, on which the setup was carried out."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from gongkai.helper.papers import Papers, read_papers
from tests.installer.programs import absent, required
from tests.installer.windows import Windows

from .wine_gaps import fill_gaps

USER = "张 三"
CODE_PAGE = "gbk"
_SECONDS = 60.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """What a program said, and how it ended."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """Its output as the console would show it."""
        return self.out.decode(CODE_PAGE).replace("\r\n", "\n")


class Running:
    """A program of Windows that runs, with what it says.

    A pipe is read until its end only for the output: what a program starts in its turn keeps the other one open, because wine hands it on.
    """

    def __init__(self, pc: Pc, arguments: tuple[str, ...], folder: Path | None) -> None:
        self.process = subprocess.Popen(
            [pc.program, *arguments],
            env=pc.environment,
            cwd=folder or pc.drive,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout is not None and self.process.stderr is not None
        self._parts: tuple[list[bytes], list[bytes]] = ([], [])
        self._readers = [
            threading.Thread(target=_collect, args=(stream, parts), daemon=True)
            for stream, parts in zip((self.process.stdout, self.process.stderr), self._parts, strict=True)
        ]
        for reader in self._readers:
            reader.start()

    def so_far(self) -> str:
        """Its output up to now."""
        return b"".join(self._parts[0]).decode(CODE_PAGE, "replace")

    def wait(self) -> Said:
        """Wait for its end."""
        code = self.process.wait(_SECONDS)
        for reader, seconds in zip(self._readers, (2.0, 0.2), strict=True):
            reader.join(seconds)
        return Said(code, *(b"".join(parts) for parts in self._parts))


def _collect(stream: IO[bytes], parts: list[bytes]) -> None:
    with stream:
        while content := os.read(stream.fileno(), 65536):
            parts.append(content)


class Pc(Windows):
    """See above; the product is not there until ``install``."""

    def __init__(self, folder: Path, locales: Path, display: str) -> None:
        variables = {
            "USER": USER,
            "LOGNAME": USER,
            "LC_ALL": "zh_CN.UTF-8",
            "LOCPATH": str(chinese(locales)),
            "DISPLAY": display,
        }
        self._begun: list[Running] = []
        super().__init__(folder, {**variables, "WINEDLLOVERRIDES": "winemenubuilder.exe=d;ucrtbase=n,b"})
        fill_gaps(self.drive / "windows/system32")

    @property
    def local(self) -> Path:
        """Where the product keeps what belongs to this machine: papers of the helper, log, reports."""
        return self.user() / "Local/gongkai"

    @property
    def installed(self) -> Path:
        """Where the product is."""
        return self.user() / "Local/Programs/gongkai"

    def install(self, setup: Path) -> None:
        """Carry out the setup, and wait for the helper that it starts."""
        self.before = self.files(), self.registry()
        assert self.begin(str(setup), "/S").wait().code == 0
        self.helper()

    def named(self, path: Path) -> str:
        """A path of this machine as Windows names it."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def begin(self, *arguments: str, folder: Path | None = None) -> Running:
        """Start a program in that folder."""
        self._begun.append(Running(self, arguments, folder))
        return self._begun[-1]

    def end(self) -> None:
        """End everything that still runs in it."""
        super().end()
        for running in self._begun:
            running.wait()

    def python(self, *arguments: str, folder: Path | None = None, windowless: bool = False) -> Running:
        """Start the installed Python as the setup does."""
        name = "pythonw.exe" if windowless else "python.exe"
        return self.begin(self.named(self.installed / "python" / name), "-I", *arguments, folder=folder)

    def gongkai(self, *arguments: str, folder: Path | None = None) -> Said:
        """Carry out a command of the product."""
        return self.python("-m", "gongkai", *arguments, folder=folder).wait()

    def helper(self) -> Papers:
        """The papers of the helper; waits until it is there."""
        return until(lambda: read_papers(self.local / "helper.json"), "the helper does not start")


def until(ask: Callable[[], T | None], failure: str, seconds: float = 60.0) -> T:
    """Ask until there is an answer."""
    limit = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        assert time.monotonic() < limit, failure
        time.sleep(0.1)


def chinese(folder: Path) -> Path:
    """The Chinese locale of this machine, compiled into ``folder``: from it wine takes the language and the code page of its Windows."""
    folder.mkdir(parents=True, exist_ok=True)
    compile_ = [required("localedef"), "-i", "zh_CN", "-f", "UTF-8", str(folder / "zh_CN.UTF-8")]
    if subprocess.run(compile_, capture_output=True, check=False).returncode != 0:
        absent("the Chinese locale cannot be compiled (locales)")
    return folder
