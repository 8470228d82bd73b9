"""05: sections that only a government fund pays for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Table

# 款 that belong to government funds: 207 09, 212 08/10/11/13/14/19, 229 04/08/60, and 98 (超长期特别国债) of any 类.
FUND_SECTION = re.compile(r"20709|212(?:08|10|11|13|14|19)|229(?:04|08|60)|2\d\d98")


@rule("TO508", "fund-section-in-general-public-budget", Severity.WARNING)
def fund_section_in_sheet05(sheet05: Table) -> Iterator[Finding | NotChecked]:
    """公开05列有只属于政府性基金的科目

    为什么: 国有土地使用权出让、彩票公益金等款级科目只由政府性基金安排，应当列在公开07；出现在公开05多半是错行或列错表。
    示例: 公开05列有 21208 国有土地使用权出让收入安排的支出。
    如何修改: 核对该科目的资金来源，属于政府性基金的移到公开07，并检查公开05是否错行。
    依据: 政府收支分类科目：功能分类中专用于政府性基金预算的款级科目
    """
    for item in sheet05.items.values():
        if item.role != "code" or len(item.code) != 5 or not FUND_SECTION.fullmatch(item.code):
            continue
        below = [other for other in sheet05.items.values() if other.role == "code" and other.code.startswith(item.code)]
        if not any((line.key, column) in sheet05.amounts for line in below for column in line.columns):
            continue
        cell = next((sheet05.place(item.key, column) for column in item.columns), None)
        yield Finding(
            message=f"公开05列有“{item.code} {item.name}”，该科目只属于政府性基金预算",
            cell=cell,
            table="05",
            item=f"{item.code} {item.name}",
        )
