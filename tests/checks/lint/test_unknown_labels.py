from __future__ import annotations

from pathlib import Path

import pytest

from gongkai_checks.equations import S01, S02, S03, S04, S05, S06, S09, Expression, Sheet, Term
from gongkai_checks.finding import Severity
from gongkai_checks.lint import lint
from gongkai_workbooks.layouts import load_layout

from .equations import made, remarks_on, the_remark


def test_a_misspelt_line_is_named_with_the_one_that_was_meant() -> None:
    remark = the_remark(made("MC901", S09["公务接侍费"], S06["30217"]), beside=())
    assert (remark.kind, remark.severity, remark.code) == ("inapplicable", Severity.WARNING, "MC901")
    assert remark.suggestion == "公务接待费"
    assert remark.message == (
        "MC901 的“公开09 公务接侍费·决算数”从不起作用：任何表样的公开09都没有“公务接侍费”一行；是否应为“公务接待费”？"
    )


@pytest.mark.parametrize(
    ("term", "fault", "meant"),
    [
        (S03["合计", "基本支岀"], "没有“基本支岀”一栏", "基本支出"),
        (S02["合计", "合计"], "没有“合计”一栏", "本年收入合计"),
        (S01["收入合计"], "没有“收入合计”一行", "本年收入合计"),
        (S01["社会保障和就业支出"], "没有“社会保障和就业支出”一行", "208"),
        (S04["本年收入合计", "小计"], "“本年收入合计”一行没有“小计”栏", "决算数"),
        (S03["合计"], "没有写是哪一栏", ""),
        (S06["合计"], "没有“合计”一行", ""),
        (S06["302288"], "没有“302288”一行", "30228"),
        (S05["2990101", "小计"], "没有“2990101”一行", ""),
        (S05["301", "小计"], "没有“301”一行", ""),
        (Sheet("10", "决算数")["合计"], "没有公开10", ""),
        (Sheet("1", "决算数")["本年收入合计"], "没有公开1，", "01"),
        (S09["国內接待费", "预算数"], "没有“国內接待费”一行", "国内接待费"),
    ],
)
def test_what_no_layout_has(term: Term, fault: str, meant: str) -> None:
    remark = the_remark(made("MC001", term, S01["本年收入合计"]), beside=())
    assert fault in remark.message
    assert remark.suggestion == meant


def test_every_wrong_term_is_said_once() -> None:
    wrong = S09["公务接侍费"]
    remarks = remarks_on(made("MC901", Expression((wrong, wrong)), S06["3O217"]), beside=())
    assert [remark.suggestion for remark in remarks] == ["公务接待费", "30217"]


def test_a_misspelt_slack_is_said_too() -> None:
    remark = the_remark(
        made("MC601", S06["30228"], S06["301"], relation="<=", slack=(S01["其它收入"], S01["事业收入"])),
        beside=(),
    )
    assert remark.suggestion == "其他收入"


def test_a_code_that_the_dictionary_does_not_list_is_a_hint() -> None:
    code = "2011799"
    remark = the_remark(
        made("MC501", S05[code, "小计"], S03[code, "经营支出"] + S01["收入总计"], relation="<="), beside=()
    )
    assert remark.severity is Severity.INFO
    assert code in remark.message


@pytest.mark.parametrize("term", [S09["会议费"], S01["使用专用结余"], S02["合计", "其中：教育收费"], S06["30907"]])
def test_what_only_some_layouts_have_is_known(term: Term) -> None:
    assert remarks_on(made("MC001", term, S01["本年收入合计"], relation="<="), beside=()) == []


def test_a_layout_of_a_plugin_counts(tmp_path: Path) -> None:
    own = tmp_path / "mycity.toml"
    own.write_text('place = "某市"\n[lines."09".items.line]\n"公务用车租赁费" = []\n', encoding="utf-8")
    equation = made("MC901", S09["公务用车租赁费"], S09["合计"], relation="<=")
    assert [remark.kind for remark in lint([equation], load_layout()).remarks] == ["inapplicable"]
    assert lint([equation], load_layout([own])).remarks == ()
