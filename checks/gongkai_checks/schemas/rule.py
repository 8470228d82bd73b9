"""A rule whose check is a line of the schema: all that is known about it but the function."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai_checks.finding import Severity
from gongkai_checks.rule import CODE, NAME, RuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaRule:
    """What ``Rule`` says of a rule, without ``check``: ``schemas.validate`` finds the faults of a whole batch at once.

    Raises ``RuleError`` when the code, the name or a section is wrong.
    """

    code: str
    name: str
    severity: Severity
    title: str
    why: str
    example: str
    remedy: str
    basis: str
    fix_safety: str = ""

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code) or not NAME.fullmatch(self.name):
            raise RuleError(f"{self.code} {self.name}: ill-formed code or name")
        if not all((self.title, self.why, self.example, self.remedy, self.basis)):
            raise RuleError(f"{self.code}: a section is missing")
