"""FM001: text in an amount cell."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule

RULE = SchemaRule(
    code="FM001",
    name="amount-is-not-a-number",
    severity=Severity.ERROR,
    title="金额单元格中不是数字",
    why="不能读作金额的单元格无法参与任何勾稽校验，与它有关的关系都会标为未校验。",
    example="公开03 基本支出栏填“12.3O”（末位是字母 O）。",
    remedy="改填数字；没有金额的留空或填 0.00，说明文字移到表下的注里。",
    basis="部门决算公开表式（公开01—09表）：金额栏填列数值",
)
