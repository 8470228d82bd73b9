"""Equations of other people: whatever is wrong with one of them, it does not take the run with it, and it is told."""

from __future__ import annotations

from gongkai_checks.equations import COLUMN, EACH, S03, TOP, Sheet, TieOut
from gongkai_checks.ledger import Ledger
from gongkai_checks.relations import evaluate
from gongkai_workbooks.disclosure import Disclosure

from .diagnosis.published import published

BASIS = "测试"


def raising(disclosure: Disclosure) -> str:
    raise LookupError("no such budget")


def test_condition_that_fails_is_told_and_the_others_are_checked() -> None:
    total, basic = S03["合计", "本年支出合计"], S03["合计", "基本支出"]
    bad = TieOut("ZZ301", "bad", "坏", left=total, right=basic, claim="不等", basis=BASIS, when=raising)
    good = TieOut("ZZ302", "good", "好", left=total, right=basic, claim="不等", basis=BASIS)
    result = evaluate([bad, good], Ledger(published()), "half_up")
    assert [relation.equation.code for relation in result.relations] == ["ZZ302"]
    [skipped] = result.not_checked
    assert skipped.code == "WB901" and "ZZ301" in skipped.reason and "no such budget" in skipped.detail


def test_total_against_classes_in_one_named_column() -> None:
    """667.00 against 14.72 + 624.54 + 27.73."""
    tie = TieOut(
        "ZZ303",
        "total",
        "合计",
        left=S03["合计", "本年支出合计"],
        right=S03[TOP, "本年支出合计"],
        claim="不符",
        basis=BASIS,
    )
    result = evaluate([tie], Ledger(published()), "half_up")
    assert result.checked == 1
    assert [relation.difference for relation in result.relations] == [10_000]


def test_every_line_in_every_column() -> None:
    """03 against itself less 05: every line and column of it, the total row too."""
    tie = TieOut("ZZ304", "same", "同", left=S03[EACH, COLUMN], right=S03[EACH, COLUMN], claim="不符", basis=BASIS)
    result = evaluate([tie], Ledger(published()), "half_up", whole=True)
    assert {(relation.item, relation.column) for relation in result.relations} >= {
        ("合计", "本年支出合计"),
        ("2080505", "基本支出"),
        ("2101502", "项目支出"),
    }


def test_table_that_does_not_exist_is_told() -> None:
    tie = TieOut(
        "ZZ305",
        "none",
        "无",
        left=Sheet("10")["合计", "金额"],
        right=S03["合计", "基本支出"],
        claim="不符",
        basis=BASIS,
    )
    result = evaluate([tie], Ledger(published()), "half_up")
    assert [skipped.code for skipped in result.not_checked] == ["WB901"]
