"""Which rows of whole numbers follow from which: Gaussian elimination without fractions, and without rounding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import gcd

from .rows import Coefficients

Combination = Mapping[int, int]
"""Whole numbers by the number of a row: the rows, each times its number, add up to nothing."""


def dependencies(rows: Sequence[Coefficients | None]) -> dict[int, Combination]:
    """For every row that follows from rows before it, how: a combination in which it takes part itself.

    The combinations are a basis of all there are. Rows that are None are left out.
    """
    pivots: dict[int, int] = {}
    reduced: list[tuple[dict[int, int], dict[int, int]]] = []
    found: dict[int, Combination] = {}
    for number, coefficients in enumerate(rows):
        if coefficients is None:
            continue
        row, history = dict(coefficients), {number: 1}
        while True:
            # The earliest first: what it brings in belongs to later ones only.
            place = min((pivots[column] for column in row if column in pivots), default=-1)
            if place < 0:
                break
            other, other_history = reduced[place]
            column = next(column for column in other if pivots.get(column) == place)
            a, b = other[column], row[column]
            shared = gcd(a, b)
            a, b = a // shared, b // shared
            row, history = _difference(row, other, a, b), _difference(history, other_history, a, b)
        if row:
            pivots[_pivot(row)] = len(reduced)
            reduced.append((row, history))
        else:
            found[number] = history
    return found


def rank(rows: Iterable[Coefficients]) -> int:
    """How many of the rows do not follow from the others."""
    listed = [row for row in rows if row]
    return len(listed) - len(dependencies(listed))


def follows(row: Coefficients, others: Sequence[Coefficients]) -> bool:
    """Whether a row is a combination of others."""
    return len(others) in dependencies([*others, row])


def _difference(row: Mapping[int, int], other: Mapping[int, int], a: int, b: int) -> dict[int, int]:
    """``a`` times one minus ``b`` times the other."""
    result = {column: a * value for column, value in row.items()}
    for column, value in other.items():
        left = result.get(column, 0) - b * value
        if left:
            result[column] = left
        else:
            result.pop(column, None)
    return result


def _pivot(row: Mapping[int, int]) -> int:
    """A column with the smallest number, so that the numbers stay small."""
    return min(row, key=lambda column: (abs(row[column]), column))
