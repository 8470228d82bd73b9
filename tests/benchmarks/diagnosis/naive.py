"""The naive method: from the bottom up, every total and every copy becomes the sum of its parts, unless rounding explains the difference."""

from __future__ import annotations

from typing import NamedTuple

from gongkai_checks.ledger import Key

from .injection import Injection
from .ties import Changes, Ties


class Naive(NamedTuple):
    """What the naive method makes of damaged accounts."""

    corrupted: int
    """So many right cells hold another amount afterwards."""
    clean: bool
    """No right cell was touched, and all ties hold afterwards."""


def recompute(injection: Injection) -> Naive:
    """Recompute all totals of damaged accounts, and compare with the accounts as they should be."""
    ties = injection.original.ties if injection.row is None else Ties(injection.disclosure)
    changes: Changes = injection.changes if injection.row is None else {}
    written = _Totals(ties, changes).written()
    corrupted = sum(key not in injection.changes for key in written)
    return Naive(corrupted, not corrupted and not ties.broken({**changes, **written}))


class _Totals:
    """The totals of one disclosure, each computed when the parts of it are."""

    def __init__(self, ties: Ties, changes: Changes) -> None:
        self._ties = ties
        self._now: dict[Key, int | None] = dict(changes)
        self._written: dict[Key, int] = {}
        self._met: set[Key] = set()

    def written(self) -> dict[Key, int]:
        """The cells that the method writes, with what it writes."""
        for key in self._ties.definitions:
            self._compute(key)
        return self._written

    def _compute(self, key: Key) -> None:
        tie = self._ties.definitions.get(key)
        if tie is None or key in self._met:
            return
        self._met.add(key)
        for part, _ in tie.cells[1:]:
            self._compute(part)
        if self._ties.is_broken(tie, self._now):
            self._now[key] = self._written[key] = -self._ties.sum_of(tie.cells[1:], self._now)
