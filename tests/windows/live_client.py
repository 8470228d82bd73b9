"""Runs on Windows: what the product does with a workbook that is open in the stand-in, written down as JSON in UTF-8.

Called with what is to be tried, the program, and where the sources of the tests are.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WHAT, PROGRAM, ROOT = sys.argv[1:4]
sys.path.append(ROOT)

from gongkai_workbooks.cells import CellRef  # noqa: E402
from gongkai_workbooks.edits import Edits, Mark  # noqa: E402
from gongkai_workbooks.errors import WorkbookError  # noqa: E402
from gongkai_workbooks.file_host import FileHost  # noqa: E402
from gongkai_workbooks.grid import Grid  # noqa: E402
from gongkai_workbooks.live import LiveHost, OpenBook, open_books  # noqa: E402
from tests.workbooks.live.findings import comparable, findings_of, marks_and_fixes  # noqa: E402


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, for whoever would read it again: each question to a program of wine takes its time."""

    grids: Sequence[Grid]

    def read_all(self) -> Sequence[Grid]:
        """See ``LiveHost``."""
        return self.grids


def there_and_back(one: OpenBook, host: LiveHost) -> dict[str, object]:
    """Check, mark and correct, take back; what was found, and what was seen in between."""
    before = state(one)
    saved = FileHost(Path(one.full_name))
    read = Read(host.read_all())
    same_cells = [comparable(grid) for grid in read.grids] == [comparable(grid) for grid in saved.read_all()]
    findings = findings_of(read)
    unread = state(one) == before
    applied = host.apply(marks_and_fixes(findings))
    marked = state(one)
    refused = host.undo(applied.journal)
    return {
        "found": [one.application, one.name, one.full_name],
        "same_cells": same_cells,
        "same_findings": findings == findings_of(saved),
        "findings": len(findings),
        "unread": unread,
        "refused": [str(each) for each in (*applied.refused, *refused)],
        "marked": json.loads(marked),
        "restored": restored(before, state(one)),
    }


def busy(one: OpenBook, host: LiveHost) -> dict[str, object]:
    """A cell is being edited, for ever and then for a moment."""
    application = one.book.api.Application
    sheet = host.sheets()[0]
    application.Busy = 1_000_000
    begin = time.monotonic()
    sentence = said(lambda: host.read(sheet))
    seconds = time.monotonic() - begin
    application.Busy = 10
    return {"sentence": sentence, "seconds": seconds, "value": host.read(sheet).value(7, 5)}


def dying(one: OpenBook, host: LiveHost) -> dict[str, object]:
    """The program is killed while it is written to."""
    sheet = host.sheets()[0]
    edits = Edits(marks=(Mark(cell=CellRef(sheet, 7, 5), severity="error", note="核对"),))
    application = one.book.api.Application
    application.DiesAtFill = 1
    sentence = said(lambda: host.apply(edits))
    return {"sentence": sentence, "after": said(host.sheets), "open": len(open_books())}


def seen(one: OpenBook, _: LiveHost) -> dict[str, object]:
    """What a user sees."""
    found: dict[str, object] = json.loads(state(one))
    return found


def state(one: OpenBook) -> str:
    return str(one.book.api.Application.State)


def restored(before: str, after: str) -> list[str]:
    """What is not as it was; the hidden sheet that keeps the journal stays."""
    first, second = json.loads(before), json.loads(after)
    wrong = [name for name in ("front", "settings") if first[name] != second[name]]
    for book, sheets in first["books"].items():
        wrong += [f"{book} {name}" for name in sheets if sheets[name] != second["books"][book].get(name)]
        wrong += [
            f"{book} {name}"
            for name, sheet in second["books"][book].items()
            if name not in sheets and sheet["visible"] != 2
        ]
    return wrong


def said(call: Callable[[], Any]) -> str:
    """The sentence with which a call is refused."""
    try:
        call()
    except WorkbookError as error:
        return f"{type(error).__name__} {error}"
    return ""


def main() -> None:
    """Find the workbook in the program, and do it."""
    found = [one for one in open_books() if one.application == PROGRAM]
    answer: object = {"found": []}
    if found:
        answer = {"there_and_back": there_and_back, "busy": busy, "dying": dying, "seen": seen}[WHAT](
            found[0], LiveHost(found[0].book)
        )
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    main()
