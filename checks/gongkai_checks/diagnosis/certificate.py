"""A proof, in whole numbers, that some printed figures cannot all be right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongkai_checks.finding import Claim, Proof
from gongkai_checks.ledger import Ledger
from gongkai_checks.options import ProfileName
from gongkai_checks.relations import Relation
from gongkai_checks.rounding import bounds
from gongkai_workbooks.amounts import AmountUnit, format_fen

from .system import System

FINEST = 24
"""Weights of relations are looked for among the fractions with a denominator up to this."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Relations with whole-number weights whose sum leaves a difference that rounding cannot explain.

    ``weights`` by number of the row; ``cells`` are those whose figures do not cancel out: one of them at least is wrong. The weighted sum of
    the relations as printed is ``difference``, and rounding explains at most ``tolerance`` of it, both in 分.
    """

    weights: Mapping[int, int]
    cells: tuple[int, ...]
    difference: int
    tolerance: int


def certify(
    system: System, numbers: Sequence[int], weights: Mapping[int, float], unknown: Collection[int] = ()
) -> Certificate | None:
    """A solver's weights (by position in ``numbers``) as a proof; None where no whole numbers near them prove anything."""
    used = {numbers[position]: weight for position, weight in weights.items() if numbers[position] >= 0}
    if not used:
        return None
    largest = max(abs(weight) for weight in used.values())
    smallest = min(abs(weight) for weight in used.values())
    for unit in (smallest, largest):
        whole = _whole({number: weight / unit for number, weight in used.items()})
        for sign in (1, -1):
            proof = prove(system, {number: sign * weight for number, weight in whole.items()}, unknown)
            if proof is not None:
                return proof
    return None


def _whole(weights: Mapping[int, float]) -> dict[int, int]:
    fractions = {number: Fraction(weight).limit_denominator(FINEST) for number, weight in weights.items()}
    common = 1
    for fraction in fractions.values():
        common *= fraction.denominator // _divisor(common, fraction.denominator)
    return {number: int(fraction * common) for number, fraction in fractions.items() if fraction}


def _divisor(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def prove(system: System, weights: Mapping[int, int], unknown: Collection[int] = ()) -> Certificate | None:
    """Decide whether the weighted sum of relations is impossible for all true amounts that round to the figures as they are set.

    Each relation says that its signed amounts add up to zero (an inequality: to at most zero, and then its weight must be positive). Amounts
    that are ``unknown`` must cancel out: whatever they are, the sum is impossible.
    """
    coefficients: dict[int, int] = {}
    difference = tolerance = 0
    # A balance that is printed as equal is by itself a statement about the figures, not about what they were rounded from.
    printed = all(system.rows[number].exact for number in weights)
    for number, weight in weights.items():
        row = system.rows[number]
        if row.inequality and weight < 0:
            return None
        difference += weight * system.difference[number]
        low, high = system.slack(number)
        tolerance -= weight * (low if weight > 0 else high)
        for cell, sign in zip(row.cells, row.signs, strict=True):
            coefficients[cell] = coefficients.get(cell, 0) + weight * sign
    for cell, coefficient in coefficients.items():
        if coefficient and cell in unknown:
            return None
        if coefficient and not printed:
            below, above = system.width(cell, system.value[cell])
            tolerance -= coefficient * (below if coefficient > 0 else above)
    if difference <= tolerance:
        return None
    cells = tuple(sorted(cell for cell, coefficient in coefficients.items() if coefficient))
    return Certificate(dict(weights), cells, difference, tolerance)


def proof_of(relation: Relation, ledger: Ledger, profile: ProfileName) -> Proof | None:
    """The proof that a failing relation is, worked out anew from its figures; None where they prove nothing."""
    difference = sum(figure.sign * figure.amount.fen for figure in relation.figures)
    rounded = [(figure.sign, figure.amount.fen, figure.amount.half_width) for figure in relation.figures]
    low, high = bounds(rounded, profile, relation.equation.exact)
    if difference + low <= 0 and (relation.equation.relation == "<=" or difference + high >= 0):
        return None
    unit = ledger.unit(relation.figures[0].key.table)
    return Proof(
        claims=(_claim(relation, 1, unit),),
        difference=format_fen(difference, unit, sign=True),
        tolerance=format_fen(-low if difference > 0 else high, unit),
    )


def proof(certificate: Certificate, system: System) -> Proof:
    """A certificate with its cells by address."""
    relations = [(system.rows[number].relation, weight) for number, weight in certificate.weights.items()]
    unit = system.ledger.unit(relations[0][0].figures[0].key.table)
    return Proof(
        claims=tuple(_claim(relation, weight, unit) for relation, weight in relations),
        difference=format_fen(certificate.difference, unit, sign=True),
        tolerance=format_fen(certificate.tolerance, unit),
    )


def _claim(relation: Relation, weight: int, unit: AmountUnit) -> Claim:
    printed = [
        (position < relation.lefts, figure.sign, figure.amount.cell, figure.amount.fen)
        for position, figure in enumerate(relation.figures)
        if figure.amount.cell is not None and not figure.amount.blank
    ]
    return Claim(
        code=relation.equation.code,
        weight=weight,
        terms=tuple((sign, cell) for _, sign, cell, _ in printed),
        figures=tuple(format_fen(fen, unit) for _, _, _, fen in printed),
        lefts=sum(left for left, _, _, _ in printed),
        relation=relation.equation.relation,
    )
