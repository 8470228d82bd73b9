"""Reports in English: what the rules say is turned, what stands in the workbook is not."""

from __future__ import annotations

from dataclasses import replace

from gongkai.in_english import finding_in_english, in_english
from gongkai_checks.finding import Finding, Fix, NotChecked, Safety
from gongkai_checks.registry import load_registry

from .reports import finding, report

RULES = load_registry(plugins=False).by_code


def test_a_finding_whole() -> None:
    made = Finding(
        code="XF301",
        message="公开03“合计”本年支出合计应为 667.00，实为空白：公开05同一科目以 667.00 相符",
        expected="667.00",
        found="空白",
        help="核对所列单元格与账面数，改正填错的一格；尾差在四舍五入允许范围内的不必修改。",
        fix=Fix(safety=Safety.SAFE, title="将 支出!E7 由空白改为 667.00", reason="且合乎四舍五入的只有这一个数"),
    )
    said = finding_in_english(made, RULES)
    assert said.message == (
        "sheet 03 'Total' (合计), column 'Total expenditure this year' (本年支出合计): should be 667.00, is blank: "
        "one relation agrees on 667.00 (the same code in sheet 05)"
    )
    assert (said.expected, said.found) == ("667.00", "blank")
    assert said.help == (
        "Check the cells with the books and correct the one that is wrong; rounding differences within the tolerance need no change; "
        "change 支出!E7 from blank to 667.00."
    )
    assert said.fix is not None
    assert said.fix.reason == "and rounding leaves this figure only"


def test_a_cure_that_is_the_fix_too_is_said_once() -> None:
    cure = RULES["DX003"].remedy
    made = Finding(code="DX003", message="某处", help=cure, fix=Fix(safety=Safety.MANUAL, title=cure))
    assert finding_in_english(made, RULES).help == "Exchange the amounts of the two lines."


def test_an_unknown_message_follows_the_statement_of_its_rule() -> None:
    made = Finding(code="WB004", message="本地另有说法", help="本地的办法。")
    said = finding_in_english(made, RULES)
    assert said.message == "An empty sheet has no note that says so: 本地另有说法"
    assert said.help == "本地的办法。"


def test_a_plugin_without_english_is_shown_in_chinese() -> None:
    made = Finding(code="MC901", message="公开09有购置费", help="附批准文件。")
    assert finding_in_english(made, {}) == made


def test_names_and_labels_stay_as_they_stand_in_the_workbook() -> None:
    made = replace(finding(), expected="住房公积金", found="住房公积")
    said = finding_in_english(made, RULES)
    assert (said.expected, said.found, said.cell, said.item) == ("住房公积金", "住房公积", made.cell, made.item)


def test_reasons_of_what_was_not_checked() -> None:
    made = replace(report(), not_checked=(NotChecked(code="TO401", reason="公开05缺失"),))
    assert [skipped.reason for skipped in in_english(made, RULES).not_checked] == ["sheet 05 is missing"]
