"""The component behind the toolbar and the menu: says to the helper what was clicked and where the spreadsheet can be reached.

Runs in LibreOffice's own Python, 3.8 or later.
"""

# mypy: disable-error-code="misc, no-untyped-call"
# ruff: noqa: N802
from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import gongkai_signal
import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.frame import XDispatch, XDispatchProvider, XTerminateListener
from com.sun.star.lang import XInitialization, XServiceInfo

IMPLEMENTATION = "gongkai.Buttons"
SERVICE = "com.sun.star.frame.ProtocolHandler"
PROTOCOL = "gongkai:"

WARNING, INFORMATION, QUESTION = "WARNINGBOX", "INFOBOX", "QUERYBOX"
OK, YES_AND_NO = 1, 3
"""com.sun.star.awt.MessageBoxButtons"""

YES = 2
"""com.sun.star.awt.MessageBoxResults"""

LONGEST_REMARK, REMARK_SECONDS = 240, 60.0
"""What the status bar takes, and how long it stands there."""

TEXTS: dict[str, str] = json.loads((Path(__file__).parent / "texts.json").read_text(encoding="utf-8"))

doors: dict[str, Any] = {}
"""The pipe through which the helper reaches this LibreOffice, by its name, once there was a click. It is open as long as somebody holds it."""


class Buttons(unohelper.Base, XDispatchProvider, XDispatch, XInitialization, XServiceInfo):
    """One window's buttons."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self.context = context
        self.frame: Any = None

    def initialize(self, arguments: tuple[Any, ...]) -> None:
        """LibreOffice tells which window the buttons belong to."""
        self.frame = arguments[0] if arguments else None

    def queryDispatch(self, url: Any, target: str, flags: int) -> Any:
        """Whether a button's address is one of ours."""
        return self if url.Complete.startswith(PROTOCOL) else None

    def queryDispatches(self, requests: tuple[Any, ...]) -> tuple[Any, ...]:
        """The same for many addresses."""
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in requests)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        """No button of ours is ever greyed."""

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """No button of ours is ever greyed."""

    def getImplementationName(self) -> str:
        """The name of this class in LibreOffice."""
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:
        """What this class is good for."""
        return name == SERVICE

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        """What this class is good for."""
        return (SERVICE,)

    def dispatch(self, url: Any, arguments: tuple[Any, ...]) -> None:
        """A click. What the helper must know is read here; the waiting is done elsewhere, so that LibreOffice stays usable."""
        action = url.Complete[len(PROTOCOL) :]
        request = self.request()
        if action == "check_folder":
            request["folder"] = self.chosen_folder()
            if not request["folder"]:
                return
        self.start_handing_over(action, request)

    def hand_over(self, action: str, request: dict[str, Any]) -> None:
        """Give the action to the helper, which is started when it is not running, and say what came of it.

        Where no helper can be, the action is done by a program that ends with it.
        """
        reply = gongkai_signal.signal(action, request)
        if reply.status == gongkai_signal.NOBODY and action != "stop":
            if gongkai_signal.start_command() is None:
                self.say(TEXTS["not_running"])
                return
            if gongkai_signal.start():
                reply = gongkai_signal.signal(action, request)
            if reply.status == gongkai_signal.NOBODY:
                self.hand_over_alone(action, request)
                return
        if reply.status == gongkai_signal.NOBODY:
            self.say(TEXTS["not_running"])
        elif reply.status != gongkai_signal.ACCEPTED:
            self.say(reply.content.get("error") or TEXTS["refused"] + str(reply.status))
        elif "number" in reply.content:
            self.show(gongkai_signal.answer(reply.content["number"]), action, request)
        else:
            self.say(reply.content.get("sentence", ""), INFORMATION)

    def hand_over_alone(self, action: str, request: dict[str, Any]) -> None:
        """Have the action done without a helper. What a helper would leave in the status bar is put there from here."""
        self.later(Remark(self.frame, TEXTS["alone"]))
        try:
            answer = gongkai_signal.alone(action, request)
        except OSError:
            self.later(Remark(self.frame, ""))
            self.say(TEXTS["not_started"])
            return
        told = answer.get("sentence", "") if answer and answer.get("workbook") else ""
        remark = Remark(self.frame, told[:LONGEST_REMARK])
        self.later(remark)
        if told:
            clock = threading.Timer(REMARK_SECONDS, self.later, (Remark(self.frame, "", remark),))
            clock.daemon = True
            clock.start()
        self.show(answer, action, request)

    def show(self, answer: dict[str, Any] | None, action: str, request: dict[str, Any]) -> None:
        """Show questions, refusals and what concerns no workbook; the rest stands in the status bar already.

        Details that were written into a file are before the user's eyes by then.
        """
        if answer is None:
            self.say(TEXTS["lost"])
            return
        outcome = answer.get("outcome")
        details = () if answer.get("file") else answer.get("details") or ()
        text = "\n\n".join(filter(None, [answer.get("sentence"), "\n".join(details)]))
        if outcome == "confirm":
            confirmed = dict(request, confirmed=True)
            self.say(text, QUESTION, lambda: self.start_handing_over(action, confirmed))
        elif outcome == "done":
            if not answer.get("workbook"):
                self.say(text, INFORMATION)
        elif outcome:
            self.say(text)

    def start_handing_over(self, action: str, request: dict[str, Any]) -> None:
        """Hand over in a thread of its own, so that LibreOffice stays usable."""
        threading.Thread(target=self.hand_over, args=(action, request), daemon=True).start()

    def request(self) -> dict[str, Any]:
        """The workbook, sheet and cell of this window, and the way to them."""
        controller = self.frame.getController()
        workbook = controller.getModel()
        url = workbook.getURL()
        return {
            "application": "libreoffice",
            "workbook": uno.fileUrlToSystemPath(url) if url.startswith("file:") else url or workbook.getTitle(),
            "sheet": controller.getActiveSheet().getName(),
            "cell": first_cell(workbook.getCurrentSelection()),
            "locator": {"pipe": open_door(self.context), "document": workbook.RuntimeUID},
        }

    def chosen_folder(self) -> str:
        """The folder that the user chooses; nothing when none is."""
        picker = self.context.getServiceManager().createInstanceWithContext(
            "com.sun.star.ui.dialogs.FolderPicker", self.context
        )
        return uno.fileUrlToSystemPath(picker.getDirectory()) if picker.execute() == 1 else ""

    def say(self, text: str, kind: str = WARNING, agreed: Callable[[], None] | None = None) -> None:
        """Show a message; ``agreed`` is called after a yes. Windows may be touched by LibreOffice's own thread only, so that one is asked."""
        self.later(Message(self.frame, text, kind, agreed))

    def later(self, callback: Any) -> None:
        """Have LibreOffice's own thread do something."""
        self.context.getServiceManager().createInstanceWithContext(
            "com.sun.star.awt.AsyncCallback", self.context
        ).addCallback(callback, None)


class Message(unohelper.Base, XCallback):
    """A message that waits for its turn."""

    def __init__(self, frame: Any, text: str, kind: str, agreed: Callable[[], None] | None) -> None:
        self.frame = frame
        self.text = text
        self.kind = kind
        self.agreed = agreed

    def notify(self, data: Any) -> None:
        """Show it."""
        window = self.frame.getContainerWindow()
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", self.kind)
        buttons = YES_AND_NO if self.agreed else OK
        box = window.getToolkit().createMessageBox(window, kind, buttons, TEXTS["title"], self.text)
        answer = box.execute()
        box.dispose()
        if answer == YES and self.agreed:
            self.agreed()


class Remark(unohelper.Base, XCallback):
    """A text for the status bar, in the place of the one before; an empty one gives the bar back, where ``only`` is named only from that one."""

    def __init__(self, frame: Any, text: str, only: Remark | None = None) -> None:
        self.frame = frame
        self.text = text
        self.only = only
        self.indicator: Any = None

    def notify(self, data: Any) -> None:
        """Show it."""
        if self.only is not None and remarks[-1:] != [self.only]:
            return
        while remarks:
            with suppress(Exception):  # its window may be closed
                remarks.pop().indicator.end()
        if self.text:
            self.indicator = self.frame.createStatusIndicator()
            self.indicator.start(self.text, 0)
            remarks.append(self)


remarks: list[Remark] = []
"""The text that stands in the status bar without a helper."""


class Farewell(unohelper.Base, XTerminateListener):
    """Closes the door when LibreOffice ends; the file of a pipe that is not closed stays on the disk."""

    def queryTermination(self, event: Any) -> None:
        """Nothing of ours keeps LibreOffice from ending."""

    def notifyTermination(self, event: Any) -> None:
        """It ends."""
        doors.clear()

    def disposing(self, event: Any) -> None:
        """It has ended."""


def open_door(context: Any) -> str:
    """Let programs of the same user reach this LibreOffice through a pipe, whose name they learn from the request; returns that name."""
    if not doors:
        name = "gongkai-" + secrets.token_hex(16)
        acceptor = context.getServiceManager().createInstanceWithContext("com.sun.star.office.Acceptor", context)
        acceptor.initialize(("pipe,name=" + name + ";urp;StarOffice.ComponentContext", True))
        doors[name] = acceptor
        desktop = context.getServiceManager().createInstanceWithContext("com.sun.star.frame.Desktop", context)
        desktop.addTerminateListener(Farewell())
    return next(iter(doors))


def first_cell(selection: Any) -> str:
    """The first cell of what is selected, ``F12``; nothing when no cells are."""
    if selection is not None and hasattr(selection, "getByIndex") and hasattr(selection, "getRangeAddresses"):
        selection = selection.getByIndex(0)
    if selection is None or not hasattr(selection, "getRangeAddress"):
        return ""
    address = selection.getRangeAddress()
    letters, column = "", address.StartColumn + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters + str(address.StartRow + 1)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 (LibreOffice looks for this name)
g_ImplementationHelper.addImplementation(Buttons, IMPLEMENTATION, (SERVICE,))
