"""FM103 to FM903: a table lacks one of its totals."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule
from gongkai_checks.schemas.shapes import SHAPES, Shape


def _rule(shape: Shape) -> SchemaRule:
    return SchemaRule(
        code=f"FM{shape.number[1]}03",
        name=f"{shape.word}-line-missing",
        severity=Severity.WARNING,
        title=f"公开{shape.number}缺少合计行",
        why="合计行是表内加总和表间核对的依据，缺少时这些关系都无法校验。",
        example=f"公开{shape.number}没有“{shape.lines[0]}”行。",
        remedy="按统一表式补上该行并填列金额；只是改了名称的，恢复规定的行名称。",
        basis=f"部门决算公开表式：公开{shape.number}的行次",
    )


RULES = tuple(_rule(shape) for shape in SHAPES.values() if shape.lines)
