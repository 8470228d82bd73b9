"""FM201, FM301, FM501, FM601, FM701, FM801: a classification code that is ill-formed."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.schemas.rule import SchemaRule
from gongkai_checks.schemas.shapes import CODE_WORDS, ECONOMIC, SHAPES, Shape

_NAMES = {True: ("支出经济分类", "3010 基本工资", "30101"), False: ("支出功能分类", "208050 机关事业单位…", "2080505")}


def _rule(shape: Shape) -> SchemaRule:
    classification, example, right = _NAMES[shape.code == ECONOMIC]
    return SchemaRule(
        code=f"FM{shape.number[1]}01",
        name=f"{shape.word}-code-ill-formed",
        severity=Severity.ERROR,
        title=f"公开{shape.number}的科目编码不规范",
        why="科目编码的位数表示类、款、项三级，少一位或多一位时无法归入上级科目，汇总关系也无从核对。",
        example=f"编码填成“{example}”，应为 {right}。",
        remedy=f"按当年{classification}科目改正编码（{CODE_WORDS[shape.code]}）；编码列设为文本格式，避免丢失数位。",
        basis=f"政府收支分类科目：{classification}编码规则",
    )


RULES = tuple(_rule(shape) for shape in SHAPES.values() if shape.code)
