"""公开07 政府性基金预算财政拨款收入支出决算表: hierarchy, 小计 across, and the flow of each row."""

from __future__ import annotations

from gongkai_checks.equations import EACH, S07, CrossFoot

from .functional import hierarchy

EQUATIONS = (
    *hierarchy(S07),
    CrossFoot(
        "XF704",
        "fund-subtotal-of-a-row-differs",
        "公开07某行的本年支出小计与基本支出、项目支出之和不符",
        left=S07[EACH, "小计"],
        right=S07[EACH, "基本支出"] + S07[EACH, "项目支出"],
        claim="与本行基本支出、项目支出之和不符",
        basis="部门决算公开表式：公开07政府性基金预算财政拨款收入支出决算表的栏次关系（栏次3＝4＋5）",
    ),
    CrossFoot(
        "CO701",
        "fund-row-does-not-balance",
        "公开07某行的年初结转、收入、支出与年末结转不平",
        left=S07[EACH, "年末结转和结余"],
        right=S07[EACH, "年初结转和结余"] + S07[EACH, "本年收入"] - S07[EACH, "小计"],
        claim="与年初结转和结余加本年收入减本年支出不符",
        basis="部门决算公开表式：公开07政府性基金预算财政拨款收入支出决算表的栏次关系（栏次6＝1＋2－3）",
    ),
)
