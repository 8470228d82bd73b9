"""FM004: numbers stored as text, one finding a table."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule

RULE = SchemaRule(
    code="FM004",
    name="number-stored-as-text",
    severity=Severity.INFO,
    title="金额以文本形式存放",
    why="文本形式的数字不参与求和，表内的合计公式会漏算，且无法排序、筛选。",
    example="公开05 小计栏存的是文本“1,234.50”。",
    remedy="选中这些单元格，用“转换为数字”；或由本工具转换。",
    basis="电子表格中金额应以数值存放，便于汇总和再利用",
    fix_safety="安全：只改变存放形式，金额不变，数后与表头单位相同的“万元”等字样去掉；数后写的是别的单位的文本、公式单元格不改。",
)
