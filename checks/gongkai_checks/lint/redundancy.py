"""Equations that others imply. Wanted in general: what can be told in two ways shows which amount is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

from gongkai_checks.equations import Equation
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key

from .certificate import Certifier, codes_of
from .elimination import Combination, dependencies, rank
from .remark import Remark
from .rows import System


def implied(systems: Sequence[System], equations: Sequence[Equation]) -> list[Remark]:
    """One hint for each of the equations of which every relation follows from other equations that are at least as severe.

    It must be so on every account that the equation applies to. Raises ``UnsolvedError``.
    """
    evidence = [_Evidence(system) for system in systems]

    @cache
    def contains(number: int, other: int) -> bool:
        return evidence[other].signatures <= evidence[number].signatures

    remarks = []
    for equation in equations:
        told = [number for number, system in enumerate(systems) if equation.code in system.of]
        examined: list[int] = []
        for number in told:
            # An account that has all the relations of an earlier one, and none more of this equation, says nothing new.
            if any(
                len(systems[number].of[equation.code]) == len(systems[other].of[equation.code])
                and contains(number, other)
                for other in examined
            ):
                continue
            if not evidence[number].implies(equation):
                break
            examined.append(number)
        else:
            remark = evidence[examined[0]].remark(equation) if examined else None
            if remark is not None:
                remarks.append(remark)
    return remarks


class _Evidence:
    """What follows from what on one account."""

    def __init__(self, system: System) -> None:
        self.system = system

    @cached_property
    def signatures(self) -> frozenset[tuple[str, frozenset[tuple[Key, int]]]]:
        """All rows, comparable between accounts."""
        cells = self.system.cells
        return frozenset(
            (row.code, frozenset((cells[cell], factor) for cell, factor in row.coefficients.items()))
            for row in self.system.rows
        )

    @cached_property
    def combinations(self) -> Mapping[int, Combination]:
        """All ways in which equations depend on one another; bounds have no part in it."""
        return dependencies([None if row.bound else row.coefficients for row in self.system.rows])

    @cached_property
    def certifier(self) -> Certifier:
        """For bounds, which equations and bounds imply together, and to name what implies an equation."""
        return Certifier(self.system.rows, len(self.system.cells))

    def implies(self, equation: Equation) -> bool:
        """Whether every relation of an equation follows from the other equations."""
        own = self.system.of[equation.code]
        if equation.relation == "<=":
            return all(reasons is not None for reasons in self._reasons(equation))
        end = self.system.ends[equation.severity]
        mine = frozenset(own)
        shares = (
            {number: factor for number, factor in combination.items() if number in mine}
            for last, combination in self.combinations.items()
            if last < end
        )
        # All follow if, in what depends on other equations, none of its relations depends on another of them.
        return rank(shares) == len(own)

    def _reasons(self, equation: Equation) -> Iterator[tuple[str, ...] | None]:
        """Of each relation, the equations that imply it, or None where none do."""
        own = frozenset(self.system.of[equation.code])
        allowed = frozenset(range(self.system.ends[equation.severity])) - own
        for number in sorted(own):
            row = self.system.rows[number]
            certificate = self.certifier.certify(row.coefficients, row.bound, allowed)
            yield None if certificate is None else codes_of(self.system.rows, certificate)

    def remark(self, equation: Equation) -> Remark | None:
        """The hint; None when the reasons of a relation cannot be confirmed."""
        reasons: dict[str, None] = {}
        for codes in self._reasons(equation):
            if codes is None:
                return None
            reasons.update(dict.fromkeys(codes))
        others = tuple(sorted(reasons))
        proviso = "各数都不小于零时" if equation.relation == "<=" else ""
        if others:
            message = f"{equation.code} {proviso}可由 {'、'.join(others)} 推出"
        else:
            message = f"{equation.code} {proviso}总是成立"
        return Remark(
            kind="implied",
            severity=Severity.INFO,
            code=equation.code,
            others=others,
            message=message,
            account=self.system.account.name,
        )
