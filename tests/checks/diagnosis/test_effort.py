"""The same workbook gives the same findings on every machine: effort is counted, and where a search is broken off that is said."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from gongkai_checks.diagnosis import fewest_cells, joint, system
from gongkai_checks.finding import Finding, Safety, Severity
from gongkai_checks.options import Options
from gongkai_checks.run import Checked, check
from gongkai_checks.unfinished import CODE
from gongkai_workbooks.disclosure import Disclosure

from .published import REGISTRY, published
from .test_garbage import garbled

FASTER = 50
ROOT = Path(__file__).parents[3]


def wrong_accounts() -> Iterator[Disclosure]:
    for share in (0.02, 0.05, 0.1):
        rng = random.Random(f"effort {share}")
        for _ in range(3):
            yield garbled(rng, share)


def checked(disclosure: Disclosure, options: Options = Options()) -> Checked:  # noqa: B008
    [result] = check([disclosure], REGISTRY, options)
    return result


def safe_fixes(result: Checked) -> set[tuple[object, ...]]:
    return {
        (edit.cell, edit.new)
        for finding in result.findings
        if finding.fix and finding.fix.safety is Safety.SAFE
        for edit in finding.fix.edits
    }


def errors(result: Checked) -> list[Finding]:
    return [finding for finding in result.findings if finding.severity is Severity.ERROR]


def digest() -> str:
    """Of all that is told of the wrong accounts."""
    told = [(result.findings, result.not_checked) for result in map(checked, wrong_accounts())]
    return hashlib.sha256(repr(told).encode()).hexdigest()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], float]], None]:
    """Puts another clock in the place of the one that the diagnosis looks at."""

    def put(other: Callable[[], float]) -> None:
        for module in (system, fewest_cells):
            monkeypatch.setattr(module, "thread_time", other)

    return put


def test_a_slow_machine_finds_the_same(clock: Callable[[Callable[[], float]], None]) -> None:
    usual = [checked(disclosure) for disclosure in wrong_accounts()]
    assert sum(len(result.findings) for result in usual) > 100
    real = time.thread_time
    clock(lambda: FASTER * real())
    slow = [checked(disclosure) for disclosure in wrong_accounts()]
    assert [(one.findings, one.not_checked) for one in slow] == [(one.findings, one.not_checked) for one in usual]


def test_no_order_of_a_set_decides() -> None:
    """Texts are scattered anew in every process, unless a seed is given."""
    code = "from tests.checks.diagnosis.test_effort import digest; print(digest())"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    told = {process.communicate(timeout=200)[0] for process in running}
    assert told == {digest() + "\n"}


def test_what_could_not_be_looked_at_to_the_end_says_so(clock: Callable[[Callable[[], float]], None]) -> None:
    usual = [checked(disclosure) for disclosure in wrong_accounts()]
    assert not any(skipped.code == CODE for result in usual for skipped in result.not_checked)
    times = count(0.0, 1000.0)
    clock(lambda: next(times))
    broken_off = 0
    for disclosure, whole in zip(wrong_accounts(), usual, strict=True):
        result = checked(disclosure)
        reasons = [skipped.reason for skipped in result.not_checked if skipped.code == CODE]
        if reasons:
            broken_off += 1
            assert len(reasons) == 1 and "未能查完" in reasons[0] and errors(result)
            assert safe_fixes(result) <= safe_fixes(whole)
        else:
            assert result.findings == whole.findings
    assert broken_off > 3


@pytest.mark.parametrize("seconds", [1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03])
def test_with_little_effort_nothing_is_proven_that_is_not(seconds: float) -> None:
    for disclosure in wrong_accounts():
        whole, part = checked(disclosure), checked(disclosure, Options(seconds=seconds))
        assert errors(part)
        assert safe_fixes(part) <= safe_fixes(whole)


def test_what_is_left_for_want_of_effort_names_the_option() -> None:
    told = errors(checked(published(t03__合计__本年支出合计="676.00"), Options(seconds=1e-6)))
    assert told
    assert all("未能定位" in finding.message and "--time-limit" in finding.message for finding in told)


def test_a_joint_search_that_is_broken_off_does_not_look_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    def reasons(options: Options) -> list[str]:
        result = checked(published(), options)
        assert not errors(result)
        return [skipped.reason for skipped in result.not_checked if skipped.code == CODE]

    assert reasons(Options(joint=True)) == []
    [reason] = reasons(Options(joint=True, seconds=1e-6))
    assert "未能算完" in reason
    monkeypatch.setattr(joint, "MOST_STEPS", 1)
    assert reasons(Options(joint=True)) == [reason]
