"""CL604: heating costs in a place without heating, or out of all proportion."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.places import place_of
from gongkai_checks.rule import rule
from gongkai_workbooks.amounts import format_fen
from gongkai_workbooks.disclosure import Disclosure, Table

HEATING, CLASS, COLUMN = "30208", "302", "决算数"
LEAST = 1_000_000
"""一万元, in 分: a heater or two can be bought anywhere."""


@rule("CL604", "heating-where-none-is-laid-on", Severity.INFO)
def heating_where_none_is_laid_on(sheet06: Table, disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """公开06的取暖费与本地不集中供暖不符，或大得反常

    为什么: 上海、广东等地不集中供暖，一般没有取暖费；取暖费超过商品和服务支出的一半在哪里都反常，多半是相邻各款错了行。
    示例: 上海市某街道的 30208 取暖费为 419.21 万元，302 商品和服务支出共 1,844.57 万元。
    如何修改: 核对该行金额是否应列在相邻的款；确属取暖支出的不必修改。
    依据: 财税〔2019〕38号所列“三北”供暖地区；GB 50736-2012 第5.1.2、5.1.3条（经验判断，仅供参考）
    """
    amount = sheet06.amounts.get((HEATING, COLUMN))
    if amount is None or amount.fen < LEAST:
        return
    whole = sheet06.amounts.get((CLASS, COLUMN))
    unit = sheet06.amount_unit or disclosure.amount_unit
    figure = format_fen(amount.fen, unit)
    place = place_of(disclosure.department)
    if whole is not None and 0 < whole.fen < 2 * amount.fen:
        message = f"公开06取暖费 {figure}，超过商品和服务支出 {format_fen(whole.fen, unit)} 的一半"
    elif place is None:
        yield NotChecked(code="CL604", reason="部门名称没有写明省、市，不知本地是否集中供暖", cell=amount.cell)
        return
    elif place.heating == "partly":
        yield NotChecked(code="CL604", reason=f"{place.province}只有部分地方集中供暖", cell=amount.cell)
        return
    elif place.heating == "none":
        message = f"公开06列有取暖费 {figure}，而{place.province}不集中供暖"
    else:
        return
    yield Finding(
        message=message,
        cell=amount.cell,
        table="06",
        item=item_label(sheet06.items[HEATING]),
        column=COLUMN,
        found=figure,
        evidence=(whole.cell,) if whole is not None and whole.cell is not None else (),
    )
