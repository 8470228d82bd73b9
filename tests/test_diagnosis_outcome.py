"""How the diagnosis benchmark judges: made-up findings on one mistake, each with what it is worth."""

from __future__ import annotations

import random
from functools import cache

import pytest

from gongkai_checks.finding import Edit, Finding, Fix, Safety, Severity
from gongkai_checks.ledger import Key
from gongkai_workbooks.cells import CellRef
from tests.benchmarks.diagnosis.bars import bars
from tests.benchmarks.diagnosis.case import Case
from tests.benchmarks.diagnosis.groups import GROUPS
from tests.benchmarks.diagnosis.injection import Injection, damage
from tests.benchmarks.diagnosis.naive import recompute
from tests.benchmarks.diagnosis.original import Original, published
from tests.benchmarks.diagnosis.outcome import Outcome, judge

# 江汉区医疗保障局 2024, as published: 公开03 基本支出 of 合计 214.84 万元; 公开06 30101 基本工资 37.63.
TOTAL, TYPED, TRUE = Key("03", "合计", "基本支出"), 214_480_000, 214_840_000
LEAF = Key("06", "30101", "决算数")


@cache
def jianghan() -> Original:
    return next(original for original in published() if "江汉" in original.name)


def injected(changes: dict[Key, int | None], *, independent: bool = False) -> Injection:
    injection = damage(jianghan(), changes, independent=independent)
    assert injection is not None
    return injection


def cell(key: Key) -> CellRef:
    place = jianghan().disclosure.tables[key.table].place(key.item, key.column)
    assert place is not None
    return place


def error(at: Key, new: float | None = None, safety: Safety = Safety.SAFE, candidates: tuple[Key, ...] = ()) -> Finding:
    edits = () if new is None else (Edit(cell=cell(at), old=0.0, new=new),)
    return Finding(
        message="",
        severity=Severity.ERROR,
        cell=cell(at),
        table=at.table,
        fix=Fix(safety=safety, title="", edits=edits),
        candidates=tuple((cell(key),) for key in candidates),
    )


OTHER = Key("03", "208", "基本支出")


@pytest.mark.parametrize(
    ("findings", "letter"),
    [
        ([error(TOTAL, 214.84)], "s"),
        ([error(TOTAL, 214.84, Safety.UNSAFE)], "u"),
        ([error(TOTAL, 214.84, Safety.MANUAL)], "f"),
        ([error(TOTAL, 214.85, Safety.UNSAFE)], "f"),
        ([error(TOTAL)], "f"),
        ([error(TOTAL, 214.85)], "!"),
        ([error(OTHER, 1.0)], "!"),
        ([error(OTHER, candidates=(TOTAL, LEAF))], "c"),
        ([error(OTHER), error(TOTAL, 214.84)], "v"),
        ([error(OTHER, 1.0, Safety.UNSAFE)], "d"),
        ([], "-"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_said_of_one_wrong_cell(findings: list[Finding], letter: str) -> None:
    assert jianghan().fen(TOTAL) == TRUE
    outcome = judge(injected({TOTAL: TYPED}), findings)
    assert outcome.letter == letter
    assert outcome.detectable
    assert not outcome.ambiguous


def test_a_warning_detects_nothing() -> None:
    warning = Finding(message="", severity=Severity.WARNING, cell=cell(TOTAL))
    assert judge(injected({TOTAL: TYPED}), [warning]).letter == "-"


def test_the_finding_that_explains_more_leads() -> None:
    beneath = (error(OTHER),)
    leading = Finding(message="", severity=Severity.ERROR, cell=cell(TOTAL), explained=beneath)
    assert judge(injected({TOTAL: TYPED}), [error(OTHER), leading]).first
    assert not judge(injected({OTHER: 1}), [error(OTHER), leading]).first


def test_a_hundredth_in_a_long_sum_cannot_be_seen_and_a_line_of_06_is_ambiguous() -> None:
    fen = jianghan().fen(LEAF)
    assert judge(injected({LEAF: fen + 10_000}), []).letter == "."
    # One 万元 too much could as well be too much in most other lines of its class; ten times as much could not.
    assert judge(injected({LEAF: fen + 1_000_000}), []).ambiguous
    assert not judge(injected({LEAF: fen * 10}), []).ambiguous


def test_of_two_mistakes_each_must_be_pointed_at() -> None:
    changes: dict[Key, int | None] = {TOTAL: TYPED, LEAF: jianghan().fen(LEAF) * 10}
    injection = injected(changes, independent=True)
    right = [error(TOTAL, 214.84), error(LEAF, jianghan().fen(LEAF) / 1_000_000)]
    assert judge(injection, right).letter == "s"
    assert judge(injection, [right[0], error(OTHER, candidates=(LEAF,))]).letter == "c"
    assert judge(injection, right[:1]).letter == "d"


def test_a_missing_row_must_be_named() -> None:
    injection = GROUPS["missing row"](jianghan(), random.Random(1))
    assert injection is not None
    assert injection.row is not None
    table, code = injection.row.table, injection.row.item
    named = Finding(message=f"缺少 {code} 一行", severity=Severity.ERROR, table=table)
    assert judge(injection, [named]).letter == "f"
    for finding in (
        Finding(message=f"缺少 {code}9 一行", severity=Severity.ERROR, table=table),
        Finding(message="与下级科目之和不符", severity=Severity.ERROR, table=table),
        Finding(message=f"缺少 {code} 一行", severity=Severity.ERROR, table="09"),
    ):
        assert judge(injection, [finding]).letter == "d"


def test_the_naive_method_repairs_totals_and_spoils_what_stands_above_a_wrong_line() -> None:
    assert recompute(injected({TOTAL: TYPED})) == (0, True)
    # 37.63 printed as 376.30: its class, 人员经费合计 and whatever repeats them follow it.
    spoiled = recompute(injected({LEAF: jianghan().fen(LEAF) * 10}))
    assert spoiled.corrupted >= 2
    assert not spoiled.clean


def test_the_bars_say_what_falls_short() -> None:
    def case(number: int, outcome: Outcome) -> Case:
        injection = injected({TOTAL: TYPED})
        return Case("swap", number, injection, (), outcome, recompute(injection), 0.0)

    good = judge(injected({TOTAL: TYPED}), [error(TOTAL, 214.84)])
    bad = judge(injected({TOTAL: TYPED}), [error(OTHER, 1.0)])
    met = {bar.name: bar.met for bar in bars([case(number, good) for number in range(3)], 300, 0)}
    assert set(met.values()) == {True}
    short = {bar.name: bar for bar in bars([case(0, good), case(1, bad)], 300, 1)}
    assert not short["one cause, all kinds: first"].met
    assert short["one cause, all kinds: first"].reached == "50.0 %"
    assert short["one cause, all kinds: first"].short == "swap 1"
    assert not short["wrong safe fixes"].met
    assert not short["correct accounts with an error, a warning or a safe fix"].met
    assert short["one cause: detected"].met
