"""公开08 国有资本经营预算财政拨款支出决算表: hierarchy, 合计 across, and the flow where the form has it."""

from __future__ import annotations

from gongkai_checks.equations import EACH, S08, CrossFoot

from .functional import hierarchy

EQUATIONS = (
    *hierarchy(S08),
    CrossFoot(
        "XF804",
        "state-capital-subtotal-of-a-row-differs",
        "公开08某行的本年支出合计与基本支出、项目支出之和不符",
        left=S08[EACH, "小计"],
        right=S08[EACH, "基本支出"] + S08[EACH, "项目支出"],
        claim="与本行基本支出、项目支出之和不符",
        basis="部门决算公开表式：公开08国有资本经营预算财政拨款支出决算表的栏次关系",
    ),
    CrossFoot(
        "CO801",
        "state-capital-row-does-not-balance",
        "公开08某行的年初结转、收入、支出与年末结转不平",
        left=S08[EACH, "年末结转和结余"],
        right=S08[EACH, "年初结转和结余"] + S08[EACH, "本年收入"] - S08[EACH, "小计"],
        claim="与年初结转和结余加本年收入减本年支出不符",
        basis="部门决算公开表式：公开08为收入支出决算表时的栏次关系",
    ),
)
