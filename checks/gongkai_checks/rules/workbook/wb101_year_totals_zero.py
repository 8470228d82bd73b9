"""WB101: income and expenditure of the year are both 0."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure, Table

from .blank_form import NOT_FILLED_IN, blank_tables

_TOTALS = ("本年收入合计", "本年支出合计")


@rule("WB101", "year-totals-zero", Severity.WARNING)
def year_totals_zero(disclosure: Disclosure, sheet01: Table) -> Iterator[Finding | NotChecked]:
    """本年收入合计和本年支出合计都是 0

    为什么: 正常运转的部门一年中总有收支；两项都为 0，多是公式没有计算或误用了空白模板。
    示例: 公开01 的本年收入合计、本年支出合计都是 0.00。
    如何修改: 核对公开01 是否填列完整；确无收支的，在表下说明。
    依据: 部门决算公开表式：公开01收入支出决算总表
    """
    if blank_tables(disclosure):
        yield NotChecked(code="WB101", reason=NOT_FILLED_IN)
        return
    amounts = [sheet01.amount(item, "决算数") for item in _TOTALS]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(_TOTALS):
        yield NotChecked(code="WB101", reason="公开01的本年收入合计或本年支出合计无法读取")
    elif not any(amount.fen for amount in known):
        cells = [amount.cell for amount in known if amount.cell is not None]
        yield Finding(
            message="公开01的本年收入合计和本年支出合计都是 0",
            cell=cells[0] if cells else None,
            table="01",
            item="本年收入合计",
            column="决算数",
            evidence=tuple(cells[1:]),
        )
