"""Every equation: it holds, it is at its tolerance, it is beyond. The cases derive from the equation itself."""

from __future__ import annotations

from functools import lru_cache

import pytest

from gongkai_checks.equations import S01, S03, Equation, Expression, TieOut
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Ledger
from gongkai_checks.messages import relation_finding
from gongkai_checks.registry import load_registry
from gongkai_checks.relations import Relation, evaluate
from gongkai_checks.rounding import Verdict
from gongkai_checks.rule import RuleError
from gongkai_workbooks.disclosure import FAULT_ERROR, AmountFault, Disclosure, TableStatus
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate
from tests.synthetic import Fund, Shape, make_accounts, to_grids

EQUATIONS = load_registry(plugins=False).equations
EVERYTHING = frozenset(Fund)


def disclose(shape: Shape) -> Disclosure:
    return locate(to_grids(make_accounts(shape)), load_layout(), path="synthetic")


def without_grand_total() -> Disclosure:
    disclosure = disclose(Shape(seed=5, items=12))
    table = disclosure.tables["01"]
    del table.items["收入总计"], table.amounts["收入总计", "决算数"]
    return disclosure


def without_three_public() -> Disclosure:
    disclosure = disclose(Shape(seed=6, items=30))
    disclosure.tables["09"].amounts.clear()
    disclosure.tables["09"].status = TableStatus.EMPTY
    return disclosure


@lru_cache(maxsize=1)
def disclosures() -> tuple[Disclosure, ...]:
    return (
        disclose(Shape(seed=1, items=60, funds=EVERYTHING, zeros="printed")),
        disclose(Shape(seed=2, items=60, form="shanghai", funds=EVERYTHING, zeros="printed")),
        disclose(Shape(seed=3, items=60, other_money=False, carry_over=False, zeros="printed")),
        disclose(Shape(seed=4, items=60, other_money=False, carry_over=True, zeros="printed")),
        disclose(Shape(seed=25, items=60, funds=EVERYTHING, zeros="printed")),  # with retired staff
        without_grand_total(),
        without_three_public(),
    )


def relation_of(equation: Equation) -> tuple[Disclosure, Relation]:
    """A relation of the equation whose figures can be moved: the one with the fewest printed cells."""
    found = [
        (disclosure, relation)
        for disclosure in disclosures()
        for relation in evaluate([equation], Ledger(disclosure), "half_up", whole=True).relations
        if relation.printed and any(not figure.amount.blank for figure in relation.figures)
    ]
    assert found, f"{equation.code} applies to none of the synthetic accounts"
    return min(found, key=lambda pair: pair[1].printed)


def moved(disclosure: Disclosure, relation: Relation, difference: int) -> Relation:
    """The same relation after one of its printed figures was moved so that left minus right is ``difference``."""
    figure = next(figure for figure in relation.figures if not figure.amount.blank)
    table = disclosure.tables[figure.key.table]
    key = (figure.key.item, figure.key.column)
    before = table.amounts[key]
    table.amounts[key] = before._replace(fen=before.fen + figure.sign * (difference - relation.difference))
    try:
        evaluation = evaluate([relation.equation], Ledger(disclosure), "half_up", whole=True)
    finally:
        table.amounts[key] = before
    return next(r for r in evaluation.relations if (r.item, r.column) == (relation.item, relation.column))


@pytest.mark.parametrize("equation", EQUATIONS, ids=[equation.code for equation in EQUATIONS])
def test_holds_at_tolerance_and_beyond(equation: Equation) -> None:
    disclosure, relation = relation_of(equation)
    ledger = Ledger(disclosure)
    grain = ledger.unit(relation.figures[0].key.table).grain
    assert moved(disclosure, relation, 0).verdict is Verdict.HOLDS

    edge = moved(disclosure, relation, relation.high)
    if equation.relation == "<=":
        assert edge.verdict is (Verdict.ROUNDING if relation.high else Verdict.HOLDS)
        assert moved(disclosure, relation, -1000 * grain).verdict is Verdict.HOLDS
    else:
        assert edge.verdict is (Verdict.BOUNDARY if relation.high else Verdict.HOLDS)

    beyond = moved(disclosure, relation, relation.high + grain)
    assert beyond.verdict is Verdict.VIOLATED
    finding = relation_finding(beyond, ledger, "half_up")
    assert (finding.code, finding.severity) == (equation.code, equation.severity)
    assert finding.cell is not None
    assert finding.difference.startswith("+")
    assert finding.message and finding.expected and finding.found and finding.basis and finding.help


@pytest.mark.parametrize("equation", EQUATIONS, ids=[equation.code for equation in EQUATIONS])
def test_unknown_cell_is_said_not_passed(equation: Equation) -> None:
    disclosure, relation = relation_of(equation)
    figure = next(figure for figure in relation.figures if not figure.amount.blank)
    table = disclosure.tables[figure.key.table]
    key = (figure.key.item, figure.key.column)
    before = table.amounts.pop(key)

    assert before.cell is not None
    table.faults[key] = AmountFault(*key, before.cell, FAULT_ERROR, "#REF!")
    try:
        evaluation = evaluate([equation], Ledger(disclosure), "half_up", whole=False)
    finally:
        table.amounts[key] = before
        del table.faults[key]
    assert before.cell in {skipped.cell for skipped in evaluation.not_checked}
    assert (relation.item, relation.column) not in {(r.item, r.column) for r in evaluation.relations}


def test_missing_table_is_said() -> None:
    disclosure = disclose(Shape(seed=1, items=5))
    disclosure.tables["03"].status = TableStatus.MISSING
    evaluation = evaluate(EQUATIONS, Ledger(disclosure), "half_up")
    skipped = {skipped.code for skipped in evaluation.not_checked if "公开03缺失" in skipped.reason}
    assert skipped == {equation.code for equation in EQUATIONS if "03" in equation.tables}


def test_copy_off_by_a_step_is_a_warning_in_an_error_rule() -> None:
    equation = next(equation for equation in EQUATIONS if equation.code == "TO101")
    disclosure, relation = relation_of(equation)
    edge = moved(disclosure, relation, relation.high)
    assert relation_finding(edge, Ledger(disclosure), "half_up").severity is Severity.WARNING


def test_terms_write_as_the_sheet_prints_them() -> None:
    tie = TieOut(
        "TO999",
        "example",
        "例",
        left=S01["本年支出合计"],
        right=S03["合计", "基本支出"] + S03["合计", "项目支出"] - S03["合计", "经营支出"],
        claim="不符",
        basis="例",
    )
    assert isinstance(tie.left, Expression)
    assert [term.sign for term in tie.terms] == [1, -1, -1, 1]
    assert (
        tie.formula
        == "公开01 本年支出合计·决算数 ＝ 公开03 合计·基本支出 ＋ 公开03 合计·项目支出 － 公开03 合计·经营支出"
    )


@pytest.mark.parametrize("code", ["to101", "T0101", "TO1", "TO1011"])
def test_ill_formed_code_is_refused(code: str) -> None:
    with pytest.raises(RuleError):
        TieOut(code, "example", "例", left=S01["本年支出合计"], right=S01["本年收入合计"], claim="", basis="")
