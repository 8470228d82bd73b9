"""The add-in of Excel in its place on Windows, and the helper at log-on: put there, taken away, looked after. For one user, without administrator."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ADD_IN_NAME = "gongkai.xlam"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
RUN_NAME = "gongkai"
START_KEY = r"Software\VB and VBA Program Settings\gongkai\helper"
"""Where the macros of the add-in look for how the helper is started, and how one click is done without it: VBA's own ``GetSetting``."""
START_NAME = "start"
CLICK_NAME = "click"


class SetupError(Exception):
    """The add-in was not installed or removed; ``str()`` is a Chinese sentence."""


class Registry(Protocol):
    """The part of the Windows registry that belongs to the user."""

    def read(self, key: str, name: str) -> str | None:
        """A text; None when it is not there."""
        ...

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text, with the keys above it. Raises ``OSError``."""
        ...

    def remove(self, key: str, name: str) -> None:
        """Remove a text and the keys that are empty then; what is not there is no error. Raises ``OSError``."""
        ...


@dataclass(frozen=True, slots=True)
class State:
    """What of the add-in is there: ``add_in`` is its file (None: absent), ``current`` whether it is the one that this version makes."""

    add_in: Path | None
    current: bool
    at_log_on: bool
    start: str


@dataclass(frozen=True, slots=True)
class ExcelSetup:
    """``folder`` is Excel's start folder of the user; ``start`` the command line that starts the helper."""

    folder: Path
    registry: Registry
    start: str

    @property
    def path(self) -> Path:
        """Where the add-in goes."""
        return self.folder / ADD_IN_NAME

    @property
    def click(self) -> str:
        """The command line of one click without the helper, to which the macros add the action and two files."""
        return self.start.removesuffix("run") + "click"

    def install(self, content: bytes) -> None:
        """Write the add-in, and how the helper is started. Raises ``SetupError``."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".gongkai-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            self.registry.write(RUN_KEY, RUN_NAME, self.start)
            self.registry.write(START_KEY, START_NAME, self.start)
            self.registry.write(START_KEY, CLICK_NAME, self.click)
        except PermissionError as error:
            raise SetupError(
                f"无法写入 {self.path}：Excel 正开着，或没有权限。请关闭所有 Excel 窗口后再试。"
            ) from error
        except OSError as error:
            raise SetupError(f"无法安装加载项到 {self.path}（{error.strerror or error}）。") from error

    def uninstall(self) -> bool:
        """Take away what ``install`` put there; whether there was anything. Raises ``SetupError``."""
        there = self.state(b"") != State(None, False, False, "")
        try:
            self.path.unlink(missing_ok=True)
            self.registry.remove(RUN_KEY, RUN_NAME)
            self.registry.remove(START_KEY, START_NAME)
            self.registry.remove(START_KEY, CLICK_NAME)
        except PermissionError as error:
            raise SetupError(
                f"无法删除 {self.path}：Excel 正开着，或没有权限。请关闭所有 Excel 窗口后再试。"
            ) from error
        except OSError as error:
            raise SetupError(f"无法卸载加载项 {self.path}（{error.strerror or error}）。") from error
        return there

    def state(self, content: bytes) -> State:
        """What is there now, held against the add-in that would be installed."""
        try:
            written: bytes | None = self.path.read_bytes()
        except OSError:
            written = None
        return State(
            add_in=self.path if written is not None else None,
            current=written is not None and written == content,
            at_log_on=self.registry.read(RUN_KEY, RUN_NAME) is not None,
            start=self.registry.read(START_KEY, START_NAME) or "",
        )


def start_command(executable: str) -> str:
    """The command line of the helper, without a window where that can be had."""
    windowless = Path(executable).with_name("pythonw.exe")
    return f'"{windowless if windowless.exists() else executable}" -m gongkai helper run'


def user_setup() -> ExcelSetup | None:
    """The setup of this user; None where there is no Windows."""
    if sys.platform == "win32":
        from .windows_registry import WindowsRegistry

        roaming = os.environ.get("APPDATA")
        home = Path(roaming) if roaming else Path.home() / "AppData" / "Roaming"
        return ExcelSetup(home / "Microsoft" / "Excel" / "XLSTART", WindowsRegistry(), start_command(sys.executable))
    return None
