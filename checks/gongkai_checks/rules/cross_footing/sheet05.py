"""公开05 一般公共预算财政拨款支出决算表: hierarchy, and 小计 across each row."""

from __future__ import annotations

from gongkai_checks.equations import EACH, S05, CrossFoot

from .functional import hierarchy

EQUATIONS = (
    *hierarchy(S05),
    CrossFoot(
        "XF504",
        "subtotal-of-a-row-differs-from-basic-and-project",
        "公开05某行的小计与基本支出、项目支出之和不符",
        left=S05[EACH, "小计"],
        right=S05[EACH, "基本支出"] + S05[EACH, "项目支出"],
        claim="与本行基本支出、项目支出之和不符",
        basis="部门决算公开表式：公开05一般公共预算财政拨款支出决算表的栏次关系（栏次1＝2＋3）",
    ),
)
