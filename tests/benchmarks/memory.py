"""Peak memory of batches of growing size, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .bench import Bench
from .clock import Spread, spread
from .table import table

RUNS = 3
STEPS = (1 / 200, 1 / 4, 1, 4)
"""Sizes of the batches, as parts of the usual one: 1, 50, 200 and 800 workbooks."""


def run(bench: Bench) -> str:
    """The table: MiB by number of workbooks."""
    sizes = sorted({max(1, round(bench.files * step)) for step in STEPS})
    paths = bench.corpus.workbooks(max(sizes))
    peaks: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(min(RUNS, bench.pairs)):
        for size in sizes:
            peaks[size].append(_peak(paths[:size], bench.scratch))
    most = spread(peaks[sizes[0]]).median
    rows = [(size, _whole(spread(peaks[size])), f"{spread(peaks[size]).median / most:.2f}") for size in sizes]
    return table(("workbooks", "peak MiB", f"x {sizes[0]} workbook"), rows)


def _whole(figures: Spread) -> str:
    return f"{figures.least:.0f} / **{figures.median:.0f}** / {figures.greatest:.0f}"


def _peak(paths: list[Path], scratch: Path) -> float:
    """MiB that one run of the command held at most.

    A small process starts it: Linux counts to the peak of a program what the process that started it held.
    """
    report = str(scratch / "memory.json")
    options = ("--output-format", "json", "--output-file", report, "--jobs", "1", "--quiet", "--exit-zero")
    command = (sys.executable, "-m", "gongkai", "check", *map(str, paths), *options)
    launcher = Path(__file__).with_name("peak_memory.py")
    done = subprocess.run([sys.executable, str(launcher), *command], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024
