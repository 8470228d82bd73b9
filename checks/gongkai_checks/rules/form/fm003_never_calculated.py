"""FM003: a formula without a stored result."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule

RULE = SchemaRule(
    code="FM003",
    name="formula-never-calculated",
    severity=Severity.ERROR,
    title="公式没有计算结果",
    why="由其他软件生成的文件可能只存公式、不存结果，金额未知，直接转为网页或 PDF 时会是空白或 0。",
    example="公开02 合计行是 =SUM(E8:E25)，文件中没有结果。",
    remedy="用 Excel 或 WPS 打开，重新计算（F9）并保存，再校验。",
    basis="部门决算公开表式（公开01—09表）：金额栏填列数值",
)
