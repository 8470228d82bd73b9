"""WB004: empty tables and what is said under them."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.workbook.wb004_empty_table_without_note import empty_table_without_note
from gongkai_workbooks.disclosure import TableStatus
from tests.checks.applied import cells, findings
from tests.checks.tables import Line, clean, missing, table, with_table


def empty(number: str, *notes: str) -> list[str]:
    return cells(empty_table_without_note, with_table(table(number, [Line("合计", {})], notes=notes)))


# As they stand under published tables.
@pytest.mark.parametrize(
    "note",
    [
        "本部门 2024 年度无政府性基金预算财政拨款收入支出。",
        "说明：本单位当年无国有资本经营预算财政拨款支出。",
        "说明：本单位 2024 年度无三公经费预算财政拨款。",
        "附注：本单位无政府性基金预算经费",
        "说明：某局本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",
        "注：某局无国有资本经营预算财政拨款支出，故本表无数据。",
        "本单位 2025 无年政府性基金预算。",
        "本单位未安排政府性基金预算支出",
        "此表为空",
    ],
)
def test_note_explains_emptiness(note: str) -> None:
    assert empty("07", "注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。", note) == []


@pytest.mark.parametrize(
    "note",
    [
        "",
        "注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。",
        "无政府性基金预算财政拨款收入支出的，仍保留该表格式，并在本表下方作下述说明：",
        "注：无形资产支出列入资本性支出。",
    ],
)
def test_other_text_does_not(note: str) -> None:
    assert empty("07", *([note] if note else [])) == ["公开07!A1"]


def test_table_with_figures_needs_no_note() -> None:
    assert findings(empty_table_without_note, clean()) == []


def test_missing_table_is_another_fault() -> None:
    assert findings(empty_table_without_note, with_table(missing("07"))) == []


def test_empty_01_is_left_to_the_rule_on_its_totals() -> None:
    made = table("01", [Line("本年收入合计", {})])
    assert made.status is TableStatus.EMPTY
    assert findings(empty_table_without_note, with_table(made)) == []
