"""What there is to say of the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key

Kind = Literal["contradiction", "duplicate", "inapplicable", "implied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark on one equation, or on several that do not go together.

    ``code`` is the equation it is about, ``others`` those that have a part in it: what contradicts it, says the same, or implies it.
    ``message`` is one Chinese sentence that names them all. ``cells`` are amounts that it is about; ``suggestion`` is the
    table, line or column that was probably meant; ``account`` is the schematic account on which it shows.
    """

    kind: Kind
    severity: Severity
    code: str
    message: str
    others: tuple[str, ...] = ()
    cells: tuple[Key, ...] = ()
    suggestion: str = ""
    account: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """All equations that it names."""
        return (self.code, *self.others)
