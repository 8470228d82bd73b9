"""FM007: more decimals than two, one finding a table."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule

RULE = SchemaRule(
    code="FM007",
    name="more-decimals-than-shown",
    severity=Severity.INFO,
    title="金额的小数多于两位",
    why="公开表保留两位小数；单元格中存放的小数更多时，显示的数与存放的数不同，照显示的数相加可能与合计差 0.01。",
    example="单元格显示 14.72，实际存放 14.7163。",
    remedy="公开前按两位小数取整（如用 ROUND），或确认以存放的数为准。",
    basis="部门决算公开表式（公开01—09表）：金额单位万元，保留两位小数",
)
