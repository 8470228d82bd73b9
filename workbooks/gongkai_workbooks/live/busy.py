"""Errors of a running program as sentences, and how long a program that is busy is waited for."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gongkai_workbooks.edits import Applied
from gongkai_workbooks.errors import WorkbookError

WAIT_SECONDS = 3.0
"""How long a cell may be edited or a dialog be open before that is said."""

_PAUSE = 0.05
_REJECTED = frozenset({-2_147_418_111, -2_147_417_846, -2_146_777_998})
"""COM: call rejected by callee, server busy, and what Excel itself says while a cell is edited."""
_GONE = frozenset({-2_147_023_174, -2_147_023_170, -2_147_417_848, -2_147_220_995})
"""COM: server unavailable, call failed, object disconnected from its clients, object not connected."""


_UNSETTABLE = re.compile(r"Property '.*' can not be set\.")
"""What is left of a rejected or broken call when a property was to be set: pywin32 asks for its number first, and takes no answer for no such property."""

_PLACE = re.compile(r"\s+at \./.*", re.DOTALL)
"""Where in its own sources LibreOffice failed, at the end of its messages."""


class BusyError(WorkbookError):
    """The program is editing a cell or shows a dialog; nothing was done."""


class GoneError(WorkbookError):
    """The program or the workbook was closed."""


class UnfinishedError(WorkbookError):
    """The program failed while it was written to. ``applied`` says all that was to be done: undoing it takes back what was.

    Where the workbook could keep the journal, ``LiveHost.kept`` has it too, also after the program was started again.
    """

    def __init__(self, name: str, applied: Applied, cause: WorkbookError | None) -> None:
        why = str(cause) if cause is not None else f"{name}：写入时出错。"
        super().__init__(
            f"{why}写入只完成了一部分；要写的内容已先记在工作簿里，工作簿仍开着或自动恢复后，可用“撤销上次修正”恢复。"
        )
        self.applied = applied


class Patience(int):
    """The number of attempts that xlwings makes at a rejected call, ended by the clock instead of a count.

    xlwings tries for ever by default. It compares the number of the attempt with its limit after each rejection; the comparison
    lands here, waits a moment and says whether there is time left.
    """

    _end = 0.0

    def __new__(cls) -> Patience:
        """As many attempts as there is time for."""
        return super().__new__(cls, 1_000_000)

    def __gt__(self, attempt: int) -> bool:
        now = time.monotonic()
        if attempt <= 1:
            self._end = now + WAIT_SECONDS
        if now >= self._end:
            return False
        time.sleep(_PAUSE)
        return True


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Turn what the program throws into ``WorkbookError``, and let xlwings wait no longer than ``WAIT_SECONDS`` for each call.

    ``name`` is the workbook's. Errors of this program's own making pass through.
    """
    module = sys.modules.get("xlwings._xlwindows")
    before = getattr(module, "N_COM_ATTEMPTS", 0)
    if module is not None and not isinstance(before, Patience):
        module.N_COM_ATTEMPTS = Patience()  # type: ignore[attr-defined]
    try:
        yield
    except WorkbookError:
        raise
    except Exception as error:
        found = sentence_of(error, name)
        if found is None:
            raise
        raise found from error
    finally:
        if module is not None:
            module.N_COM_ATTEMPTS = before  # type: ignore[attr-defined]


def wait_until_ready(ask: Callable[[], None], name: str) -> None:
    """Ask until the program answers, ``WAIT_SECONDS`` at most. Raises ``BusyError``."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            ask()
            return
        except Exception as error:
            found = error if isinstance(error, WorkbookError) else sentence_of(error, name)
            if not isinstance(found, BusyError):
                raise
            if time.monotonic() >= end:
                raise found from error
            time.sleep(_PAUSE)


def busy_error(name: str) -> BusyError:
    """The sentence for a program that does not listen."""
    return BusyError(
        f"{name}：正在编辑单元格，或有对话框没有关闭，程序等了 {WAIT_SECONDS:.0f} 秒。"
        "请按回车键结束编辑、关闭对话框后再点一次。"
    )


def sentence_of(error: Exception, name: str) -> WorkbookError | None:
    """The error of a spreadsheet program as a sentence; None for an error that is none of a program's."""
    code = getattr(error, "hresult", None)
    kind = type(error).__name__
    if code in _REJECTED or kind == "ExcelBusyError":
        return busy_error(name)
    if code in _GONE or "DisposedException" in kind or isinstance(error, ConnectionError):
        return GoneError(f"{name}：工作簿或电子表格程序已经关闭。请重新打开工作簿后再试。")
    if isinstance(code, int):
        return WorkbookError(f"{name}：电子表格程序拒绝了操作（{_said_by_com(error)}）。请关闭正在进行的操作后再试。")
    if isinstance(error, AttributeError) and _UNSETTABLE.fullmatch(str(error)):
        return WorkbookError(
            f"{name}：电子表格程序没有回答：可能已经关闭，或者正在编辑单元格。请看一看它的窗口，再点一次。"
        )
    message = getattr(error, "Message", None)
    if isinstance(message, str):
        if "disposed" in message or "illegal object given" in message:
            return GoneError(f"{name}：工作簿或电子表格程序已经关闭。请重新打开工作簿后再试。")
        return WorkbookError(
            f"{name}：LibreOffice 拒绝了操作（{_PLACE.sub('', message)[:200] or kind}）。请关闭正在进行的操作后再试。"
        )
    return None


def is_refusal(error: Exception) -> bool:
    """Whether the program was there and answered that it would not: neither busy, nor gone, nor a fault of this program's own."""
    return type(sentence_of(error, "")) is WorkbookError


def _said_by_com(error: Exception) -> str:
    """What COM says of an error: the description that came along, else the general text."""
    information = getattr(error, "excepinfo", None)
    if information and len(information) > 2 and information[2]:
        return str(information[2])[:200]
    return str(getattr(error, "strerror", "") or error)[:200]
