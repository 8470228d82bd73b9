"""CL004: one code, different names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongkai_checks.dictionary import Dictionary
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import normal_name, table_names
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure

from .printed_names import PrintedName, by_name, distinct_names, printed_names


@rule("CL004", "name-differs-between-tables", Severity.WARNING)
def name_differs_between_tables(disclosure: Disclosure, dictionary: Dictionary) -> Iterator[Finding | NotChecked]:
    """同一科目在各表的名称不一致

    为什么: 同一编码应是同一科目；名称不同，不是名称写错，就是编码写错。
    示例: 2111101 在公开02 为“生态环境监测与信息”，在公开05 为“减排专项支出”。
    如何修改: 对照当年的支出功能分类科目，改正名称或编码。
    依据: 政府收支分类科目：支出功能分类编码与名称一一对应
    """
    names = distinct_names(disclosure)
    if not names:
        yield NotChecked(code="CL004", reason="没有列出功能分类科目的表")
    if len(names) == len({code for code, _ in names}):
        return
    for code, printed in printed_names(disclosure).items():
        variants = by_name(code, printed, dictionary)
        if len(variants) > 1:
            yield _finding(code, variants, dictionary)


def _finding(code: str, variants: dict[str, list[PrintedName]], dictionary: Dictionary) -> Finding:
    known = dictionary.name(code)
    frequent = Counter({name: len(places) for name, places in variants.items()}).most_common(1)[0][0]
    right = normal_name(known) if known is not None and normal_name(known) in variants else frequent
    odd = [place for name, places in variants.items() if name != right for place in places]
    rest = variants[right]
    said = "；".join(
        f"{table_names(dict.fromkeys(place.table for place in places))}为“{places[0].name}”"
        for places in variants.values()
    )
    return Finding(
        message=f"科目 {code} 的名称不一致：{said}",
        cell=odd[0].cell,
        table=odd[0].table,
        item=f"{code} {odd[0].name}",
        expected=rest[0].name,
        found=odd[0].name,
        evidence=tuple(place.cell for place in (*odd[1:], *rest)),
    )
