"""FM005: a negative amount where none is expected."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule

RULE = SchemaRule(
    code="FM005",
    name="negative-amount",
    severity=Severity.WARNING,
    title="金额为负数",
    why="除结转和结余、结余分配、其他收入外，决算公开表中的收入、支出一般不为负数；负数多为符号误录或冲减以前年度支出。",
    example="公开03 某项目支出为 -3.20。",
    remedy="核对符号；确属收回以前年度支出等冲减的，在表下注明原因。",
    basis="部门决算公开表式（公开01—09表）各栏的经济含义",
)
