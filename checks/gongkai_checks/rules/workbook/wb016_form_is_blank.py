"""WB016: the whole form is blank."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure

from .blank_form import blank_tables


@rule("WB016", "form-is-blank", Severity.WARNING)
def form_is_blank(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """整套表都没有填列金额

    为什么: 没有一个金额的表无从校验，多是误用了空白模板，或公式没有计算；“没有发现问题”在这里不说明任何事。
    示例: 公开01至公开09 只有表样，没有数字。
    如何修改: 核对是否选错了文件；确是本部门的公开表的，填列后再校验。
    依据: 部门决算公开表式（公开01—09表）
    """
    tables = blank_tables(disclosure)
    if tables:
        printed = any(table.amounts for table in tables)
        yield Finding(
            message=f"工作簿中的 {len(tables)} 张公开表都没有{' 0 以外的' if printed else ''}金额，像是没有填写的空白表",
            cell=tables[0].title_cell,
            table=tables[0].number,
            evidence=tuple(table.title_cell for table in tables[1:] if table.title_cell is not None),
        )
