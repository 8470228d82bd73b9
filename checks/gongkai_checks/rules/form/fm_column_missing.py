"""FM102 to FM902: a table lacks one of its amount columns."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule
from gongkai_checks.schemas.shapes import SHAPES, Shape


def _rule(shape: Shape) -> SchemaRule:
    return SchemaRule(
        code=f"FM{shape.number[1]}02",
        name=f"{shape.word}-column-missing",
        severity=Severity.WARNING,
        title=f"公开{shape.number}缺少规定的栏目",
        # A place may print fewer columns: what cannot be checked without one is said by the rules concerned.
        why="栏目被删去或改名后，与它有关的横向、表间关系都无法校验，表式也与统一格式不符。",
        example=f"公开{shape.number}没有“{shape.columns[-1]}”栏。",
        remedy="按统一表式补上该栏，没有金额的留空；只是改了名称的，恢复规定的栏目名称。",
        basis=f"部门决算公开表式：公开{shape.number}的栏目",
    )


RULES = tuple(_rule(shape) for shape in SHAPES.values())
