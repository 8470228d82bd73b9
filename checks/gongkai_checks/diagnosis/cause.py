"""One cause of failing relations: a cell and what it should be, several cells that went wrong together, or cells between which the figures cannot decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key
from gongkai_checks.relations import Relation

from .repair import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A cause with its proof.

    ``relations`` are the failing relations that it explains, the one that names the finding first. ``changes`` are the new amounts (分) of the
    cells that were wrong, the one that is marked first; empty when nothing can be proposed. ``repair`` says more where it is one cell.
    ``candidates`` are the sets of cells that would explain the relations as well.
    ``code`` and ``message`` belong to causes that have a rule of their own; ``place`` is the cell to mark when it is not the first that changes.
    ``cells`` are further cells whose figures are in doubt: what else fails there belongs to this cause.
    """

    relations: tuple[Relation, ...]
    safety: Safety = Safety.MANUAL
    changes: Mapping[Key, int] = field(default_factory=dict)
    repair: Repair | None = None
    candidates: tuple[tuple[Key, ...], ...] = ()
    code: str = ""
    message: str = ""
    title: str = ""
    place: Key | None = None
    cells: frozenset[Key] = frozenset()
    item: str = ""
    """The code of a line that is missing."""
    others: tuple[str, ...] = ()
    """What else would make the relations hold, in words, where cells do not say it."""
    lost: bool = False
    """Whether the search for what is wrong was given up: the effort was used up, or too many cells are wrong together."""
    unfinished: bool = False
    """Whether it was given up because the effort was used up."""
    joint: bool = False
    """Whether it takes the relations together to see that something is wrong."""

    @property
    def explains(self) -> bool:
        """Whether it says what is wrong, or only that something is."""
        return bool(self.changes or self.candidates or self.code)
