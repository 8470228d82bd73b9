"""One cause of failing relations: a cell and what it should be, or cells between which the figures cannot decide."""

from __future__ import annotations

from collections.abc import Mapping
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
    changes: Mapping[Key, int] | None = None
    """The new amounts (分) of several cells that were wrong together, the lowest line first."""
    kind: str = ""
    """How they were wrong together: see ``group_cells``."""

    @property
    def explains(self) -> bool:
        """Whether it says what is wrong, or only that something is."""
        return self.repair is not None or bool(self.changes or self.candidates or self.code)

    @property
    def changed(self) -> frozenset[Key]:
        """The cells that take a new value."""
        return frozenset(self.changes or ()) | ({self.repair.key} if self.repair else frozenset())
