"""A click, warm: what the helper adds to the time that a spreadsheet program needs to read and write. The workbook is in memory, so both take next to none."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest import mock

from gongkai.desk.actions import key_of, perform
from gongkai.desk.desk import Desk
from gongkai.desk.examined import Examined
from gongkai.desk.request import Request
from gongkai.helper.client import call
from gongkai.helper.papers import Papers
from gongkai.helper.resident import run_helper
from gongkai_workbooks.file_host import FileHost
from tests.plugin.desk.memory_workbook import MemoryWorkbook

from .bench import Bench
from .clock import Time, milliseconds, timed
from .table import table

LARGEST_MS = 150
"""What the helper's own part may take; docs/benchmarks.md holds the figures against it."""

WARMING = 2
CALLS = 20
"""The status is asked for so often, because one answer is too short to time."""


def run(bench: Bench) -> str:
    """The table: milliseconds for each click."""
    rows = []
    with _own_folders(bench.scratch):
        for path in bench.corpus.samples():
            for name, click in _clicks(path).items():
                rows.append((f"{name}, {path.name}", *_spreads([click() for _ in range(WARMING + bench.pairs)])))
        with _helper() as papers:
            ask = partial(call, papers, "GET", "status")
            rows.append(("an answer over HTTP", *_spreads([timed(ask, CALLS) for _ in range(WARMING + bench.pairs)])))
    return table(("click", "processor, ms", "wall, ms"), rows)


def _clicks(path: Path) -> dict[str, Callable[[], Time]]:
    """Each click on a fresh copy of the workbook that was never seen before, by its name; making the copy is not timed."""
    grids = FileHost(path).read_all()
    desk = Desk()

    def click(action: str, *before: str, mark: bool | None = None) -> Time:
        workbook = MemoryWorkbook(grids)
        request = Request(workbook=str(path), mark=mark)
        desk.examined = Examined()
        desk.forget(key_of(request))
        for earlier in before:
            perform(earlier, desk, request, lambda _: workbook)
        outcomes: list[str] = []
        time = timed(lambda: outcomes.append(perform(action, desk, request, lambda _: workbook).outcome))
        if outcomes[0] == "failed":
            raise RuntimeError(f"{action} failed on {path}")
        return time

    return {
        "check": partial(click, "check_workbook", mark=False),
        "check and mark": partial(click, "check_workbook"),
        "next": partial(click, "next_finding", "check_workbook"),
        "correct all": partial(click, "fix_safe", "check_workbook"),
        "take back": partial(click, "undo_last", "check_workbook", "fix_safe"),
    }


def _spreads(times: list[Time]) -> tuple[object, object]:
    kept = times[WARMING:]
    return milliseconds(time.cpu for time in kept), milliseconds(time.wall for time in kept)


@contextmanager
def _own_folders(scratch: Path) -> Iterator[None]:
    """Let the records of the desk go to the scratch folder."""
    home = str(scratch / "home")
    variables = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"), home)
    with mock.patch.dict(os.environ, variables):
        yield


@contextmanager
def _helper() -> Iterator[Papers]:
    ready = threading.Event()
    found: list[Papers] = []

    def started(papers: Papers) -> None:
        found.append(papers)
        ready.set()

    thread = threading.Thread(target=partial(run_helper, started=started))
    thread.start()
    if not ready.wait(30):
        raise RuntimeError("the helper did not start")
    try:
        yield found[0]
    finally:
        call(found[0], "POST", "stop")
        thread.join(30)
