"""Why a row follows from other rows: multipliers that a linear program proposes and whole numbers confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import inf, lcm

from .linear_program import LinearProgram
from .rows import Coefficients, Row

LARGEST_DENOMINATOR = 5040
"""Multipliers are simple fractions; what is none of these is not believed."""

Certificate = Mapping[int, Fraction]
"""Multipliers by the number of a row, none of them zero, and none below zero for a bound."""


class Certifier:
    """Finds out whether rows imply another, as long as no amount is below zero and the cells in ``blank`` are zero.

    The linear program is built once and solved again for each question. A yes counts only when it is confirmed exactly; a no is the
    solver's word.
    """

    def __init__(self, rows: Sequence[Row], cells: int, blank: frozenset[int] = frozenset()) -> None:
        self._rows = rows
        self._place = {cell: place for place, cell in enumerate(cell for cell in range(cells) if cell not in blank)}
        # What may be taken away as well as added, an equation, has two columns.
        signs = [(number, sign) for number, row in enumerate(rows) for sign in ((1,) if row.bound else (1, -1))]
        self._columns = signs
        across: list[dict[int, int]] = [{} for _ in self._place]
        for column, (number, sign) in enumerate(signs):
            for cell, coefficient in rows[number].coefficients.items():
                if cell in self._place:
                    across[self._place[cell]][column] = sign * coefficient
        self._program = LinearProgram([1] * len(signs), across)

    def certify(self, target: Coefficients, bound: bool, allowed: frozenset[int]) -> Certificate | None:
        """Multipliers of allowed rows that add up to ``target``, or for a bound to ``target`` and more; None without.

        Of several ways it takes the one with the smallest multipliers, which uses few rows. Raises ``UnsolvedError``.
        """
        bounds = [(0.0, inf if bound else 0.0)] * len(self._place)
        for cell, coefficient in target.items():
            if cell in self._place:
                bounds[self._place[cell]] = (float(coefficient), inf if bound else float(coefficient))
        self._program.bound_rows(bounds)
        # A bound is no help for an equation: it would have to hold the other way round as well.
        usable = {number for number in allowed if bound or not self._rows[number].bound}
        self._program.bound_columns([inf if number in usable else 0.0 for number, _ in self._columns])
        values = self._program.solve()
        if values is None:
            return None
        found: dict[int, Fraction] = {}
        for (number, sign), value in zip(self._columns, values, strict=True):
            if value:
                multiplier = sign * Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
                found[number] = found.get(number, Fraction(0)) + multiplier
        certificate = {number: multiplier for number, multiplier in found.items() if multiplier}
        return certificate if self._confirms(certificate, target, bound) else None

    def _confirms(self, certificate: Certificate, target: Coefficients, bound: bool) -> bool:
        if any(self._rows[number].bound and multiplier < 0 for number, multiplier in certificate.items()):
            return False
        times = lcm(*(multiplier.denominator for multiplier in certificate.values()))
        surplus = {cell: -times * coefficient for cell, coefficient in target.items()}
        for number, multiplier in certificate.items():
            whole = int(times * multiplier)
            for cell, coefficient in self._rows[number].coefficients.items():
                surplus[cell] = surplus.get(cell, 0) + whole * coefficient
        left = [amount for cell, amount in surplus.items() if cell in self._place]
        return all(amount >= 0 for amount in left) if bound else not any(left)


def codes_of(rows: Sequence[Row], numbers: Iterable[int]) -> tuple[str, ...]:
    """The equations that some rows come from, sorted."""
    return tuple(sorted({rows[number].code for number in numbers}))
