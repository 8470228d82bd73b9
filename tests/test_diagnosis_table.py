"""docs/diagnosis.md is fresh: what it says of the first fifth of the cases is what happens to them today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice

import pytest

from tests.benchmarks.diagnosis.case import CASES, CORRECT, SEED, Case, alarms, run
from tests.benchmarks.diagnosis.kinds import KINDS
from tests.benchmarks.diagnosis.original import Original, published, synthetic
from tests.benchmarks.diagnosis.page import PAGE, blocks, filled, read_block, read_letters

PART = 5
UPDATE = "run: python -m pytest tests/test_diagnosis_table.py --update-golden"
FIRST, RIGHT, UNSEEN, DETECTED = "fus", "usv", ".", "fusvcd!"


pytestmark = pytest.mark.timeout(1800)
"""All of the benchmark takes minutes."""


@cache
def accounts() -> tuple[list[Original], list[Original]]:
    return list(synthetic(SEED)), published()


def run_cases(count: int) -> list[Case]:
    return list(run(KINDS, range(count), SEED, *accounts()))


def changed(cases: Iterable[Case], kept: Mapping[str, str]) -> list[Case]:
    """The cases that do not go as the page says."""
    return [case for case in cases if case.outcome.letter != kept[case.kind][case.number]]


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest) -> str:
    """The page; all of the benchmark is run when it is to be filled in anew."""
    if request.config.getoption("--update-golden"):
        raised = list(alarms(synthetic(SEED, CORRECT)))
        text = PAGE.read_text(encoding="utf-8")
        text = filled(text, blocks(run_cases(CASES), CORRECT, len(raised)))
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return run_cases(CASES // PART)


def test_the_first_fifth_goes_as_the_page_says(page: str, cases: list[Case]) -> None:
    kept = read_letters(page)
    assert list(kept) == list(KINDS)
    assert {len(row) for row in kept.values()} == {CASES}
    found = [
        f"{case.kind} --case {case.number}: {kept[case.kind][case.number]} is now {case.outcome.letter}"
        for case in changed(cases, kept)
    ]
    assert found == [], UPDATE


def test_the_table_counts_the_letters(page: str) -> None:
    """Column by column, as far as letters tell."""
    rows = table(read_block("kinds", page))
    for kind, row in read_letters(page).items():
        # A wrong safe fix hides whether the rest was right: a range of counts then.
        unknown = row.count("!")
        seen = CASES - int(rows[kind]["cannot be seen"])
        assert row.count(UNSEEN) <= CASES - seen <= row.count(UNSEEN) + unknown
        for column, told in (("detected", DETECTED), ("first", FIRST), ("right amount", RIGHT), ("safely so", "s")):
            least = sum(row.count(letter) for letter in told.replace("!", ""))
            shown = float(rows[kind][column].removesuffix(" %"))
            assert 100 * least / seen - 0.1 < shown <= 100 * (least + unknown) / seen, (kind, column)
    assert int(rows["**all**"]["cases"]) == CASES * len(KINDS) >= 2000


def test_correct_accounts_raise_nothing() -> None:
    found = {original.name: found for original, found in alarms(islice(synthetic(SEED, CORRECT), CORRECT // PART))}
    assert found == {}


def test_the_bars_are_those_of_the_table(page: str) -> None:
    rows, demands = table(read_block("kinds", page)), table(read_block("bars", page))
    assert demands["one cause: detected"]["reached"] == rows["**one cause**"]["detected"]
    assert demands["one cause, all kinds: first"]["reached"] == rows["**one cause**"]["first"]
    assert demands["typos: a fix with the right amount"]["reached"] == rows["**typos**"]["right amount"]
    assert demands["wrong safe fixes"]["reached"].split()[0] == rows["**all**"]["wrong safe fixes"]
    assert demands["two errors: both first"]["reached"] == rows["two errors"]["first"]


def table(block: str) -> dict[str, Mapping[str, str]]:
    """The rows of a table by their first cell, each by the heading."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
    heading = lines[0]
    return {line[0]: dict(zip(heading, line, strict=True)) for line in lines[2:]}
