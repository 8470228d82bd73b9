"""WB005: figures above a note that denies them."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.workbook.wb005_data_despite_empty_note import data_despite_empty_note
from tests.checks.applied import cells, findings
from tests.checks.tables import Line, clean, functional, fund_table, table, with_table

ROW = ("22198", "超长期特别国债安排的支出", "105.00")


def fund(*notes: str) -> list[str]:
    return cells(data_despite_empty_note, with_table(fund_table(ROW, notes=notes)))


@pytest.mark.parametrize(
    "note",
    [
        "本部门2024年度无政府性基金预算财政拨款收入支出。",
        "说明：某局本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",
        "本单位未安排政府性基金预算支出",
        "本表无数据",
    ],
)
def test_note_denies_the_figures(note: str) -> None:
    assert fund(note) == ["公开07!A9"]


@pytest.mark.parametrize(
    "note",
    [
        "注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。",
        "本部门2023年度无政府性基金预算财政拨款收入支出。",
        "上年无政府性基金预算财政拨款支出。",
        "除上述款项外，本部门无政府性基金预算财政拨款支出。",
        "本部门无政府性基金预算财政拨款年初结转和结余。",
        "本部门无政府性基金预算财政拨款基本支出。",
        "无政府性基金预算财政拨款收入支出的，仍保留该表格式。",
        "本部门无国有资本经营预算财政拨款支出。",
    ],
)
def test_note_about_something_else(note: str) -> None:
    assert fund(note) == []


def test_money_that_was_only_carried_over_is_no_expenditure() -> None:
    row = Line("212", {"年初结转和结余": "5.00", "年末结转和结余": "5.00"}, "城乡社区支出", "code", "212")
    notes = ("本部门2024年度无政府性基金预算财政拨款支出。",)
    assert cells(data_despite_empty_note, with_table(table("07", [Line("合计", {}), row], notes=notes))) == []


def test_budget_of_09_without_expenditure_is_consistent_with_the_note() -> None:
    notes = ("本单位2024年度无财政拨款“三公”经费支出。",)
    budget = table("09", [Line("合计", {"预算数": "1.53", "决算数": "0.00"})], notes=notes)
    assert cells(data_despite_empty_note, with_table(budget)) == []
    spent = table("09", [Line("合计", {"预算数": "1.53", "决算数": "0.01"})], notes=notes)
    assert cells(data_despite_empty_note, with_table(spent)) == ["公开09!A8"]


def test_other_tables_are_only_denied_as_a_whole() -> None:
    made = table("03", functional("03"), notes=("本部门无上缴上级支出、经营支出。", "故本表无数据。"))
    [finding] = findings(data_despite_empty_note, with_table(made))
    assert (str(finding.cell), finding.found) == ("公开03!A20", "故本表无数据。")
    assert [cell.a1 for cell in finding.evidence] == ["E7", "F7", "G7"]


def test_zeros_are_no_figures() -> None:
    made = fund_table(("212", "城乡社区支出", "0.00"), notes=("故本表无数据。",))
    assert cells(data_despite_empty_note, with_table(made)) == []


def test_clean_disclosure() -> None:
    assert findings(data_despite_empty_note, clean()) == []


@pytest.mark.timeout(10)
@pytest.mark.parametrize("words", ["除", "无", "上年无政府性基金支出的"])
def test_endless_notes_take_no_endless_time(words: str) -> None:
    note = words * (32_000 // len(words)) + "2023年无政府性基金支出。"
    assert cells(data_despite_empty_note, with_table(fund_table(ROW, notes=(note,) * 40))) == []
