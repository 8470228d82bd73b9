"""Equations as rows of whole numbers: one for each relation that they make on a schematic account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai_checks.equations import Equation
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key
from gongkai_checks.relations import Relation, evaluate

from .schematic import Account

Coefficients = Mapping[int, int]
"""Coefficients by the number of the cell; only those that are not zero."""
LEVELS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Row:
    """The amounts of some cells, each times its coefficient, add up to zero (or to at most zero: ``bound``)."""

    code: str
    coefficients: Coefficients
    bound: bool
    kept: bool
    """Whether the amounts of the account agree with it, to the last digit."""


@dataclass(frozen=True)
class System:
    """All rows of one account, those of errors first, then warnings, then hints, and the cells that they are about.

    ``blank`` are the numbers of the cells that have no amount in this account.
    """

    account: Account
    cells: tuple[Key, ...]
    blank: frozenset[int]
    rows: tuple[Row, ...]
    ends: Mapping[Severity, int]
    """How many rows come from equations that are at least so severe."""
    applied: frozenset[str]
    """The equations that make relations here, even if nothing is left of them in a row."""

    @cached_property
    def of(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the rows of each equation that has some."""
        found: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            found.setdefault(row.code, []).append(number)
        return {code: tuple(numbers) for code, numbers in found.items()}


def system_of(account: Account, equations: Sequence[Equation]) -> System:
    """The rows of all relations that equations make on an account."""
    made: dict[str, list[Relation]] = {}
    for relation in evaluate(equations, account.ledger, "half_up", whole=True).relations:
        made.setdefault(relation.equation.code, []).append(relation)
    numbers: dict[Key, int] = {}
    blank: set[int] = set()
    rows: list[Row] = []
    ends: dict[Severity, int] = {}
    for level in LEVELS:
        for equation in equations:
            if equation.severity is level:
                made_rows = (_row(relation, account, numbers, blank) for relation in made.get(equation.code, ()))
                rows += [row for row in made_rows if row.coefficients]
        ends[level] = len(rows)
    return System(account, tuple(numbers), frozenset(blank), tuple(rows), ends, frozenset(made))


def _row(relation: Relation, account: Account, numbers: dict[Key, int], blank: set[int]) -> Row:
    coefficients: dict[int, int] = {}
    for sign, key, amount in relation.figures:
        if key.table in account.ledger.empty:
            continue  # an empty table has no amounts in any disclosure
        number = numbers.setdefault(key, len(numbers))
        coefficients[number] = coefficients.get(number, 0) + sign
        if not amount.fen:
            blank.add(number)
    bound = relation.equation.relation == "<="
    kept = relation.difference <= 0 if bound else relation.difference == 0
    return Row(relation.equation.code, {n: c for n, c in coefficients.items() if c}, bound, kept)
