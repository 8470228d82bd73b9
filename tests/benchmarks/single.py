"""A warm check of one workbook: rules loaded, libraries imported, as behind the button in Excel."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from gongkai.paths import WorkbookPath
from gongkai.reporters.as_json import dumps, file_json
from gongkai.saved_workbooks import reports_of
from gongkai.session import Session
from gongkai.settings import Settings

from .bench import Bench
from .clock import cpu_ratio, in_turns, milliseconds
from .reading import read_alone
from .table import table

READS = 10
"""Calamine alone takes a millisecond or two: it is timed over so many reads."""


def run(bench: Bench) -> str:
    """The table: milliseconds for each workbook, and the ratio to calamine reading it alone."""
    session = Session(Settings())
    rows = []
    for name, path in _chosen(bench):
        pairs = in_turns(partial(_check, session, path), partial(read_alone, [path]), bench.pairs, calls=(1, READS))
        rows.append(
            (
                name,
                milliseconds(pair.measured.cpu for pair in pairs),
                milliseconds(pair.measured.wall for pair in pairs),
                cpu_ratio(pairs),
            )
        )
    return table(("workbook", "processor, ms", "wall, ms", "x calamine alone, processor"), rows)


def _check(session: Session, path: Path) -> str:
    report = reports_of(session, [WorkbookPath(path, Path(path.name))])[0]
    if report.status != "checked":
        raise RuntimeError(f"{path} was not checked: {report.error}")
    return dumps(file_json(report))


def _chosen(bench: Bench) -> list[tuple[str, Path]]:
    """The samples, and of the corpus the workbooks that are in the middle and last by size."""
    by_size = sorted(bench.workbooks(), key=lambda path: path.stat().st_size)
    return [
        *((path.name, path) for path in bench.corpus.samples()),
        ("synthetic, median size", by_size[len(by_size) // 2]),
        ("synthetic, largest", by_size[-1]),
    ]
