from __future__ import annotations

from dataclasses import replace

from gongkai_checks.conditions import only_general_budget
from gongkai_checks.equations import EACH_CLASS, EACH_CODE, S01, S03, S05, S06, S09, Equation
from gongkai_checks.finding import Severity

from .equations import made, remarks_on, the_remark


def test_an_equation_that_a_sum_of_others_gives() -> None:
    """The class lines of 01 are those of 03, and 03 adds up: so do the lines of 01."""
    classes = made("MC101", S01["本年支出合计"] - S01["208"], S03["合计", "本年支出合计"] - S03["208", "本年支出合计"])
    remark = the_remark(classes)
    assert (remark.kind, remark.severity) == ("implied", Severity.INFO)
    assert remark.others == ("TO108", "TO109")
    assert remark.message == "MC101 可由 TO108、TO109 推出"


def test_a_part_is_not_more_than_the_whole_as_long_as_nothing_is_negative() -> None:
    remark = the_remark(made("MC301", S03["合计", "基本支出"], S03["合计", "本年支出合计"], relation="<="))
    assert remark.others == ("XF304",)
    assert remark.message == "MC301 各数都不小于零时可由 XF304 推出"


def test_what_needs_no_other_equation() -> None:
    remark = the_remark(made("MC601", S06["301"], S06["301"] + S06["303"], relation="<="), beside=())
    assert (remark.others, remark.message) == ((), "MC601 各数都不小于零时总是成立")


def test_a_new_relation_is_not_implied() -> None:
    wages = made("MC601", S06["30228"], S06["301"], relation="<=")
    assert remarks_on(wages, made("MC901", S09["会议费"], S09["培训费"])) == []


def test_one_row_that_does_not_follow_is_enough() -> None:
    """06 adds up by class only: of 301 and 303 together something is known, of each of the classes it is not."""
    assert the_remark(made("MC601", S06["人员经费合计"] - S06["301"], S06["303"]), beside=("XF6",)).kind == "duplicate"
    by_class = made("MC602", S06[EACH_CLASS, "决算数"], S06["人员经费合计"] + S06["公用经费合计"], relation="<=")
    assert the_remark(by_class, beside=("XF6",)).others == ("XF602", "XF603")
    each = made("MC603", S06[EACH_CODE, "决算数"], S06["人员经费合计"], relation="<=")
    assert remarks_on(each, beside=("XF6",)) == []


def test_an_error_is_not_implied_by_a_warning() -> None:
    def bound(code: str, column: str, severity: Severity) -> Equation:
        return made(code, S05["合计", column], S06["302"], relation="<=", severity=severity)

    beside = ("XF5",)
    strict = bound("MC301", "小计", Severity.ERROR)
    assert the_remark(strict, bound("MC302", "基本支出", Severity.WARNING), beside=beside).code == "MC302"
    lenient = bound("MC301", "小计", Severity.WARNING)
    assert remarks_on(lenient, bound("MC302", "基本支出", Severity.ERROR), beside=beside) == []


def test_what_holds_under_a_condition_follows_where_it_applies() -> None:
    """05 equals 03 there, and the equation that says so applies where this one does."""
    equation = made(
        "MC301",
        S05["208", "小计"],
        S03["208", "本年支出合计"],
        when=only_general_budget,
        severity=Severity.WARNING,
    )
    remark = the_remark(equation, beside=("TO504", "XF3"))
    assert remark.others == ("TO504",)
    assert "只有一般公共预算财政拨款" in remark.account
    assert remarks_on(replace(equation, when=None), beside=("TO504", "XF3")) == []
