"""09: which budget, and which money, the figures are of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import normal_name
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Table, TableStatus

WHICH_BUDGET = re.compile(r"全年预算|年初预算|调整后|调整预算")
WHICH_MONEY = "财政拨款"


@rule("XF904", "three-public-scope-not-stated", Severity.INFO)
def scope_not_stated(sheet09: Table) -> Iterator[Finding | NotChecked]:
    """公开09没有写明预算数或资金的口径

    为什么: 预算数有的是年初预算，有的是调整后的全年预算；表里只列财政拨款安排的支出。写明口径，读者才知道决算数与预算数能否相比。
    示例: 表下没有“预算数为全年预算数，反映按规定程序调整后的预算数”这样的说明。
    如何修改: 在表下注明预算数是年初预算还是全年预算、支出只包括财政拨款；各地习惯不同，本地不要求的不必修改。
    依据: 部门决算公开表式：公开09表下的注（各地写法不同，仅供参考）
    """
    if sheet09.status is not TableStatus.CHECKED:
        yield NotChecked(code="XF904", reason="公开09为空表")
        return
    said = normal_name("".join((sheet09.printed_title, *(note for note, _ in sheet09.notes))))
    lacking = [] if WHICH_BUDGET.search(said) else ["预算数是年初预算还是全年预算"]
    lacking += [] if WHICH_MONEY in said else ["支出是否只包括财政拨款"]
    if lacking:
        yield Finding(
            message=f"公开09没有写明{'、'.join(lacking)}",
            cell=sheet09.title_cell,
            table="09",
            quiet=True,
        )
