"""公开09 财政拨款“三公”经费支出决算表: 预算数 and 决算数 alike."""

from __future__ import annotations

from gongkai_checks.equations import COLUMN, S09, CrossFoot

BASIS = "部门决算公开表式：公开09财政拨款“三公”经费支出决算表的栏次关系"

EQUATIONS = (
    CrossFoot(
        "XF901",
        "three-public-expenses-total-differs",
        "公开09三公经费合计与三项之和不符",
        left=S09["合计", COLUMN],
        right=S09["因公出国（境）费", COLUMN] + S09["公务用车购置及运行维护费", COLUMN] + S09["公务接待费", COLUMN],
        claim="与因公出国（境）费、公务用车购置及运行维护费、公务接待费之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF902",
        "official-vehicle-subtotal-differs",
        "公开09公务用车小计与购置费、运行维护费之和不符",
        left=S09["公务用车购置及运行维护费", COLUMN],
        right=S09["公务用车购置费", COLUMN] + S09["公务用车运行维护费", COLUMN],
        claim="与公务用车购置费、公务用车运行维护费之和不符",
        basis=BASIS,
    ),
)
