from __future__ import annotations

from gongkai_checks.conditions import only_general_budget
from gongkai_checks.equations import EACH, S01, S02, S03, S05, S09
from gongkai_checks.finding import Severity

from .equations import made, remarks_on, the_remark


def test_the_same_equation_with_its_sides_exchanged() -> None:
    remark = the_remark(made("MC101", S02["合计", "本年收入合计"], S01["本年收入合计"]), beside=("TO1",))
    assert (remark.kind, remark.severity, remark.codes) == ("duplicate", Severity.WARNING, ("MC101", "TO101"))
    assert "MC101 与 TO101 是同一个关系" in remark.message


def test_the_same_equation_in_another_order_and_with_a_term_moved() -> None:
    basic, project = S05[EACH, "基本支出"], S05[EACH, "项目支出"]
    remark = the_remark(made("MC501", S05[EACH, "小计"] - project, basic), beside=("XF5",))
    assert remark.codes == ("MC501", "XF504")


def test_the_same_bound() -> None:
    remark = the_remark(made("MC501", S05[EACH, "小计"], S03[EACH, "本年支出合计"], relation="<="), beside=("TO5",))
    assert remark.codes == ("MC501", "TO501")


def test_two_of_a_plugin() -> None:
    equations = [
        made(code, S09["会议费", "决算数"], S09["会议费", "预算数"], relation="<=") for code in ("MC901", "MC902")
    ]
    assert the_remark(*equations, beside=()).codes == ("MC902", "MC901")


def test_another_condition_makes_another_equation() -> None:
    both = made("MC901", S09["合计"], S09["合计", "预算数"], relation="<=", when=only_general_budget)
    always = made("MC902", S09["合计"], S09["合计", "预算数"], relation="<=")
    assert [(remark.code, remark.kind) for remark in remarks_on(both, always, beside=())] == [("MC901", "implied")]


def test_fewer_rows_or_the_other_direction_make_another_equation() -> None:
    total_only = made(
        "MC301",
        S03["合计", "本年支出合计"],
        S03["合计", "基本支出"]
        + S03["合计", "项目支出"]
        + S03["合计", "上缴上级支出"]
        + S03["合计", "经营支出"]
        + S03["合计", "对附属单位补助支出"],
    )
    assert the_remark(total_only, beside=("XF3",)).kind == "implied"
    turned = made("MC501", S03[EACH, "基本支出"], S05[EACH, "基本支出"], relation="<=")
    assert remarks_on(turned, beside=("TO502",)) == []
