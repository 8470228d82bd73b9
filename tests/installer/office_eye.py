"""Run by a Python that has ``uno``: looks into the LibreOffice behind a pipe. Reads one JSON list a line, ``[what, …]``, and writes one JSON value a line.

It only looks, and places the window; what a user would do is done with the mouse.
"""

# mypy: disable-error-code="misc"
from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import uno
import unohelper
from com.sun.star.awt import XTopWindowListener
from com.sun.star.beans import PropertyValue
from com.sun.star.frame import XStatusListener
from com.sun.star.lang import IndexOutOfBoundsException
from com.sun.star.uno import RuntimeException
from com.sun.star.util import URL

ROLE = "com.sun.star.accessibility.AccessibleRole"
BUTTONS = tuple(uno.getConstantByName(f"{ROLE}.{name}") for name in ("PUSH_BUTTON", "TOGGLE_BUTTON"))
STATE = "com.sun.star.accessibility.AccessibleStateType"
ENABLED, CHECKED = (uno.getConstantByName(f"{STATE}.{name}") for name in ("ENABLED", "CHECKED"))
MESSAGES = tuple(uno.getConstantByName(f"{ROLE}.{name}") for name in ("ALERT", "DIALOG", "OPTION_PANE"))
INSIDE_DOCUMENT = tuple(uno.getConstantByName(f"{ROLE}.{name}") for name in ("DOCUMENT", "DOCUMENT_SPREADSHEET"))

PATIENCE = 50.0
"""Seconds that LibreOffice may take to start; whoever asks waits longer."""

PASSING = (AttributeError, IndexOutOfBoundsException, RuntimeException)
"""What a window says that opens or closes while it is looked at: it has no parts yet, or none any more."""

MAXIMISED = (0, 0, 1600, 900, 15)


def connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception as error:
            if time.monotonic() > end:
                raise SystemExit(f"no LibreOffice behind the pipe {pipe}: {error}") from error
            time.sleep(0.1)


class Eye:
    """What can be seen."""

    def __init__(self, context: Any) -> None:
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
        self.windows = Windows()
        self.toolkit.addTopWindowListener(self.windows)
        self.book: Any = None

    def open(self, path: str) -> list[str]:
        """Open a workbook in a window that fills the screen; its sheets."""
        self.book = self.desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, ())
        self.window.setPosSize(*MAXIMISED)
        return self.sheets()

    @property
    def frame(self) -> Any:
        return self.book.getCurrentController().getFrame()

    @property
    def window(self) -> Any:
        return self.frame.getContainerWindow()

    def buttons(self) -> dict[str, list[int]]:
        """Label -> the middle of the button on the screen, of the buttons of the window that can be seen."""
        with suppress(*PASSING):
            return buttons_of(self.window.getAccessibleContext())
        return {}

    def question(self) -> list[Any]:
        """The text of the message that is open, and its buttons; empty when there is none."""
        for shown in tuple(self.windows.shown):
            with suppress(*PASSING):
                window = shown.getAccessibleContext()
                if window.getAccessibleRole() in MESSAGES:
                    texts = [each.getText() for each in below(window) if hasattr(each, "getText")]
                    names = [each.getAccessibleName() for each in below(window)]
                    return ["\n".join([*texts, *names]), buttons_of(window)]
        return []

    def press(self, action: str) -> None:
        """Do what LibreOffice does when a button of ours is released."""
        url = address_of(action)
        self.frame.queryDispatch(url, "", 0).dispatch(url, ())

    def greyed(self) -> list[str]:
        """Labels of the buttons that are shown as doing nothing."""
        return self.labels(lambda states: ENABLED not in states)

    def pressed(self) -> list[str]:
        """Labels of the buttons that are shown as pressed."""
        return self.labels(lambda states: CHECKED in states)

    def labels(self, wanted: Callable[[Any], bool]) -> list[str]:
        everything = [each for each in below(self.window.getAccessibleContext()) if each.getAccessibleRole() in BUTTONS]
        return [each.getAccessibleName() for each in everything if wanted(states_of(each))]

    def tip(self, action: str) -> str:
        """What a button says when the mouse rests on it."""
        told = Told()
        url = address_of(action)
        dispatch = self.frame.queryDispatch(url, "", 0)
        dispatch.addStatusListener(told, url)
        dispatch.removeStatusListener(told, url)
        return told.tip

    def sheets(self) -> list[str]:
        """Names of the sheets."""
        return list(self.book.Sheets.ElementNames)

    def front(self, path: str) -> None:
        """Look at a workbook that is open already."""
        documents = self.desktop.getComponents().createEnumeration()
        while documents.hasMoreElements():
            document = documents.nextElement()
            if document.getURL() == uno.systemPathToFileUrl(path):
                self.book = document
                self.window.toFront()

    def close(self) -> None:
        """Close the workbook without saving."""
        self.book.close(True)
        self.book = None

    def enlarge(self, rows: int) -> None:
        """Fill up every sheet to so many rows with what stands in its last one."""
        for name in self.book.Sheets.ElementNames:
            sheet = self.book.Sheets.getByName(name)
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            last = cursor.getRangeAddress()
            source = sheet.getCellRangeByPosition(0, last.EndRow, last.EndColumn, last.EndRow)
            source.setDataArray((tuple(float(column) for column in range(last.EndColumn + 1)),))
            end = last.EndRow
            while end < rows:
                address = sheet.getCellRangeByPosition(0, last.EndRow, last.EndColumn, end).getRangeAddress()
                place = sheet.getCellByPosition(0, end + 1).getCellAddress()
                sheet.copyRange(place, address)
                end += end - last.EndRow + 1

    def place(self, row: int, column: int) -> list[int]:
        """The middle of a cell of the sheet that shows, on the screen; counted from 0."""
        everything = below(self.window.getAccessibleContext())
        view = next(each for each in everything if each.getAccessibleRole() in INSIDE_DOCUMENT)
        table = view.getAccessibleChild(0).getAccessibleContext()
        cell = table.getAccessibleCellAt(row, column).getAccessibleContext()
        place, size = cell.getLocationOnScreen(), cell.getSize()
        return [place.X + size.Width // 2, place.Y + size.Height // 2]

    def show(self, sheet: str, cell: str) -> None:
        """Turn to a sheet and select a cell."""
        controller = self.book.getCurrentController()
        controller.setActiveSheet(self.book.Sheets.getByName(sheet))
        controller.select(self.book.Sheets.getByName(sheet).getCellRangeByName(cell))

    def cell(self, sheet: str, cell: str) -> list[Any]:
        """Formula text, value, background colour and note of a cell."""
        found = self.book.Sheets.getByName(sheet).getCellRangeByName(cell)
        return [found.getFormula(), found.getValue(), found.CellBackColor, found.getAnnotation().getString()]

    def state(self) -> dict[str, list[list[Any]]]:
        """Of every sheet, what each used cell shows: address, formula, colour, note."""
        return {name: list(used_cells(self.book.Sheets.getByName(name))) for name in self.book.Sheets.ElementNames}

    def save_as(self, path: str) -> None:
        """Save a copy as .xlsx and close the workbook."""
        kind = PropertyValue()
        kind.Name, kind.Value = "FilterName", "Calc MS Excel 2007 XML"
        self.book.storeToURL(uno.systemPathToFileUrl(path), (kind,))
        self.book.close(True)

    def quit(self) -> None:
        """End LibreOffice without asking."""
        if self.book is not None:
            self.book.setModified(False)
        with suppress(Exception):  # the connection may break before the answer has come
            self.desktop.terminate()


class Windows(unohelper.Base, XTopWindowListener):
    """The windows that were opened since, and not closed. LibreOffice's own list of them must not be asked for from another thread than its own: it takes no care then
    that none is being made or taken down, and has been seen to end by that."""

    def __init__(self) -> None:
        self.shown: list[Any] = []

    def windowOpened(self, event: Any) -> None:  # noqa: N802
        self.shown.append(event.Source)

    def windowClosed(self, event: Any) -> None:  # noqa: N802
        self.shown = [window for window in self.shown if window != event.Source]

    def windowClosing(self, event: Any) -> None:  # noqa: N802
        pass

    def windowMinimized(self, event: Any) -> None:  # noqa: N802
        pass

    def windowNormalized(self, event: Any) -> None:  # noqa: N802
        pass

    def windowActivated(self, event: Any) -> None:  # noqa: N802
        pass

    def windowDeactivated(self, event: Any) -> None:  # noqa: N802
        pass

    def disposing(self, event: Any) -> None:
        pass


class Told(unohelper.Base, XStatusListener):
    """Hears what a button of ours is told."""

    tip = ""

    def statusChanged(self, event: Any) -> None:  # noqa: N802
        if getattr(event.State, "Command", "") == "SetQuickHelpText":
            self.tip = event.State.Arguments[0].Value

    def disposing(self, event: Any) -> None:
        pass


def address_of(action: str) -> Any:
    """The address of a button of ours."""
    url = URL()
    url.Complete = url.Main = f"gongkai:{action}"
    return url


def states_of(context: Any) -> set[int]:
    """The states of a part of a window. They are an object of their own before LibreOffice 7.5, and then the bits of a number."""
    states = context.getAccessibleStateSet()
    if isinstance(states, int):
        return {state for state in (ENABLED, CHECKED) if states & state}
    return {state for state in (ENABLED, CHECKED) if states.contains(state)}


def buttons_of(window: Any) -> dict[str, list[int]]:
    found = {}
    for each in below(window):
        if each.getAccessibleRole() in BUTTONS and each.getAccessibleName():
            place, size = each.getLocationOnScreen(), each.getSize()
            if place.X >= 0 and size.Width > 0:
                found[each.getAccessibleName()] = [place.X + size.Width // 2, place.Y + size.Height // 2]
    return found


def below(context: Any, depth: int = 12) -> Iterator[Any]:
    """Everything in a window, from the outside in, but for what is in the document."""
    yield context
    if depth and context.getAccessibleRole() not in INSIDE_DOCUMENT:
        for number in range(min(context.getAccessibleChildCount(), 200)):
            child = context.getAccessibleChild(number)
            if child is not None:
                yield from below(child.getAccessibleContext(), depth - 1)


def used_cells(sheet: Any) -> Iterator[list[Any]]:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    notes = {(note.Position.Column, note.Position.Row): note.getString() for note in sheet.getAnnotations()}
    area = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
    for row, formulas in enumerate(area.getFormulaArray()):
        for column, formula in enumerate(formulas):
            colour = sheet.getCellByPosition(column, row).CellBackColor
            note = notes.get((column, row), "")
            if formula or note or colour != -1:
                yield [column, row, formula, colour, note]


def main() -> None:
    eye = Eye(connected(sys.argv[1]))
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        what, *arguments = json.loads(line)
        print(json.dumps(getattr(eye, what)(*arguments)), flush=True)


main()
