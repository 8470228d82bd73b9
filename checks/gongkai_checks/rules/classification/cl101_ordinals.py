"""CL101: the ordinals 一、二、… of the function lines of 01."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_checks.tables import label_cell
from gongkai_workbooks.disclosure import Table
from gongkai_workbooks.remembered import Remembered

_ORDINAL = re.compile("\\s*([一二三四五六七八九十廿卅]{1,3})\\s*[、.．]")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def ordinal(label: str) -> int | None:
    """The number before a label: ``二十一、国有资本经营预算支出`` is 21; None where there is none."""
    match = _ORDINAL.match(label)
    if match is None:
        return None
    number = digit = 0
    for character in match[1]:
        if character in _TENS:
            number += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return number + digit


_ordinals = Remembered(ordinal)


@rule("CL101", "function-lines-out-of-order", Severity.INFO)
def function_lines_out_of_order(sheet01: Table) -> Iterator[Finding | NotChecked]:
    """公开01 支出科目的序号或次序不连续

    为什么: 支出按类级科目编码顺序列示，序号一、二、三……连续；缺号、重号多是增删行后没有改。
    示例: “八、社会保障和就业支出”之后是“十、节能环保支出”。
    如何修改: 补上缺少的行，或改正序号和次序。
    依据: 部门决算公开表式：公开01收入支出决算总表的支出项目
    """
    lines = [item for item in sheet01.items.values() if item.role == "class"]
    numbers = [_ordinals[item.name] for item in lines]
    if len(lines) < 2 or not any(numbers):
        yield NotChecked(code="CL101", reason="公开01的支出科目没有序号")
        return
    for (above, before), (line, number) in pairwise(zip(lines, numbers, strict=True)):
        gap = before is not None and number is not None and number != before + 1
        if gap or _backwards(above.key, line.key):
            yield Finding(
                message=f"公开01的支出科目次序不连续：“{above.name.strip()}”之后是“{line.name.strip()}”",
                cell=label_cell(sheet01, line),
                table="01",
                item=item_label(line),
                evidence=(label_cell(sheet01, above),),
            )


def _backwards(above: str, below: str) -> bool:
    """The classes stand in the wrong order; a line that no layout knows may stand anywhere."""
    return above.isdigit() and below.isdigit() and below < above
