"""Where the time of a batch goes: each stage of the way from file to report, against calamine reading the same files alone."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import gongkai_checks.run
import gongkai_checks.schemas
from gongkai.reporters.as_json import JsonReporter
from gongkai.session import Session
from gongkai_workbooks.file_host import FileHost

from .batch import check
from .bench import Bench
from .clock import Pair, Time, milliseconds, spread, timed
from .reading import read_alone
from .table import table

STAGES: tuple[tuple[str, type | ModuleType, str], ...] = (
    ("start", Session, "__init__"),
    ("read", FileHost, "read_all"),
    ("locate", Session, "locate"),
    ("schemas", gongkai_checks.schemas, "validate"),
    ("relations", gongkai_checks.run, "Ledger"),
    ("relations", gongkai_checks.run, "evaluate"),
    ("diagnosis", gongkai_checks.run, "_relations"),
    ("rules", gongkai_checks.run, "_apply"),
    ("report", Session, "report"),
    ("report", JsonReporter, "add"),
)
"""What each stage calls. A stage inside another counts to the outer one: relations that diagnosis evaluates are diagnosis."""

REST = "rest"
WHOLE = "all of it"


def run(bench: Bench) -> str:
    """The table: milliseconds per workbook of each stage, and its share in units of calamine's reading."""
    paths = bench.workbooks()
    report = bench.scratch / "stages.json"
    names = [*dict.fromkeys(stage for stage, _, _ in STAGES), REST, WHOLE]
    pairs: dict[str, list[Pair]] = {name: [] for name in names}
    check(paths, report)
    read_alone(paths)
    for _ in range(bench.pairs):
        with _stopwatches() as spent:
            whole = timed(lambda: check(paths, report))
        reference = timed(lambda: read_alone(paths))
        missed = [name for name in names if name not in (REST, WHOLE) and name not in spent]
        if missed:
            raise RuntimeError(f"never reached: {', '.join(missed)}")
        spent[WHOLE] = whole
        spent[REST] = Time(
            *(whole[clock] - sum(t[clock] for name, t in spent.items() if name != WHOLE) for clock in (0, 1))
        )
        for name in names:
            pairs[name].append(Pair(spent[name], reference))
    rows = [
        (
            name,
            milliseconds((pair.measured.cpu for pair in pairs[name]), len(paths)),
            milliseconds((pair.measured.wall for pair in pairs[name]), len(paths)),
            spread(pair.measured.cpu / pair.reference.cpu for pair in pairs[name]),
        )
        for name in names
    ]
    rows.append(
        (
            "calamine alone",
            milliseconds((pair.reference.cpu for pair in pairs[WHOLE]), len(paths)),
            milliseconds((pair.reference.wall for pair in pairs[WHOLE]), len(paths)),
            spread([1.0]),
        )
    )
    return table(("ms per workbook", "processor", "wall", "x calamine alone, processor"), rows)


@contextlib.contextmanager
def _stopwatches() -> Iterator[dict[str, Time]]:
    """Times the stages of whatever runs meanwhile, and leaves the program as it was."""
    spent: dict[str, Time] = {}
    inside = False

    def watched(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal inside
            if inside:
                return function(*arguments, **options)
            inside = True
            wall, cpu = time.perf_counter(), time.process_time()
            try:
                return function(*arguments, **options)
            finally:
                cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
                before = spent.get(stage, Time(0, 0))
                spent[stage] = Time(before.cpu + cpu, before.wall + wall)
                inside = False

        return call

    with contextlib.ExitStack() as undo:
        for stage, owner, name in STAGES:
            function = getattr(owner, name)
            undo.callback(setattr, owner, name, function)
            setattr(owner, name, watched(stage, function))
        yield spent
