"""The built-in equations themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

import pytest

from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.lint.schematic import Schematic
from gongkai_checks.relations import evaluate
from gongkai_workbooks.layouts import load_layout

from .equations import BUILT_IN, lint_of_built_in

PRIME = 2**61 - 1
IMPLIED = [
    *("CO301", "CO401", "CO402", "CO403"),
    *(f"TO{number}" for number in (101, 102, 103, 104, 105, 106, 107, 108, 110, 111, 112, 113, 114, 201, 401, 403)),
    *(f"TO{number}" for number in (405, 406, 407, 408, 410, 411, 412, 501, 504)),
    *(f"XF{number}" for number in (101, 102, 401, 403, 404, 405, 407)),
]
"""What can be told in two ways: 04 by class or in total, 02 by row or by column, the balance of a fund in 04 or in 07 ..."""
BOUNDS = {"TO113", "TO501"}


def test_they_contradict_nothing_repeat_nothing_and_all_apply() -> None:
    found = lint_of_built_in()
    assert [remark.message for remark in found.remarks if remark.kind != "implied"] == []
    assert found.equations == len(BUILT_IN)


def test_some_of_them_confirm_one_another() -> None:
    assert [remark.code for remark in lint_of_built_in().remarks] == IMPLIED
    assert {remark.severity.word for remark in lint_of_built_in().remarks} == {"info"}


def test_where_a_bound_is_implied_the_sign_of_the_amounts_is_named() -> None:
    said = {remark.code for remark in lint_of_built_in().remarks if "各数都不小于零时" in remark.message}
    assert said == BOUNDS


@pytest.mark.parametrize("code", [code for code in IMPLIED if code not in BOUNDS])
def test_what_is_said_to_imply_an_equation_does(code: str) -> None:
    """Held against another way of counting: the rank of the relations modulo a prime, on the account that is named."""
    (remark,) = (remark for remark in lint_of_built_in().remarks if remark.code == code)
    own = relations(remark.code, remark.account)
    others = {code: relations(code, remark.account) for code in remark.others}
    everything = basis_of(row for rows in others.values() for row in rows)
    assert own
    assert not any(remainder(row, everything) for row in own)
    for left_out in others:
        fewer = basis_of(row for code, rows in others.items() if code != left_out for row in rows)
        assert any(remainder(row, fewer) for row in own), f"{left_out} has no part in it"


Row = Mapping[Key, int]


@cache
def accounts() -> Mapping[str, Ledger]:
    return {account.name: account.ledger for account in Schematic(BUILT_IN, load_layout()).accounts}


@cache
def relations(code: str, account: str) -> tuple[Row, ...]:
    ledger = accounts()[account]
    equation = next(equation for equation in BUILT_IN if equation.code == code)
    rows: list[Row] = []
    for relation in evaluate((equation,), ledger, "half_up", whole=True).relations:
        row: Counter[Key] = Counter()
        for figure in relation.figures:
            row[figure.key] += figure.sign if figure.key.table not in ledger.empty else 0
        rows.append(row)
    return tuple(rows)


def basis_of(rows: Iterable[Row]) -> dict[Key, Row]:
    """Rows by their first cell, each 1 there and nothing before it."""
    basis: dict[Key, Row] = {}
    for row in rows:
        left = remainder(row, basis)
        if left:
            first = min(left)
            inverse = pow(left[first], -1, PRIME)
            basis[first] = {key: value * inverse % PRIME for key, value in left.items()}
    return basis


def remainder(row: Row, basis: Mapping[Key, Row]) -> Row:
    """What is left of a row that does not follow from a basis."""
    left = {key: value % PRIME for key, value in row.items() if value % PRIME}
    done: dict[Key, int] = {}
    while left:
        first = min(left)
        factor = left[first]
        if first not in basis:
            done[first] = left.pop(first)
            continue
        for key, value in basis[first].items():
            left[key] = (left.get(key, 0) - factor * value) % PRIME
        left = {key: value for key, value in left.items() if value}
    return done
