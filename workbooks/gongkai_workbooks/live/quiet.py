"""A program kept still while it is written to, and as it was again afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from .busy import is_refusal

if TYPE_CHECKING:
    import xlwings

    from .program import Program

_SETTINGS = {"status_bar": None, "enable_events": False, "calculation": "manual"}
"""What is remembered, and what is set meanwhile."""


@contextmanager
def kept_quiet(book: xlwings.Book, program: Program) -> Iterator[None]:
    """No redrawing, no events, no calculation; on every way out all is put back, with status bar, selection and scroll.

    What the program does not let be set stays as it is, as the calculation of an Excel none of whose workbooks is shown; what one setting refuses
    does not keep the others from being restored.
    """
    app = book.app
    undo: list[Callable[[], None]] = []
    try:
        view = program.view(book)
        _put(app, "screen_updating", False, undo)
        undo.append(lambda: program.restore_view(book, view))
        for name, value in _SETTINGS.items():
            _put(app, name, value, undo)
        yield
    finally:
        # Last set, first restored: the screen is drawn once, when all else is in place.
        for step in reversed(undo):
            with suppress(Exception):
                step()


def _put(app: Any, name: str, value: object, undo: list[Callable[[], None]]) -> None:
    """Note down what puts a setting back; set it, where there is something to set."""
    try:
        before = getattr(app, name)
        undo.append(_setter(app, name, before))
        if value not in (None, before):
            setattr(app, name, value)
    except Exception as error:
        if not is_refusal(error):
            raise


def _setter(app: Any, name: str, value: object) -> Callable[[], None]:
    def put_back() -> None:
        if getattr(app, name) != value:
            setattr(app, name, value)

    return put_back
