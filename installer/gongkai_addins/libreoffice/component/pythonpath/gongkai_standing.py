"""What the last answer said of each workbook: which buttons would do nothing there and why, and which stay pressed. What is not known is not greyed.

Only LibreOffice's own thread comes here, but for ``Edits``. Runs in LibreOffice's own Python, 3.8 or later.
"""

# mypy: disable-error-code="misc, no-untyped-call, import-not-found"
# ruff: noqa: N802
from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import unohelper
from com.sun.star.beans import NamedValue
from com.sun.star.document import XUndoManagerListener
from com.sun.star.frame import ControlCommand, FeatureStateEvent

OF_THE_USER = "errors_only"
"""The toggle that is not one of a workbook: it is the same in all."""

SILENT = ("failed", "cancelled")
"""Outcomes of which an answer says nothing about the workbook."""


class Standing:
    """What is known of one workbook: the reasons why actions would do nothing, and whether toggles are on."""

    def __init__(self, greyed: dict[str, str], pressed: dict[str, bool]) -> None:
        self.greyed = greyed
        self.pressed = pressed
        self.edits: Edits | None = None


class Knowledge:
    """What is known of all workbooks. ``changed`` is called with the identity of one of which something else is known now, or None for all."""

    def __init__(
        self, changed: Callable[[str | None], object], later: Callable[[Callable[[], object]], object]
    ) -> None:
        self._changed = changed
        self._later = later
        self._standings: dict[str, Standing] = {}
        self._errors_only: bool | None = None

    def remember(self, model: Any, toggles: tuple[str, ...], answer: dict[str, Any]) -> None:
        """Keep what an answer says of a workbook, until its user changes something."""
        if not answer.get("workbook") or answer.get("outcome") in SILENT or "greyed" not in answer:
            return
        identity = model.RuntimeUID
        self._listen_no_more(identity)
        on = answer.get("pressed") or ()
        standing = Standing(dict(answer["greyed"]), {toggle: toggle in on for toggle in toggles})
        self._errors_only = OF_THE_USER in on
        self._standings[identity] = standing
        if standing.greyed:
            standing.edits = Edits(model, lambda: self._later(lambda: self._edited(identity, standing)))
        self._changed(None)

    def reason(self, model: Any, action: str) -> str:
        """Why an action would do nothing; nothing when it may be asked for."""
        standing = self._standings.get(identity_of(model))
        return standing.greyed.get(action, "") if standing else ""

    def pressed(self, model: Any, toggle: str) -> bool | None:
        """Whether a toggle is on; None where that is not known."""
        if toggle == OF_THE_USER:
            return self._errors_only
        standing = self._standings.get(identity_of(model))
        return standing.pressed.get(toggle) if standing else None

    def forget_reasons(self) -> None:
        """Grey nothing any more: the helper that gave the reasons is gone."""
        for identity, standing in self._standings.items():
            self._listen_no_more(identity)
            standing.greyed = {}
        self._changed(None)

    def _edited(self, identity: str, standing: Standing) -> None:
        if self._standings.get(identity) is standing:
            self._listen_no_more(identity)
            standing.greyed = {}
            self._changed(identity)

    def _listen_no_more(self, identity: str) -> None:
        standing = self._standings.get(identity)
        if standing and standing.edits:
            standing.edits.end()
            standing.edits = None


class Edits(unohelper.Base, XUndoManagerListener):
    """Hears of the first change of a workbook that can be taken back, or is."""

    def __init__(self, model: Any, heard: Callable[[], object]) -> None:
        self._heard: Callable[[], object] | None = heard
        self._manager: Any = model.getUndoManager()
        self._manager.addUndoManagerListener(self)

    def end(self) -> None:
        """Hear of nothing more."""
        self._heard = None
        with suppress(Exception):  # the workbook may be closed
            self._manager.removeUndoManagerListener(self)

    def _tell(self) -> None:
        heard, self._heard = self._heard, None
        if heard:
            heard()

    def undoActionAdded(self, event: Any) -> None:
        """Something was changed."""
        self._tell()

    def actionUndone(self, event: Any) -> None:
        """Something was taken back."""
        self._tell()

    def actionRedone(self, event: Any) -> None:
        """Something was done again."""
        self._tell()

    def allActionsCleared(self, event: Any) -> None:
        """No change."""

    def redoActionsCleared(self, event: Any) -> None:
        """No change."""

    def resetAll(self, event: Any) -> None:
        """No change."""

    def enteredContext(self, event: Any) -> None:
        """No change."""

    def enteredHiddenContext(self, event: Any) -> None:
        """No change."""

    def leftContext(self, event: Any) -> None:
        """Several changes."""
        self._tell()

    def leftHiddenContext(self, event: Any) -> None:
        """Several changes."""
        self._tell()

    def cancelledContext(self, event: Any) -> None:
        """No change."""

    def disposing(self, event: Any) -> None:
        """The workbook is closed."""


def identity_of(model: Any) -> str:
    """What LibreOffice itself knows a document by, as long as it is open; nothing where there is no workbook."""
    return str(getattr(model, "RuntimeUID", "") or "")


def status_events(source: Any, url: Any, tip: str, enabled: bool, pressed: bool | None) -> list[Any]:
    """What a button and a menu entry are told: the tip, which entries pass over, then whether it is enabled, and pressed (None: it is no toggle)."""
    command = ControlCommand()
    command.Command = "SetQuickHelpText"
    argument = NamedValue()
    argument.Name, argument.Value = "HelpText", tip
    command.Arguments = (argument,)
    events = []
    for state in (command, pressed):
        event = FeatureStateEvent()
        event.Source, event.FeatureURL, event.IsEnabled, event.Requery, event.State = source, url, enabled, False, state
        events.append(event)
    return events
