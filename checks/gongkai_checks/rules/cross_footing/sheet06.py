"""公开06 一般公共预算财政拨款基本支出决算明细表, by 部门预算支出经济分类."""

from __future__ import annotations

from gongkai_checks.equations import CHILDREN, EACH_CLASS, S06, CrossFoot

BASIS = "部门决算公开表式：公开06按部门预算支出经济分类的类、款汇总关系"

EQUATIONS = (
    CrossFoot(
        "XF601",
        "economic-class-differs-from-its-items",
        "公开06经济分类的类级金额与所属各款之和不符",
        left=S06[EACH_CLASS, "决算数"],
        right=S06[CHILDREN, "决算数"],
        claim="与所属各款之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF602",
        "personnel-funds-total-differs",
        "公开06人员经费合计与工资福利、对个人和家庭的补助之和不符",
        left=S06["人员经费合计"],
        right=S06["301"] + S06["303"],
        claim="与 301 工资福利支出、303 对个人和家庭的补助之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF603",
        "operating-funds-total-differs",
        "公开06公用经费合计与商品和服务、资本性支出等之和不符",
        left=S06["公用经费合计"],
        right=S06["302"] + S06["307"] + S06["309"] + S06["310"] + S06["311"] + S06["312"] + S06["313"] + S06["399"],
        claim="与 302 商品和服务支出、310 资本性支出等公用各类之和不符",
        basis=BASIS,
    ),
)
