"""The schematic accounts are what the program itself would read from such a workbook, and they are right."""

from __future__ import annotations

import pytest

from gongkai_checks.lint.schematic import KINDS, Account, Schematic
from gongkai_checks.relations import evaluate
from gongkai_workbooks.amounts import WAN_YUAN
from gongkai_workbooks.figures import Figures, TableFigures
from gongkai_workbooks.form_cells import lay_out
from gongkai_workbooks.forms import load_form
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate

from .equations import BUILT_IN

SCHEMATIC = Schematic(BUILT_IN, load_layout())


@pytest.mark.parametrize("account", SCHEMATIC.accounts, ids=lambda account: account.name)
def test_every_built_in_equation_holds(account: Account) -> None:
    relations = evaluate(BUILT_IN, account.ledger, "half_up", whole=True).relations
    assert len(relations) > 300
    assert [
        relation.equation.code
        for relation in relations
        if (relation.difference > 0 if relation.equation.relation == "<=" else relation.difference)
    ] == []


@pytest.mark.parametrize(("form", "printed"), [("national", "全国表样"), ("shanghai", "上海表样")])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "公开09为空表"])
def test_a_form_filled_in_is_read_as_the_account(form: str, printed: str, kind: str) -> None:
    (account,) = (account for account in SCHEMATIC.accounts if account.name == f"{printed}，{kind}")
    schematic = account.disclosure
    figures = {
        number: TableFigures(
            amounts={key: amount.fen for key, amount in table.amounts.items()},
            names={item.key: item.name or item.key for item in table.items.values() if item.role == "code"},
        )
        for number, table in schematic.tables.items()
    }
    sheets = lay_out(load_form(form), Figures(tables=figures), year=2025, department="某某局", amount_unit=WAN_YUAN)
    read = locate([sheet.grid() for sheet in sheets], load_layout(), path="示意账")
    for number, table in schematic.tables.items():
        other = read.tables[number]
        assert {key: amount.fen for key, amount in other.amounts.items()} == {
            key: amount.fen for key, amount in table.amounts.items()
        }
        if table.status is not other.status or not table.amounts:
            assert (table.status, table.amounts) == (other.status, other.amounts)
            continue
        assert table.columns == other.columns
        for key, item in table.items.items():
            assert (item.role, set(item.columns)) == (other.items[key].role, set(other.items[key].columns)), key
