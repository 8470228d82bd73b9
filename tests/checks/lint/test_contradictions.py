from __future__ import annotations

from gongkai_checks.equations import COLUMN, EACH, EACH_CODE, S01, S02, S03, S04, S05, S06, S07, TOP
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key

from .equations import made, remarks_on, the_remark


def test_two_equations_that_leave_nothing_over() -> None:
    remark = the_remark(
        made("MC601", S06["301"], S06["302"]),
        made("MC602", S06["301"], S06["302"] + S06["30301"]),
        beside=("XF6",),
    )
    assert (remark.kind, remark.severity, set(remark.codes)) == ("contradiction", Severity.ERROR, {"MC601", "MC602"})
    assert remark.cells == (Key("06", "30301", "决算数"),)
    assert remark.message.endswith("不能同时成立：只要各数都不小于零，公开06“30301 离休费”决算数就只能是零")


def test_built_in_equations_are_named_and_those_that_have_no_part_in_it_are_not() -> None:
    """This year's fiscal income cannot be all income, as long as something was carried over."""
    remark = the_remark(made("MC201", S02["合计", "财政拨款收入"], S04["收入总计"]))
    assert remark.codes == ("MC201", "TO201", "XF405")
    assert remark.cells == (Key("04", "年初财政拨款结转和结余", "决算数"),)


def test_one_equation_that_contradicts_itself() -> None:
    remark = the_remark(
        made("MC501", S05["合计", "小计"], S05["合计", "小计"] + S05["合计", "基本支出"]), beside=("XF5",)
    )
    assert remark.codes == ("MC501",)
    assert "MC501 不能成立" in remark.message
    assert "公开05“合计”基本支出就只能是零" in remark.message


def test_an_equation_for_each_row_counts_what_it_forces() -> None:
    """基本支出 = 本年支出合计: nothing is left for the four other columns in 1 + 3 + 6 + 12 or more rows."""
    remark = the_remark(made("MC301", S03[EACH, "基本支出"], S03[EACH, "本年支出合计"]))
    assert remark.codes == ("MC301", "XF304")
    assert {key.column for key in remark.cells} == {"项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"}
    assert len(remark.cells) % 4 == 0
    assert f"（另有 {len(remark.cells) - 1} 格也是）" in remark.message


def test_bounds_that_close_on_each_other() -> None:
    remark = the_remark(
        made("MC301", S03["合计", "基本支出"], S03["合计", "项目支出"], relation="<="),
        made("MC302", S03["合计", "项目支出"] + S03["合计", "经营支出"], S03["合计", "基本支出"], relation="<="),
        beside=("XF3",),
    )
    assert remark.severity is Severity.ERROR
    assert set(remark.codes) == {"MC301", "MC302"}
    assert remark.cells == (Key("03", "合计", "经营支出"),)


def test_a_warning_among_them_makes_it_a_warning() -> None:
    remark = the_remark(
        made("MC601", S06["301"], S06["302"], severity=Severity.WARNING),
        made("MC602", S06["301"], S06["302"] + S06["30301"]),
        beside=("XF6",),
    )
    assert remark.severity is Severity.WARNING


def test_two_contradictions_are_two_remarks() -> None:
    remarks = remarks_on(
        made("MC501", S05["合计", "小计"], S05["合计", "小计"] + S05["合计", "基本支出"]),
        made("MC701", S07["合计", "小计"], S07["合计", "小计"] + S07["合计", "本年收入"]),
        beside=("XF",),
    )
    assert [remark.codes for remark in remarks] == [("MC501",), ("MC701",)]


def test_a_contradiction_that_shows_on_one_kind_of_account_names_it() -> None:
    """Where nothing is carried over and all money is fiscal, all income is spent: none of it can be kept from projects."""
    remark = the_remark(made("MC301", S03[EACH_CODE, "基本支出"], S02[EACH_CODE, "财政拨款收入"]))
    assert remark.kind == "contradiction"
    assert "没有结转结余，只有财政拨款" in remark.message


def test_what_does_not_hold_on_the_schematic_accounts_may_still_be_right() -> None:
    """A department may pay more wages than all its other money is, and keep at the end of the year what it had at the beginning."""
    equations = (
        made("MC601", S06["302"], S06["30101"]),
        made("MC101", S01["年末结转和结余"], S01["年初结转和结余"]),
    )
    assert remarks_on(*equations) == []


def test_a_column_that_the_other_table_does_not_have_is_forced_to_be_zero() -> None:
    remark = the_remark(made("MC301", S03["合计", COLUMN], S05[TOP, COLUMN]), beside=())
    assert remark.kind == "contradiction"
    assert Key("03", "合计", "经营支出") in remark.cells
