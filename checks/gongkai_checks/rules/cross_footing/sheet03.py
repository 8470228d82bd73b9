"""公开03 支出决算表: hierarchy, and expenditure across each row."""

from __future__ import annotations

from gongkai_checks.equations import EACH, S03, CrossFoot

from .functional import hierarchy

EQUATIONS = (
    *hierarchy(S03),
    CrossFoot(
        "XF304",
        "expenditure-of-a-row-differs-from-its-kinds",
        "公开03某行的本年支出合计与各类支出之和不符",
        left=S03[EACH, "本年支出合计"],
        right=S03[EACH, "基本支出"]
        + S03[EACH, "项目支出"]
        + S03[EACH, "上缴上级支出"]
        + S03[EACH, "经营支出"]
        + S03[EACH, "对附属单位补助支出"],
        claim="与本行基本支出、项目支出等之和不符",
        basis="部门决算公开表式：公开03支出决算表的栏次关系（栏次1＝2＋3＋…＋6）",
    ),
)
