"""CL605: pay of veteran cadres (离休费) that exceeds the basic wages of the whole staff."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_workbooks.amounts import format_fen
from gongkai_workbooks.disclosure import Disclosure, Table

VETERANS, WAGES, COLUMN = "30301", "30101", "决算数"
CARERS = ("老干部", "离退休", "离休", "干休")
"""Departments whose business the veterans are."""


@rule("CL605", "veterans-pay-exceeds-wages", Severity.INFO)
def veterans_pay_exceeds_wages(sheet06: Table, disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """公开06的离休费大于全体在职人员的基本工资

    为什么: 离休人员是1949年9月30日以前参加革命工作的，健在的已经很少；离休费超过基本工资，多半是与退休费或相邻的款错了行。
    示例: 30301 离休费 375.43 万元，30101 基本工资 131.75 万元。
    如何修改: 核对离休费、退休费两行；确属离休费的不必修改。
    依据: 国发〔1980〕253号、国发〔1982〕62号关于老干部离休的规定（经验判断，仅供参考）
    """
    pay, wages = sheet06.amounts.get((VETERANS, COLUMN)), sheet06.amounts.get((WAGES, COLUMN))
    if pay is None or wages is None or not 0 < wages.fen < pay.fen:
        return
    if any(word in disclosure.department for word in CARERS):
        yield NotChecked(code="CL605", reason="本部门管理离退休人员，离休费可以大于基本工资", cell=pay.cell)
        return
    unit = sheet06.amount_unit or disclosure.amount_unit
    found, most = format_fen(pay.fen, unit), format_fen(wages.fen, unit)
    yield Finding(
        message=f"公开06离休费 {found} 大于基本工资 {most}，疑似错行",
        cell=pay.cell,
        table="06",
        item=item_label(sheet06.items[VETERANS]),
        column=COLUMN,
        found=found,
        evidence=(wages.cell,) if wages.cell is not None else (),
    )
