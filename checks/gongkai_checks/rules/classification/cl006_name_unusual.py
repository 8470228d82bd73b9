"""CL006: a name unlike the one commonly used, of a code that no published document confirms."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.dictionary import Dictionary
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure

from .printed_names import distinct_names, printed_names
from .unlike import unlike


@rule("CL006", "name-unusual", Severity.INFO)
def name_unusual(disclosure: Disclosure, dictionary: Dictionary) -> Iterator[Finding | NotChecked]:
    """科目名称与常见名称不同

    为什么: 内置科目表中这一科目的名称未经已公开文件核实，名称不同只作提示，供对照。
    示例: 21305 写作“扶贫事业”，常见名称是“巩固拓展脱贫攻坚成果衔接乡村振兴”。
    如何修改: 对照当年的支出功能分类科目；名称无误的，可忽略。
    依据: 政府收支分类科目：支出功能分类编码与名称（内置名称未经核实）
    """
    names = distinct_names(disclosure)
    if not names:
        yield NotChecked(code="CL006", reason="没有列出功能分类科目的表")
    if dictionary.all_agree(names):
        return
    for code, printed in printed_names(disclosure).items():
        if code in dictionary and not dictionary.verified(code):
            yield from unlike(code, printed, dictionary)
