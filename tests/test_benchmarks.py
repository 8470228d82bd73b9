"""The benchmarks run and print their tables. How long anything takes is not looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import BENCHMARKS, main
from tests.benchmarks.click import PROGRAMS
from tests.installer.programs import required

FIGURES = re.compile(r"(-?[0-9.]+) / \*\*(-?[0-9.]+)\*\* / (-?[0-9.]+)")
ROWS = {
    "batch": {"all, `gongkai check`", "all, ratio", "without errors, ratio", "with errors, ratio"},
    "stages": {"start", "read", "locate", "schemas", "relations", "diagnosis", "rules", "report", "all of it"},
    "single": {"示例-有错误.xlsx", "synthetic, median size", "synthetic, largest"},
    "helper": {
        "check, 示例-有错误.xlsx",
        "check and mark, 示例-有错误.xlsx",
        "correct all, 示例-有错误.xlsx",
        "an answer over HTTP",
    },
    "click": {"check and mark, 示例-有错误.xlsx", "the same again, 示例-有错误.xlsx"},
    "write_back": {"openpyxl, load and save, nothing changed", "`write_edits`", "times faster"},
    "memory": {"1", "3", "12"},
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpus")


def test_every_benchmark_is_among_these() -> None:
    assert ROWS.keys() == BENCHMARKS.keys()


@pytest.mark.parametrize("name", ROWS)
def test_a_benchmark_prints_its_table(name: str, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for program in PROGRAMS if name == "click" else ():
        required(program)
    assert main([name, "--files", "3", "--pairs", "1", "--corpus", str(corpus)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"## {name}"
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in lines if line.startswith("| ")}
    assert ROWS[name] <= rows.keys()
    for row in ROWS[name]:
        figures = FIGURES.findall(rows[row])
        assert figures, rows[row]
        assert all(0 < float(least) <= float(median) <= float(greatest) for least, median, greatest in figures), row
