"""What becomes of a fault of the program itself: the details go to a file, the user gets its path."""

from __future__ import annotations

import contextlib
import datetime
import os
import platform
import secrets
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from gongkai_workbooks.user_folders import data_home, ensure_private

from .language import Words
from .version import __version__

FOLDER = "errors"
MOST_LOGS = 20
"""So many are kept; older ones help nobody."""


def crash_sentence(error: BaseException, words: Words) -> str:
    """Log the error and say in one sentence that the program failed and where the details are."""
    log = write_log(error)
    if log is None:
        return words(
            f"程序内部出错（{type(error).__name__}），且无法写出日志。工作簿没有改动。",
            f"Internal error ({type(error).__name__}), and no log could be written. No workbook was changed.",
        )
    return words(
        f"程序内部出错，工作簿没有改动。详情已写入 {log}，请把该文件发给维护人员。",
        f"Internal error; no workbook was changed. Details are in {log}; please send it to the maintainers.",
    )


def crash_folder() -> Path:
    """Where the details of such faults are kept: beside the helper's log, with which they are removed."""
    return data_home() / FOLDER


def write_log(error: BaseException) -> Path | None:
    """Write the traceback and the versions to a new file that only this user can read; None when that fails too.

    It stands in the user's folder of the program, or among the temporary files where that cannot be written. The command line is left out: it may
    hold a password.
    """
    text = "".join(traceback.format_exception(error))
    heading = f"gongkai {__version__}\nPython {sys.version}\n{platform.platform()}\n\n"
    name = f"gongkai-{datetime.datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}.log"
    for folder in (crash_folder(), Path(tempfile.gettempdir())):
        try:
            path = ensure_private(folder) / name
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(heading + text)
        except OSError:
            continue
        _forget_old(folder)
        return path
    return None


def newest_crash() -> Path | None:
    """The newest file in which the program wrote down an internal error; None when there is none."""
    found = _logs(crash_folder())
    return found[-1] if found else None


def _logs(folder: Path) -> Sequence[Path]:
    """The logs of a folder, the newest last: their names begin with the time."""
    try:
        return sorted(folder.glob("gongkai-*.log"))
    except OSError:
        return []


def _forget_old(folder: Path) -> None:
    if folder == crash_folder():
        for path in _logs(folder)[:-MOST_LOGS]:
            with contextlib.suppress(OSError):
                path.unlink()
