"""What becomes of a fault of the program itself: the details go to a file, the user gets its path."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

from .language import Words
from .version import __version__


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


def write_log(error: BaseException) -> Path | None:
    """Write the traceback and the versions to a new file in the folder for temporary files; None when that fails too.

    The command line is left out: it may hold a password.
    """
    text = "".join(traceback.format_exception(error))
    heading = f"gongkai {__version__}\nPython {sys.version}\n{platform.platform()}\n\n"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="gongkai-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(heading + text)
        return Path(file.name)
    except OSError:
        return None
