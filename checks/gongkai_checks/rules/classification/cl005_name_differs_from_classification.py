"""CL005: a name that published documents do not give the code."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.dictionary import Dictionary
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure

from .printed_names import distinct_names, printed_names
from .unlike import unlike


@rule("CL005", "name-differs-from-classification", Severity.WARNING)
def name_differs_from_classification(disclosure: Disclosure, dictionary: Dictionary) -> Iterator[Finding | NotChecked]:
    """科目名称与编码不符

    为什么: 编码与名称一一对应，名称与编码对不上时，读者不知道钱用在哪个科目，多是编码或名称写错了一处。
    示例: 2111101 写作“减排专项支出”，而 2111101 是“生态环境监测与信息”。
    如何修改: 对照当年的支出功能分类科目改正；当年科目确已改名的，可用 --dictionary 指定新的科目表。
    依据: 政府收支分类科目：支出功能分类编码与名称一一对应
    """
    names = distinct_names(disclosure)
    if not names:
        yield NotChecked(code="CL005", reason="没有列出功能分类科目的表")
    if dictionary.all_agree(names):
        return
    for code, printed in printed_names(disclosure).items():
        if dictionary.verified(code):
            yield from unlike(code, printed, dictionary)
