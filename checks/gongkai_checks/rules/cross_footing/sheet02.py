"""公开02 收入决算表: hierarchy, and income across each row."""

from __future__ import annotations

from gongkai_checks.equations import EACH, S02, CrossFoot

from .functional import hierarchy

EQUATIONS = (
    *hierarchy(S02),
    CrossFoot(
        "XF204",
        "income-of-a-row-differs-from-its-sources",
        "公开02某行的本年收入合计与各项收入之和不符",
        left=S02[EACH, "本年收入合计"],
        right=S02[EACH, "财政拨款收入"]
        + S02[EACH, "上级补助收入"]
        + S02[EACH, "事业收入"]
        + S02[EACH, "经营收入"]
        + S02[EACH, "附属单位上缴收入"]
        + S02[EACH, "其他收入"],
        claim="与本行各项收入之和不符",
        basis="部门决算公开表式：公开02收入决算表的栏次关系（栏次1＝2＋3＋…＋7）",
    ),
)
