"""A report file that is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from .language import Words
from .paths import WORKBOOK_SUFFIXES, WorkbookPath, shown_path
from .system_reason import system_reason
from .usage import UsageError


class OutputError(UsageError):
    """The report cannot be written there. ``str()`` is the sentence for the user."""


class OutputFile:
    """Writes to a file beside ``path`` that takes its place when all went well: a run that is broken off leaves what was there.

    It is opened at once, so that a folder that cannot be written is known before the work begins. Raises ``OutputError``.
    """

    def __init__(self, path: Path, inputs: Iterable[WorkbookPath], words: Words) -> None:
        self.path = path
        self._words = words
        shown = shown_path(path)
        if path.suffix.lower() in WORKBOOK_SUFFIXES or _is_among(path, inputs):
            raise OutputError(
                words(
                    f"报告不能写到工作簿 {shown} 上，请另取文件名（如 报告.txt、报告.json）。",
                    f"A report must not overwrite the workbook {shown}; choose another name, such as report.json.",
                )
            )
        if path.is_dir():
            raise OutputError(words(f"{shown} 是文件夹，请给出文件名。", f"{shown} is a folder; name a file."))
        try:
            if path.exists():
                with path.open("r+b"):
                    pass  # open elsewhere, or read-only: known now, not after an hour
            handle, name = tempfile.mkstemp(prefix=".gongkai-", suffix=".tmp", dir=path.parent)
        except OSError as error:
            raise self._error(error) from error
        self._temporary = Path(name)
        self.stream: TextIO = os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n")

    def _error(self, error: OSError) -> OutputError:
        shown, reason = shown_path(self.path), system_reason(error, self._words)
        return OutputError(
            self._words(
                f"无法写报告 {shown}（{reason}）：文件夹不存在、没有写权限、磁盘已满，或文件正被打开；请换一个位置或关闭文件后重试。",
                f"Cannot write the report {shown} ({reason}): choose another place, or close the file if it is open.",
            )
        )

    def __enter__(self) -> OutputFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self.stream.close()
            if kind is None:
                self._temporary.chmod(0o644 & ~_umask())
                self._temporary.replace(self.path)
        except OSError as fault:
            if kind is None:
                raise self._error(fault) from fault
        finally:
            self._temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _is_among(path: Path, inputs: Iterable[WorkbookPath]) -> bool:
    return path.exists() and any(path.samefile(workbook.path) for workbook in inputs if workbook.path.exists())
