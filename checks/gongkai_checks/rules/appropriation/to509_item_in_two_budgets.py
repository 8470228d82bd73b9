"""05 against 07 and 08: one item paid from two budgets."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Item, Table

from .to508_fund_section_in_sheet05 import FUND_SECTION

SECTION, ITEM = 5, 7
"""Digits of a 款 and of a 项."""


@rule("TO509", "item-in-two-budgets", Severity.WARNING)
def item_in_two_budgets(sheet05: Table, sheet07: Table, sheet08: Table) -> Iterator[Finding | NotChecked]:
    """同一项级科目既列在公开05，又列在公开07或公开08

    为什么: 政府性基金、国有资本经营预算的支出各有专用的科目，同一项级科目一般不会同时由一般公共预算安排；两处都列，多半有一处列错了表。
    示例: 2080505 机关事业单位基本养老保险缴费支出在公开05和公开07都有金额。
    如何修改: 核对该科目的资金来源，列错表的移走；确由两本预算安排的，可忽略。
    依据: 政府收支分类科目：各本预算的支出功能分类科目
    """
    general = _paid(sheet05)
    for other in (sheet07, sheet08):
        for code, line in _paid(other).items():
            # What belongs to the funds only and stands in 05 is told of 05 (TO508).
            if code in general and not FUND_SECTION.fullmatch(code[:SECTION]):
                here = general[code]
                cell = next((other.place(line.key, column) for column in line.columns), None)
                beside = next((sheet05.place(here.key, column) for column in here.columns), None)
                yield Finding(
                    message=f"科目“{item_label(line)}”既列在公开05，又列在公开{other.number}",
                    cell=cell,
                    table=other.number,
                    item=item_label(line),
                    evidence=(beside,) if beside is not None else (),
                )


def _paid(table: Table) -> dict[str, Item]:
    """The lines of 项 that have an amount other than 0, by code."""
    lines = [line for line in table.items.values() if line.role == "code" and len(line.code) == ITEM]
    return {line.code: line for line in lines if any(table.amounts.fen(line.key, column) for column in line.columns)}
