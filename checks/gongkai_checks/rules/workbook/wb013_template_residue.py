"""WB013: words of the blank form that should have been replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_checks.tables import label_cell, readable_tables
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Table
from gongkai_workbooks.remembered import Remembered

_CHANGE = "(?:增[长加]|减少|下降)"
RESIDUE = re.compile(
    "[XxＸｘ×]{2,}|[*＊]{2,}"
    "|(?<![一二三四五六七八九十○])[○◯]{2,}(?![一二三四五六七八九十])"
    "|(?:部门|单位)名称(?!\\s*[:：])"
    f"|{_CHANGE}[（(/／]{_CHANGE}[）)]?"
    "|[（(]如持平[^）)]*[）)]?"
    "|无[^，。]{0,40}的，?仍保留该表格式|仍保留该表格式"
    "|减增加|大小于"
)

_SIGNS = (*"XxＸｘ×*＊○◯", "名称", "持平", "保留", "增长", "增加", "减少", "下降", "大小")
"""One of these is in every residue; a text without them need not be searched."""


@rule("WB013", "template-residue", Severity.WARNING)
def template_residue(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """留有模板文字

    为什么: 模板中的“××”“部门名称”“增长（下降）”等应换成实际内容，原样公开会被读者指出。
    示例: 表下注“××部门2024年度无政府性基金预算财政拨款支出”。
    如何修改: 换成本部门的实际内容，删去填表提示。
    依据: 部门决算公开表式：表头、说明按本部门实际填写
    """
    places: dict[tuple[str, str], list[tuple[CellRef | None, str]]] = {}
    for table in readable_tables(disclosure):
        for text, cell in _texts(table):
            residue = _residues[text]
            if residue:
                places.setdefault((residue, text.strip()), []).append((cell, table.number))
    for (residue, text), found in places.items():
        cells = [cell for cell, _ in found if cell is not None]
        also = f"（共 {len(found)} 处）" if len(found) > 1 else ""
        yield Finding(
            message=f"留有模板文字“{residue}”{also}：“{text[:60]}”",
            cell=cells[0] if cells else None,
            table=found[0][1],
            found=text[:60],
            evidence=tuple(cells[1:]),
        )


def _texts(table: Table) -> Iterator[tuple[str, CellRef | None]]:
    """Title, department, notes, and the labels that need a look."""
    if table.printed_title:
        yield table.printed_title, table.title_cell
    if table.department:
        yield table.department, table.department_cell
    yield from table.notes
    for item in [item for item in table.items.values() if _residues[item.name]]:
        yield item.name, label_cell(table, item)


def _residue(text: str) -> str:
    """The words of the blank form in a text, "" where there are none."""
    match = RESIDUE.search(text) if any(sign in text for sign in _SIGNS) else None
    return match[0] if match else ""


_residues = Remembered(_residue)
