"""CL801: a code in 08 that is not one of state capital operations."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label, listing
from gongkai_checks.rule import rule
from gongkai_checks.tables import code_rows, label_cell
from gongkai_workbooks.disclosure import Table

USUAL = ("223", "20804", "230")


@rule("CL801", "unusual-state-capital-code", Severity.INFO)
def unusual_state_capital_code(sheet08: Table) -> Iterator[Finding | NotChecked]:
    """公开08 列有一般不属于国有资本经营预算的科目

    为什么: 国有资本经营预算支出一般列在 223 国有资本经营预算支出（或 20804 补充全国社会保障基金），别的科目可能是误填。
    示例: 公开08 列有 2080505。
    如何修改: 核对资金来源；属于一般公共预算的，移到公开05。
    依据: 政府收支分类科目：国有资本经营预算支出（经验判断，仅供参考）
    """
    rows = code_rows(sheet08)
    if not rows:
        yield NotChecked(code="CL801", reason="公开08没有列出科目")
    odd = [row for row in rows if not row.code.startswith(USUAL) and row.code != "208"]
    if odd:
        yield Finding(
            message=f"公开08列有一般不属于国有资本经营预算的科目：{listing(item_label(row) for row in odd)}",
            cell=label_cell(sheet08, odd[0]),
            table="08",
            item=item_label(odd[0]),
            evidence=tuple(label_cell(sheet08, row) for row in odd[1:]),
        )
