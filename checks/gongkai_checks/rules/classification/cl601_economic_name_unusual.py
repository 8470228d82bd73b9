"""CL601: code and name of a row of 06 that do not belong together."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.dictionary import Dictionary
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_checks.tables import code_names, code_rows, label_cell
from gongkai_workbooks.disclosure import Table


@rule("CL601", "economic-name-unusual", Severity.INFO)
def economic_name_unusual(sheet06: Table, dictionary: Dictionary) -> Iterator[Finding | NotChecked]:
    """公开06 的科目名称与编码不符

    为什么: 公开06 的编码和名称是固定的，对不上时多是增删行后编码与名称错开，金额也可能跟着错行。
    示例: 30216 写作“公务接待费”，30216 应为“培训费”。
    如何修改: 按统一表式恢复编码和名称，并核对这几行的金额。
    依据: 政府收支分类科目：部门预算支出经济分类编码与名称
    """
    rows = code_rows(sheet06)
    if not rows:
        yield NotChecked(code="CL601", reason="公开06没有列出科目")
    if dictionary.all_agree(code_names(sheet06)):
        return
    for row in rows:
        known = dictionary.name(row.code)
        if known is not None and row.name.strip() and not dictionary.agrees(row.code, row.name):
            yield Finding(
                message=f"公开06科目 {row.code} 的名称为“{row.name}”，科目表中是“{known}”",
                cell=label_cell(sheet06, row),
                table="06",
                item=item_label(row),
                expected=known,
                found=row.name,
            )
