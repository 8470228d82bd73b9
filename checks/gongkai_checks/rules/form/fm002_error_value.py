"""FM002: an error value in an amount cell."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule

RULE = SchemaRule(
    code="FM002",
    name="error-value",
    severity=Severity.ERROR,
    title="金额单元格是错误值",
    why="公式引用失效或除以零时单元格显示 #REF!、#DIV/0! 等，金额未知，公开后读者也看得到。",
    example="公开01 本年支出合计显示 #REF!。",
    remedy="修正公式的引用，或改填数字，重新保存后再校验。",
    basis="部门决算公开表式（公开01—09表）：金额栏填列数值",
)
