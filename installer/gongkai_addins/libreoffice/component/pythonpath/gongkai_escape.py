"""The key Esc, while something is being done.

Runs in LibreOffice's own Python, 3.8 or later.
"""

# mypy: disable-error-code="misc, no-untyped-call, import-not-found"
# ruff: noqa: N802
from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import unohelper
from com.sun.star.awt import XKeyHandler

ESCAPE = 1281
"""com.sun.star.awt.Key"""


class Escape(unohelper.Base, XKeyHandler):
    """Listens to the keys of one window."""

    def __init__(self, pressed: Callable[[], object]) -> None:
        self.pressed = pressed

    def keyPressed(self, event: Any) -> bool:
        """A key goes down. Whatever else Esc does in LibreOffice, it does as well."""
        if event.KeyCode == ESCAPE and not event.Modifiers:
            threading.Thread(target=self.pressed, daemon=True).start()
        return False

    def keyReleased(self, event: Any) -> bool:
        """A key comes up."""
        return False

    def disposing(self, event: Any) -> None:
        """The window is closed."""


@contextmanager
def listening(controller: Any, pressed: Callable[[], object]) -> Iterator[None]:
    """Have ``pressed`` called when Esc is pressed in a window; not any more afterwards."""
    handler = Escape(pressed)
    with suppress(Exception):  # the window may have been closed meanwhile
        controller.addKeyHandler(handler)
    try:
        yield
    finally:
        with suppress(Exception):
            controller.removeKeyHandler(handler)
