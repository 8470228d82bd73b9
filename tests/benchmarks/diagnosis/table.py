"""The results by kind, and letter by letter."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gongkai_checks.finding import Safety

from .case import Case
from .kinds import KINDS, SEVERAL, SINGLE_CAUSE
from .single_cells import TYPOS

HEADING = (
    "kind",
    "cases",
    "cannot be seen",
    "ambiguous",
    "detected",
    "first",
    "first, if not ambiguous",
    "among candidates",
    "right amount",
    "safely so",
    "wrong safe fixes",
    "wrong unsafe fixes",
    "errors told",
    "naive: repairs",
    "naive: spoils",
    "cells spoiled",
)
GROUPS_OF_KINDS = (
    ("**typos**", tuple(TYPOS)),
    ("**one cause**", SINGLE_CAUSE),
    ("**several**", tuple(SEVERAL)),
    ("**all**", tuple(KINDS)),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Some cases counted. Rates are of those that can be seen at all (``seen``)."""

    cases: Sequence[Case]

    @property
    def seen(self) -> list[Case]:
        return [case for case in self.cases if case.outcome.detectable]

    @property
    def clear(self) -> list[Case]:
        """Those of which the figures tell what is wrong."""
        return [case for case in self.seen if not case.outcome.ambiguous]

    @property
    def detected(self) -> list[Case]:
        return [case for case in self.seen if case.outcome.detected]

    @property
    def errors(self) -> float:
        """How many error findings a workbook has on average."""
        return statistics.mean(case.outcome.errors for case in self.seen) if self.seen else 0.0

    def row(self) -> list[str]:
        """The cells of a row of the table, from ``cases`` on."""
        seen = self.seen
        spoiled = [case.naive.corrupted for case in self.cases if case.naive.corrupted]
        return [
            str(len(self.cases)),
            str(len(self.cases) - len(seen)),
            str(len(seen) - len(self.clear)),
            percent(seen, is_detected),
            percent(seen, is_first),
            percent(self.clear, is_first),
            percent(self.detected, is_among),
            percent(seen, is_right),
            percent(seen, lambda case: case.outcome.right is Safety.SAFE),
            str(sum(case.outcome.wrong_safe for case in self.cases)),
            str(sum(case.outcome.wrong_unsafe for case in self.cases)),
            f"{self.errors:.2f}",
            percent(self.cases, lambda case: case.naive.clean),
            percent(self.cases, lambda case: case.naive.corrupted > 0),
            f"{statistics.median_low(spoiled)}" if spoiled else "",
        ]


def is_detected(case: Case) -> bool:
    return case.outcome.detected


def is_first(case: Case) -> bool:
    return case.outcome.first


def is_among(case: Case) -> bool:
    return case.outcome.among


def is_right(case: Case) -> bool:
    return case.outcome.right is not None


def share(cases: Sequence[Case], holds: Callable[[Case], bool]) -> int:
    """How many of a thousand; cut off, so that a thousand are all."""
    return 1000 * sum(map(holds, cases)) // len(cases) if cases else 1000


def percent(cases: Sequence[Case], holds: Callable[[Case], bool]) -> str:
    """The share of some cases; "" of none."""
    per_thousand = share(cases, holds)
    return f"{per_thousand // 10}.{per_thousand % 10} %" if cases else ""


def by_kind(cases: Sequence[Case]) -> str:
    """One row a kind, then typos, single causes, several and all."""
    rows = []
    for kind in KINDS:
        of_kind = [case for case in cases if case.kind == kind]
        if of_kind:
            rows.append([kind, *Tally(of_kind).row()])
    for name, kinds in GROUPS_OF_KINDS:
        some = [case for case in cases if case.kind in kinds]
        if len({case.kind for case in some}) > 1:
            rows.append([name, *Tally(some).row()])
    return markdown(HEADING, rows, texts=("kind",))


def letters(cases: Sequence[Case]) -> dict[str, str]:
    """One letter a case, in the order of their numbers, by kind."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.kind, []).append(case)
    return {
        kind: "".join(case.outcome.letter for case in sorted(some, key=lambda case: case.number))
        for kind, some in found.items()
    }


def markdown(heading: Sequence[str], rows: Iterable[Iterable[str]], *, texts: Sequence[str]) -> str:
    """A table; ``texts`` names its columns of texts, the others are figures."""
    names = list(heading)
    rule = ["---" if name in texts else "--:" for name in names]
    return "\n".join("| " + " | ".join(line) + " |" for line in (names, rule, *map(list, rows)))
