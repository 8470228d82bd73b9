"""Equations that cannot all hold while every amount is what it may be: together they allow nothing but zero."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from gongkai_checks.equations import Equation
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key

from .certificate import Certifier, codes_of
from .linear_program import LinearProgram
from .remark import Remark
from .rows import LEVELS, Row, System

MOST_CELLS = 12
"""So many cells that can only be zero are looked at, to name the one that the fewest equations explain."""


def contradictions(systems: Iterable[System], equations: Sequence[Equation]) -> list[Remark]:
    """One remark for each smallest set of equations that forces an amount to be zero that a correct account has.

    The amounts of a schematic account prove that equations go together, as long as they keep them: only where one is not kept can there
    be a contradiction.
    """
    severities = {equation.code: equation.severity for equation in equations}
    found: dict[frozenset[str], tuple[_Conflict, _Search]] = {}
    searches = [_Search(system) for system in systems]
    for search in searches:
        for conflict in search.conflicts():
            # The same equations are at odds on other accounts too, often for longer reasons.
            known = found.get(conflict.broken)
            if known is None or len(conflict.codes) < len(known[0].codes):
                found[conflict.broken] = conflict, search
    smallest = [conflict.codes for conflict, _ in found.values()]
    return [
        _remark(conflict, search, severities, said=search is searches[0])
        for conflict, search in found.values()
        if not any(fewer < conflict.codes for fewer in smallest)
    ]


@dataclass(frozen=True, slots=True)
class _Conflict:
    """The fewest equations that force a cell to be zero; the account does not keep those in ``broken``."""

    codes: frozenset[str]
    broken: frozenset[str]
    cell: int


class _Search:
    """Looks for contradictions on one account."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.given_up: set[str] = set()

    def conflicts(self) -> list[_Conflict]:
        """Conflicts among errors first, then those that warnings bring in, then hints. What caused one is left out for the next."""
        found = []
        for level in LEVELS:
            while conflict := self._next(self.system.ends[level]):
                found.append(conflict)
                self.given_up.update(conflict.broken)
        return found

    def _next(self, end: int) -> _Conflict | None:
        system = self.system
        rows = [number for number in range(end) if system.rows[number].code not in self.given_up]
        broken = [number for number in rows if not system.rows[number].kept]
        if not broken:
            return None
        stuck = stuck_cells([system.rows[number] for number in rows], system.blank)
        best: tuple[str, ...] = ()
        at = -1
        for cell in [cell for cell in self._around(broken, rows) if cell in stuck][:MOST_CELLS]:
            codes = self._explained(cell, frozenset(rows))
            if codes and (not best or len(codes) < len(best)):
                best, at = codes, cell
        if not best:
            return None
        codes = self._fewest(at, best)
        return _Conflict(frozenset(codes), frozenset(code for code in codes if self._is_broken(code)), at)

    def forced(self, conflict: _Conflict) -> tuple[Key, ...]:
        """All amounts that the equations of a conflict force to be zero, the one it was found at first."""
        allowed = self._rows_of(conflict.codes)
        stuck = stuck_cells([self.system.rows[number] for number in sorted(allowed)], self.system.blank)
        cells = dict.fromkeys([conflict.cell, *(cell for cell in sorted(stuck) if self._explained(cell, allowed))])
        return tuple(self.system.cells[cell] for cell in cells)

    def _around(self, broken: Sequence[int], rows: Sequence[int]) -> list[int]:
        """All cells that rows connect with those that are not kept, the nearest first."""
        rows_of: dict[int, list[int]] = {}
        for number in rows:
            for cell in self.system.rows[number].coefficients:
                rows_of.setdefault(cell, []).append(number)
        reached = dict.fromkeys(cell for number in broken for cell in self.system.rows[number].coefficients)
        waiting = deque(reached)
        seen = set(broken)
        while waiting:
            for number in rows_of[waiting.popleft()]:
                if number not in seen:
                    seen.add(number)
                    new = [cell for cell in self.system.rows[number].coefficients if cell not in reached]
                    reached.update(dict.fromkeys(new))
                    waiting.extend(new)
        return list(reached)

    @cached_property
    def certifier(self) -> Certifier:
        """Made when it is needed: most accounts keep all equations."""
        return Certifier(self.system.rows, len(self.system.cells), self.system.blank)

    def _explained(self, cell: int, allowed: frozenset[int]) -> tuple[str, ...]:
        """Equations that leave a cell no amount above zero; empty when that cannot be confirmed."""
        certificate = self.certifier.certify({cell: 1}, True, allowed)
        return codes_of(self.system.rows, certificate) if certificate else ()

    def _fewest(self, cell: int, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The same without the equations that it does not take."""
        for code in codes:
            fewer = self._explained(cell, self._rows_of([kept for kept in codes if kept != code]))
            if fewer:
                return self._fewest(cell, fewer)
        return codes

    def _rows_of(self, codes: Iterable[str]) -> frozenset[int]:
        return frozenset(number for code in codes for number in self.system.of[code])

    def _is_broken(self, code: str) -> bool:
        return any(not self.system.rows[number].kept for number in self.system.of[code])


def stuck_cells(rows: Sequence[Row], blank: frozenset[int]) -> set[int]:
    """Cells that cannot hold an amount above zero, as a linear program says: candidates, to be confirmed.

    Raises ``UnsolvedError``.
    """
    touched = sorted({cell for row in rows for cell in row.coefficients} - blank)
    count = len(touched)
    place = {cell: position for position, cell in enumerate(touched)}
    # Each amount is a sum of two, of which the first is at most 1 and tries to be: what may be above zero at all gets there.
    doubled = [
        {
            part: coefficient
            for cell, coefficient in row.coefficients.items()
            if cell in place
            for part in (place[cell], place[cell] + count)
        }
        for row in rows
    ]
    program = LinearProgram([-1] * count + [0] * count, doubled)
    program.bound_columns([1.0] * count + [inf] * count)
    program.bound_rows([(-inf if row.bound else 0.0, 0.0) for row in rows])
    values = program.solve() or []
    return {cell for cell, value in zip(touched, values, strict=False) if value < 0.5}


def _remark(conflict: _Conflict, search: _Search, severities: Mapping[str, Severity], *, said: bool) -> Remark:
    """``said``: that the account is nothing special needs no mention."""
    codes = sorted(conflict.codes, key=lambda code: (code not in conflict.broken, code))
    cells = search.forced(conflict)
    more = f"（另有 {len(cells) - 1} 格也是）" if len(cells) > 1 else ""
    account = search.system.account
    where = "" if said else f"（示意账：{account.name}）"
    who = f"{'、'.join(codes)} 不能同时成立" if len(codes) > 1 else f"{codes[0]} 不能成立"
    worst = min(severities[code] for code in codes)
    return Remark(
        kind="contradiction",
        severity=Severity.ERROR if worst is Severity.ERROR else Severity.WARNING,
        code=codes[0],
        others=tuple(codes[1:]),
        message=f"{who}：只要各数都不小于零，{account.ledger.describe(cells[0])}就只能是零{more}{where}",
        cells=cells,
        account=account.name,
    )
