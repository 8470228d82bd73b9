"""The component behind the toolbar and the menu: says to the helper what was clicked and where the spreadsheet can be reached.

Runs in LibreOffice's own Python, 3.8 or later.
"""

# mypy: disable-error-code="misc, no-untyped-call, import-not-found"
# ruff: noqa: N802
from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import gongkai_signal
import uno
import unohelper
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo
from gongkai_bridge import bridge_name
from gongkai_escape import listening
from gongkai_standing import Knowledge, identity_of, status_events
from gongkai_turns import INFORMATION, QUESTION, WARNING, Remark, clear_remarks, later, show_message

IMPLEMENTATION = "gongkai.Buttons"
SERVICE = "com.sun.star.frame.ProtocolHandler"
PROTOCOL = "gongkai:"

LONGEST_REMARK, REMARK_SECONDS = 240, 60.0
"""What the status bar takes, and how long it stands there."""

TEXTS: dict[str, str] = json.loads((Path(__file__).parent / "texts.json").read_text(encoding="utf-8"))
BUTTONS: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "buttons.json").read_text(encoding="utf-8"))
STUCK = "检查助手没有及时回答，这次操作可能还在进行；请看看结果，再点按钮。"
"""Excel does not wait that long."""

TOGGLES = tuple(action for action, button in BUTTONS.items() if button["toggle"])


class Click(NamedTuple):
    """What was clicked, and where: everything that is asked of LibreOffice in its own thread."""

    action: str
    request: dict[str, Any]
    controller: Any
    model: Any


class Buttons(unohelper.Base, XDispatchProvider, XDispatch, XInitialization, XServiceInfo):
    """One window's buttons."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self.context = context
        self.frame: Any = None
        self.listeners: list[tuple[Any, Any]] = []

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
        """A button or a menu entry wants to know whether it may be clicked, now and whenever that changes."""
        self.listeners.append((listener, url))
        if self not in windows:
            windows.append(self)
        self.tell(listener, url, self.model())

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """It is gone."""
        self.listeners = [(one, its) for one, its in self.listeners if its.Complete != url.Complete or one != listener]
        if not self.listeners and self in windows:
            windows.remove(self)

    def tell_all(self, identity: str | None) -> None:
        """Tell every button how it stands, if this window shows that workbook."""
        model = self.model()
        if identity is None or identity_of(model) == identity:
            for listener, url in tuple(self.listeners):
                self.tell(listener, url, model)

    def tell(self, listener: Any, url: Any, model: Any) -> None:
        """Tell one button or menu entry how it stands."""
        action = url.Complete[len(PROTOCOL) :]
        button = BUTTONS.get(action)
        if button is None:
            return
        reason = knowledge(self.context).reason(model, action)
        pressed = bool(knowledge(self.context).pressed(model, action)) if action in TOGGLES else None
        tip = button["label"] + "\n" + (reason or button["tip"])
        for event in status_events(self, url, tip, not reason, pressed):
            with suppress(Exception):  # it may be gone without having said so
                listener.statusChanged(event)

    def model(self) -> Any:
        """The workbook that the window shows; None where there is none."""
        controller = self.frame.getController() if self.frame is not None else None
        return controller.getModel() if controller is not None else None

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
        controller = self.frame.getController()
        model = controller.getModel()
        request = self.request(controller, model)
        if action == "check_folder":
            request["folder"] = self.chosen_folder()
            if not request["folder"]:
                return
        shown = knowledge(self.context).pressed(model, action) if action in TOGGLES else None
        if shown is not None:
            request["pressed"] = not shown
        self.start_handing_over(Click(action, request, controller, model))

    def hand_over(self, click: Click) -> None:
        """Give the action to the helper, which is started when it is not running, and say what came of it.

        Where no helper can be, the action is done by a program that ends with it.
        """
        reply = gongkai_signal.signal(click.action, click.request)
        if reply.status == gongkai_signal.NOBODY:
            self.later(knowledge(self.context).forget_reasons)
            if click.action == "stop" or gongkai_signal.start_command() is None:
                self.say(TEXTS["not_running"])
                return
            if gongkai_signal.start():
                reply = gongkai_signal.signal(click.action, click.request)
            if reply.status == gongkai_signal.NOBODY:
                self.hand_over_alone(click)
                return
        if reply.status == gongkai_signal.LATE:
            self.say(STUCK)
        elif reply.status != gongkai_signal.ACCEPTED:
            self.say(reply.content.get("error") or TEXTS["refused"] + str(reply.status))
        elif "number" in reply.content:
            with listening(click.controller, gongkai_signal.cancel):
                answer = gongkai_signal.answer(reply.content["number"])
            self.take(answer, click)
            watch_helper(self.context)
        else:
            self.later(knowledge(self.context).forget_reasons)
            self.say(reply.content.get("sentence", ""), INFORMATION)

    def hand_over_alone(self, click: Click) -> None:
        """Have the action done without a helper. What a helper would leave in the status bar is put there from here."""
        self.later(Remark(self.frame, TEXTS["alone"]).show)
        try:
            answer = gongkai_signal.alone(click.action, dict(click.request, escape=False))
        except OSError:
            self.later(clear_remarks)
            self.say(TEXTS["not_started"])
            return
        told = answer.get("sentence", "") if answer and answer.get("workbook") else ""
        if told:
            remark = Remark(self.frame, told[:LONGEST_REMARK])
            self.later(remark.show)
            clock = threading.Timer(REMARK_SECONDS, self.later, (remark.end,))
            clock.daemon = True
            clock.start()
        else:
            self.later(clear_remarks)
        self.take(answer, click)

    def take(self, answer: dict[str, Any] | None, click: Click) -> None:
        """Keep what an answer says of the workbook. Show questions, refusals and what concerns no workbook; the rest stands in the status bar already.

        Details that were written into a file are before the user's eyes by then.
        """
        if answer is None:
            self.say(TEXTS["lost"])
            return
        self.later(lambda: knowledge(self.context).remember(click.model, TOGGLES, answer))
        outcome = answer.get("outcome")
        details = () if answer.get("file") else answer.get("details") or ()
        text = "\n\n".join(filter(None, [answer.get("sentence"), "\n".join(details)]))
        if outcome == "confirm":
            confirmed = click._replace(request=dict(click.request, confirmed=True))
            self.say(text, QUESTION, lambda: self.start_handing_over(confirmed))
        elif outcome == "done":
            if not answer.get("workbook"):
                self.say(text, INFORMATION)
        elif outcome and outcome != "cancelled":
            self.say(text)

    def start_handing_over(self, click: Click) -> None:
        """Hand over in a thread of its own, so that LibreOffice stays usable."""
        threading.Thread(target=self.hand_over, args=(click,), daemon=True).start()

    def request(self, controller: Any, workbook: Any) -> dict[str, Any]:
        """The workbook, sheet and cell of this window, and the way to them."""
        url = workbook.getURL()
        return {
            "application": "libreoffice",
            "workbook": uno.fileUrlToSystemPath(url) if url.startswith("file:") else url or workbook.getTitle(),
            "sheet": controller.getActiveSheet().getName(),
            "cell": first_cell(workbook.getCurrentSelection()),
            "locator": {"bridge": bridge_name(self.context), "document": workbook.RuntimeUID},
            "escape": True,
        }

    def chosen_folder(self) -> str:
        """The folder that the user chooses; nothing when none is."""
        picker = self.context.getServiceManager().createInstanceWithContext(
            "com.sun.star.ui.dialogs.FolderPicker", self.context
        )
        return uno.fileUrlToSystemPath(picker.getDirectory()) if picker.execute() == 1 else ""

    def say(self, text: str, kind: str = WARNING, agreed: Callable[[], object] | None = None) -> None:
        """Show a message; ``agreed`` is called after a yes."""
        self.later(lambda: show_message(self.frame, TEXTS["title"], text, kind, agreed))

    def later(self, act: Callable[[], object]) -> None:
        """Have LibreOffice's own thread do something."""
        later(self.context, act)


windows: list[Buttons] = []
"""The buttons that show how they stand."""

known: list[Knowledge] = []
"""What is known of the workbooks, once there was a button."""

watching = threading.Lock()
"""Held while the helper's end is waited for."""


def knowledge(context: Any) -> Knowledge:
    """What is known of the workbooks."""
    if not known:
        known.append(Knowledge(tell_windows, lambda act: later(context, act)))
    return known[0]


def tell_windows(identity: str | None) -> None:
    """Tell the buttons of all windows with that workbook, or with any, how they stand."""
    for window in tuple(windows):
        with suppress(Exception):  # it may be closed
            window.tell_all(identity)


def watch_helper(context: Any) -> None:
    """Wait for the helper's end in this thread, unless another one does so."""
    if watching.acquire(blocking=False):
        try:
            gongkai_signal.await_end()
            later(context, knowledge(context).forget_reasons)
        finally:
            watching.release()


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
