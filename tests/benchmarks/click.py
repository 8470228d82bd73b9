"""From a click in LibreOffice to marked cells: the extension, the helper and LibreOffice together, warm, on a screen without a monitor."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest import mock

from gongkai.helper.client import call, running, stop
from gongkai.helper.papers import Papers
from tests.installer.office import Office, add_extension, office
from tests.installer.programs import one_at_a_time

from .bench import Bench
from .clock import Time, milliseconds
from .table import table

LARGEST_MS = 1500
"""What a click on nine sheets may take; docs/benchmarks.md holds the figures against it."""

SAMPLES = ("示例-有错误.xlsx", "青山区医疗保健办公室2024.xlsx")
"""Nine sheets with errors of every kind, and nine with two warnings."""

FOR_EACH_PAIR = 2
"""Clicks of each kind where other benchmarks measure one pair."""

PROGRAMS = ("soffice", "unopkg", "Xvfb", "xdotool")
PATIENCE = 60.0
AT_REST = 2.0
"""Seconds after which a workbook that was opened is drawn, and LibreOffice has nothing left to do."""

GLANCE = 0.02
"""Seconds between two looks at the helper; each is work for it, too."""


def run(bench: Bench) -> str:
    """The table: milliseconds for each click, of the processor in LibreOffice and the helper together, and on the wall."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        return f"Not measured: {', '.join(missing)} not installed."
    rows = []
    with _opened() as shown:
        clicks = Clicks(shown)
        for path in (path for path in bench.corpus.samples() if path.name in SAMPLES):
            times: dict[str, list[Time]] = {}
            for number in range(FOR_EACH_PAIR * bench.pairs + 1):
                copy = Path(shutil.copyfile(path, bench.scratch / f"{number}-{path.name}"))
                shown.ask("open", str(copy))
                time.sleep(AT_REST)
                for name, action in (("check and mark", "check_workbook"), ("the same again", "check_workbook")):
                    times.setdefault(name, []).append(clicks(action))
                shown.ask("close")
            # The first loads what later ones find loaded.
            for name, (_, *kept) in times.items():
                figures = milliseconds(time.cpu for time in kept), milliseconds(time.wall for time in kept)
                rows.append((f"{name}, {path.name}", *figures))
    return table(("click in LibreOffice", "processor, ms", "wall, ms"), rows)


class Clicks:
    """Presses buttons, and tells how long it took until the helper had done what they are for."""

    def __init__(self, shown: Office) -> None:
        self._shown = shown
        self._number = 0
        self._helper: Papers | None = None

    def __call__(self, action: str) -> Time:
        """The time from the press until the marks are there."""
        self._number += 1
        begin, used = time.perf_counter(), self._processor()
        self._shown.ask("press", action)
        while (last := self._last()).get("number") != self._number:
            if time.perf_counter() - begin > PATIENCE:
                raise RuntimeError(f"{action} has not ended")
            time.sleep(GLANCE)
        spent = Time(self._processor() - used, time.perf_counter() - begin)
        if last["outcome"] != "done":
            raise RuntimeError(str(last["sentence"]))
        return spent

    def _processor(self) -> float:
        """Seconds that the processor has worked for LibreOffice and the helper."""
        helper = self._helper.pid if self._helper is not None else None
        ticks = 0
        for place in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                # What follows the name of the program, which may hold anything: state, parent, group, …
                fields = place.read_text().rpartition(")")[2].split()
                if int(fields[2]) == self._shown.group or int(place.parent.name) == helper:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def _last(self) -> dict[str, object]:
        if self._helper is None:
            self._helper = running()
        last = call(self._helper, "GET", "status")["last"] if self._helper is not None else None
        return last if isinstance(last, dict) else {}


@contextmanager
def _opened() -> Iterator[Office]:
    """A LibreOffice with the extension, whose first click will start the helper."""
    home, data = (Path(tempfile.mkdtemp(prefix="gongkai-office-")) for _ in range(2))
    try:
        with (
            mock.patch.dict(os.environ, {"XDG_DATA_HOME": str(data), "XDG_CONFIG_HOME": str(data)}),
            one_at_a_time("soffice"),
        ):
            try:
                add_extension(home)
                with office(home, data) as shown:
                    yield shown
            finally:
                if running() is not None:
                    stop()
    finally:
        for folder in (home, data):
            shutil.rmtree(folder, ignore_errors=True)
