"""One cause of failing relations: a cell and what it should be, or cells between which the figures cannot decide."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key
from gongkai_checks.relations import Relation

from .repair import Repair


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause with its proof.

    ``repair`` is the cell and its value, None when the cause is not one cell; ``relations`` are the failing relations that it explains,
    the one that names the finding first. ``candidates`` are the cells that would explain them as well. ``code`` and ``message`` belong
    to causes that have a rule of their own (a shifted block); ``place`` is then the cell to mark.
    """

    relations: tuple[Relation, ...]
    safety: Safety
    repair: Repair | None = None
    candidates: tuple[tuple[Key, ...], ...] = ()
    code: str = ""
    message: str = ""
    place: Key | None = None
    cells: frozenset[Key] = frozenset()
    """Further cells whose figures are in doubt: what else fails there belongs to this cause."""
