"""Findings: frozen, complete, and yielded by rules. Nothing here knows a file format or a user interface."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Literal

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import CellValue


class Severity(IntEnum):
    """How bad a finding is; comparable."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """``error``, ``warning`` or ``info``, as in the reports for machines."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """错误, 警告 or 提示."""
        return {1: "提示", 2: "警告", 3: "错误"}[self]

    @property
    def sign(self) -> str:
        """A sign that shows the severity without colour: ✖ ▲ ●."""
        return {1: "●", 2: "▲", 3: "✖"}[self]


class Safety(StrEnum):
    """How far a fix is proven.

    ``safe``: one unique explanation and a value that is pinned; written by ``--fix``. ``unsafe``: the single best candidate without
    that proof; written with ``--unsafe-fixes``. ``manual``: shown, never written.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One cell of a fix. ``old`` and ``new`` are cell values; a number is written as a number."""

    cell: CellRef
    old: CellValue
    new: CellValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A proposal: ``title`` says it in Chinese (``将 公开03!F12 改为 14.72``); all ``edits`` belong together.

    ``reason`` says in one Chinese clause why it is as safe as it is, and no safer.
    """

    safety: Safety
    title: str
    edits: tuple[Edit, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One relation in a proof: the rule it is of, how often it is counted, and its printed cells with their signs.

    ``figures`` is what the cells print, in step with ``terms``, as text in the unit of the proof; the first ``lefts`` of them are the left side,
    which should equal (``=``) the rest with the signs turned, or not exceed it (``<=``).
    """

    code: str
    weight: int
    terms: tuple[tuple[int, CellRef], ...]
    figures: tuple[str, ...] = ()
    lefts: int = 0
    relation: Literal["=", "<="] = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Why some printed figures cannot all be right, checked in whole 分.

    The signed figures of the ``claims``, each times its weight, should add up to zero. As printed they add up to ``difference``, and rounding explains
    at most ``tolerance`` of it; both as text in the unit of the table.
    """

    claims: tuple[Claim, ...]
    difference: str
    tolerance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One cause, at one place.

    Rules fill ``message`` (one Chinese sentence naming the item) and, where amounts are compared, ``expected``, ``found``, ``difference``
    (found minus expected, signed) and ``tolerance`` as strings in the unit of the table. ``evidence`` are the cells that speak for the
    expected value, ``candidates`` the sets of cells of which one must be wrong when that cannot be decided, ``proofs`` why something must be,
    ``explained`` the findings that this one accounts for. ``code``, ``name``, ``severity``, ``basis`` and ``help`` are filled from the
    rule where the rule leaves them empty. ``quiet`` findings (尾差 inside the tolerance) are shown only when asked for.
    """

    message: str
    cell: CellRef | None = None
    table: str = ""
    item: str = ""
    column: str = ""
    expected: str = ""
    found: str = ""
    difference: str = ""
    tolerance: str = ""
    evidence: tuple[CellRef, ...] = ()
    code: str = ""
    name: str = ""
    severity: Severity | None = None
    basis: str = ""
    help: str = ""
    fix: Fix | None = None
    candidates: tuple[tuple[CellRef, ...], ...] = ()
    explained: tuple[Finding, ...] = ()
    proofs: tuple[Proof, ...] = ()
    suppressed: str | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked:
    """A rule, or one relation of it, that could not be applied, with the reason in Chinese; ``detail`` is for the author of a rule that failed."""

    code: str
    reason: str
    cell: CellRef | None = None
    detail: str = ""
