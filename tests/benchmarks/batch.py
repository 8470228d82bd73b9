"""One batch, all rules, JSON, one process, against calamine reading the same files alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from gongkai.__main__ import main

from .bench import Bench
from .clock import cpu_ratio, in_turns, milliseconds, wall_ratio
from .reading import read_alone
from .table import table


def run(bench: Bench) -> str:
    """The table: milliseconds per workbook, and the ratio of each pair; then the same for those without errors and those with some."""
    paths = bench.workbooks()
    report = bench.scratch / "batch.json"
    check(paths, report)
    files: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["files"]
    wrong = [any(finding["severity"] == "error" for finding in file["findings"]) for file in files]
    parts = {
        "all": paths,
        "without errors": [path for path, is_wrong in zip(paths, wrong, strict=True) if not is_wrong],
        "with errors": [path for path, is_wrong in zip(paths, wrong, strict=True) if is_wrong],
    }
    rows: list[tuple[object, ...]] = []
    for name, part in parts.items():
        if not part:
            continue
        pairs = in_turns(partial(check, part, report), partial(read_alone, part), bench.pairs)
        ours, theirs = [pair.measured for pair in pairs], [pair.reference for pair in pairs]
        for what, times in (("`gongkai check`", ours), ("calamine alone", theirs)):
            cpu = milliseconds((time.cpu for time in times), len(part))
            rows.append((f"{name}, {what}", len(part), cpu, milliseconds((time.wall for time in times), len(part))))
        rows.append((f"{name}, ratio", len(part), cpu_ratio(pairs), wall_ratio(pairs)))
    return f"{_described(files)}\n\n" + table(("ms per workbook", "workbooks", "processor", "wall"), rows)


def check(paths: Sequence[Path], report: Path) -> None:
    """The command, in this process. Raises ``RuntimeError`` when not all of the files were checked."""
    options = ("--output-format", "json", "--output-file", str(report), "--jobs", "1", "--quiet", "--exit-zero")
    if main(["check", *map(str, paths), *options]) != 0:
        raise RuntimeError("a workbook was not checked: the figures would mean nothing")


def _described(files: Sequence[dict[str, Any]]) -> str:
    found = sum(bool(file["findings"]) for file in files)
    findings = sum(len(file["findings"]) for file in files)
    relations = sum(file["checked"] for file in files)
    return (
        f"{len(files)} workbooks, {found} of them with findings ({findings} in all); "
        f"{relations / len(files):.0f} relations and rules applied to each."
    )
