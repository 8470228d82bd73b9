"""What every rule can say of itself, whatever applies it: a function, an equation, a schema, or the engine."""

from __future__ import annotations

from typing import Protocol

from .finding import Severity


class Described(Protocol):
    """The descriptive part of a rule; reports and the rules' pages need no more."""

    @property
    def code(self) -> str:
        """Two letters and three digits."""

    @property
    def name(self) -> str:
        """The fault, in kebab case."""

    @property
    def severity(self) -> Severity:
        """How bad a finding of it is, unless the finding says otherwise."""

    @property
    def title(self) -> str:
        """The fault in one Chinese line."""

    @property
    def why(self) -> str:
        """Why it matters."""

    @property
    def example(self) -> str:
        """What it looks like."""

    @property
    def remedy(self) -> str:
        """What the officer should do."""

    @property
    def basis(self) -> str:
        """What it rests on."""

    @property
    def fix_safety(self) -> str:
        """How far an automatic correction can be trusted; "" where there is none."""
