"""Equations on consistent accounts: nothing to find, and both ways of evaluating agree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai_checks.equations import Equation
from gongkai_checks.ledger import Ledger
from gongkai_checks.options import Options
from gongkai_checks.registry import load_registry
from gongkai_checks.relations import evaluate
from gongkai_checks.rounding import Verdict
from gongkai_checks.run import check
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate
from gongkai_workbooks.table_amounts import TableAmounts
from tests.strategies import accounts
from tests.synthetic import Accounts, to_grids

REGISTRY = load_registry(plugins=False)
LAYOUT = load_layout()
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def disclose(made: Accounts) -> Disclosure:
    return locate(to_grids(made), LAYOUT, path="synthetic")


@SLOW
@given(accounts())
def test_consistent_accounts_raise_no_error_and_no_warning(made: Accounts) -> None:
    [result] = check([disclose(made)], REGISTRY, Options())
    assert [f.message for f in result.findings if f.severity and f.severity.word != "info"] == []
    assert result.checked > 30


@SLOW
@given(accounts(max_items=12), st.data())
def test_both_ways_agree_where_lines_are_left_out(made: Accounts, data: st.DataObject) -> None:
    """Classes, sections and totals that are not printed: what stands below them is added up instead."""
    disclosure = disclose(made)
    for number in ("02", "03", "05", "07"):
        table = disclosure.tables[number]
        left_out = data.draw(st.sets(st.sampled_from(sorted(table.items)), max_size=6)) if table.items else set()
        table.items = {key: item for key, item in table.items.items() if key not in left_out}
        kept = {key: amount for key, amount in table.amounts.items() if key[0] not in left_out}
        table.amounts = TableAmounts.of(kept)
    ledger = Ledger(disclosure)
    quick = evaluate(REGISTRY.equations, ledger, "half_up")
    whole = evaluate(REGISTRY.equations, ledger, "half_up", whole=True)
    assert quick.checked == whole.checked
    assert {(r.equation.code, r.item, r.column, r.difference, r.verdict) for r in quick.relations} == {
        (r.equation.code, r.item, r.column, r.difference, r.verdict)
        for r in whole.relations
        if r.difference and r.verdict is not Verdict.HOLDS
    }


@SLOW
@given(accounts(max_items=12), st.data())
def test_both_ways_of_evaluating_agree(made: Accounts, data: st.DataObject) -> None:
    """The quick sums over printed amounts, and the relations built cell by cell, on figures with something wrong in them."""
    disclosure = disclose(made)
    number = data.draw(st.sampled_from([n for n, table in disclosure.tables.items() if table.amounts]))
    table = disclosure.tables[number]
    key = data.draw(st.sampled_from(sorted(table.amounts)))
    table.amounts[key] = table.amounts[key]._replace(fen=table.amounts[key].fen + 7_770_000)
    ledger = Ledger(disclosure)
    equations: tuple[Equation, ...] = REGISTRY.equations
    quick = evaluate(equations, ledger, "half_up")
    whole = evaluate(equations, ledger, "half_up", whole=True)
    assert quick.checked == whole.checked
    assert {(r.equation.code, r.item, r.column, r.difference, r.verdict) for r in quick.relations} == {
        (r.equation.code, r.item, r.column, r.difference, r.verdict)
        for r in whole.relations
        if r.difference and r.verdict is not Verdict.HOLDS
    }
    short = evaluate(equations, ledger, "half_up", rounding=False)
    assert [r for r in quick.relations if r.verdict is not Verdict.ROUNDING] == short.relations


@SLOW
@given(accounts(max_items=12), st.data())
def test_an_amount_moved_beyond_its_interval_is_found(made: Accounts, data: st.DataObject) -> None:
    """Beyond the interval: so far that one of its relations cannot hold whatever the other true amounts are."""
    disclosure = disclose(made)
    number = data.draw(st.sampled_from([n for n, table in disclosure.tables.items() if table.amounts]))
    table = disclosure.tables[number]
    key = data.draw(st.sampled_from(sorted(table.amounts)))
    amount = table.amounts[key]
    whole = evaluate(REGISTRY.equations, Ledger(disclosure), "half_up", whole=True)
    mine = [
        (relation, figure.sign)
        for relation in whole.relations
        for figure in relation.figures
        if tuple(figure.key) == (number, *key)
        and relation.equation.severity.word == "error"
        and relation.equation.relation == "="
    ]
    assert mine, "every printed amount takes part in some equation"
    grain = (table.amount_unit or disclosure.amount_unit).grain
    # the least step upwards that breaks the narrowest of its relations, from that relation's own bounds
    least = min(
        (-relation.low - relation.difference if sign > 0 else relation.high + relation.difference) // grain + 1
        for relation, sign in mine
    )
    moved = amount.fen + least * grain
    table.amounts[key] = amount._replace(fen=moved)
    [result] = check([disclosure], REGISTRY, Options())
    errors = [finding for finding in result.findings if finding.severity and finding.severity.word == "error"]
    assert errors
    named = {finding.cell for finding in errors} | {
        cell for finding in errors for cell in finding.evidence + sum(finding.candidates, ())
    }
    assert amount.cell in named
    # one step less is still possible for these relations
    table.amounts[key] = amount._replace(fen=moved - grain)
    again = evaluate(REGISTRY.equations, Ledger(disclosure), "half_up")
    codes = {(relation.equation.code, relation.item, relation.column) for relation, _ in mine}
    assert not [
        relation
        for relation in again.relations
        if relation.verdict is Verdict.VIOLATED and (relation.equation.code, relation.item, relation.column) in codes
    ]
