"""What only LibreOffice's own thread may do: it is asked, and does it when it has a moment. Messages, remarks in the status bar, and whatever else touches windows.

Runs in LibreOffice's own Python, 3.8 or later.
"""

# mypy: disable-error-code="misc, no-untyped-call, import-not-found"
from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uno
import unohelper
from com.sun.star.awt import XCallback

WARNING, INFORMATION, QUESTION = "WARNINGBOX", "INFOBOX", "QUERYBOX"
OK, YES_AND_NO = 1, 3
"""com.sun.star.awt.MessageBoxButtons"""

YES = 2
"""com.sun.star.awt.MessageBoxResults"""


class Turn(unohelper.Base, XCallback):
    """Something to do that waits for its turn."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act

    def notify(self, data: Any) -> None:
        """Do it. Whoever calls this keeps silent about errors."""
        try:
            self.act()
        except Exception:
            traceback.print_exc(file=sys.stderr)


def later(context: Any, act: Callable[[], object]) -> None:
    """Have LibreOffice's own thread do something."""
    context.getServiceManager().createInstanceWithContext("com.sun.star.awt.AsyncCallback", context).addCallback(
        Turn(act), None
    )


def show_message(frame: Any, title: str, text: str, kind: str, agreed: Callable[[], object] | None) -> None:
    """Show a message and wait until it is closed; ``agreed`` is called after a yes, and only with it there is something to agree to."""
    window = frame.getContainerWindow()
    buttons = YES_AND_NO if agreed else OK
    box = window.getToolkit().createMessageBox(
        window, uno.Enum("com.sun.star.awt.MessageBoxType", kind), buttons, title, text
    )
    answer = box.execute()
    box.dispose()
    if answer == YES and agreed:
        agreed()


class Remark:
    """A text for the status bar of a window."""

    def __init__(self, frame: Any, text: str) -> None:
        self.frame = frame
        self.text = text
        self.indicator: Any = None

    def show(self) -> None:
        """Show it in the place of the one before."""
        clear_remarks()
        self.indicator = self.frame.createStatusIndicator()
        self.indicator.start(self.text, 0)
        remarks.append(self)

    def end(self) -> None:
        """Give the bar back, unless something else stands there by now."""
        if remarks[-1:] == [self]:
            clear_remarks()


def clear_remarks() -> None:
    """Give the status bar back."""
    while remarks:
        with suppress(Exception):  # its window may be closed
            remarks.pop().indicator.end()


remarks: list[Remark] = []
"""The text that stands in the status bar without a helper."""
