"""CL007: a code that the office's own list does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.dictionary import Dictionary
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure

from .printed_names import printed_names


@rule("CL007", "unknown-code", Severity.INFO)
def unknown_code(disclosure: Disclosure, dictionary: Dictionary) -> Iterator[Finding | NotChecked]:
    """科目表中没有这个编码

    为什么: 编码不在所用的科目表中，可能写错一位，也可能科目表不是当年的。
    示例: 2080507 不在指定的科目表中。
    如何修改: 对照当年的支出功能分类科目；科目表过旧的，换用当年的科目表。
    依据: 政府收支分类科目：支出功能分类
    """
    if not dictionary.complete:
        yield NotChecked(
            code="CL007", reason="内置科目表不完整，不核对编码是否存在；可用 --dictionary 指定当年的科目表"
        )
        return
    for code, printed in printed_names(disclosure).items():
        if code not in dictionary:
            yield Finding(
                message=f"科目表中没有 {code}（{printed[0].name}）",
                cell=printed[0].cell,
                table=printed[0].table,
                item=f"{code} {printed[0].name}",
                found=code,
                evidence=tuple(place.cell for place in printed[1:]),
            )
