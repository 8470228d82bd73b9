"""The results as tables."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
    "of them safe",
    "wrong safe fixes",
    "wrong unsafe fixes",
    "errors told",
    "naive: spoils",
    "naive: repairs",
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Some cases counted. Rates are of those that can be seen at all (``seen``)."""

    cases: Sequence[Case]

    @property
    def seen(self) -> list[Case]:
        return [case for case in self.cases if case.outcome.detectable]

    @property
    def detected(self) -> list[Case]:
        return [case for case in self.seen if case.outcome.detected]

    def row(self) -> list[str]:
        """The cells of a row of the table, from ``cases`` on."""
        seen = self.seen
        clear = [case for case in seen if not case.outcome.ambiguous]
        return [
            str(len(self.cases)),
            str(len(self.cases) - len(seen)),
            str(len(seen) - len(clear)),
            percent(seen, lambda case: case.outcome.detected),
            percent(seen, lambda case: case.outcome.first),
            percent(clear, lambda case: case.outcome.first),
            percent(self.detected, lambda case: case.outcome.among),
            percent(seen, lambda case: case.outcome.right is not None),
            percent(seen, lambda case: case.outcome.right == "safe"),
            str(sum(case.outcome.wrong_safe for case in self.cases)),
            str(sum(case.outcome.wrong_unsafe for case in self.cases)),
            f"{statistics.mean(case.outcome.errors for case in seen):.2f}" if seen else "",
            percent(self.cases, lambda case: case.naive.corrupted > 0),
            percent(self.cases, lambda case: case.naive.clean),
        ]


def percent(cases: Sequence[Case], holds: Callable[[Case], bool]) -> str:
    """The share of some cases; cut off, so that 100 % are all."""
    if not cases:
        return ""
    per_thousand = 1000 * sum(map(holds, cases)) // len(cases)
    return f"{per_thousand // 10}.{per_thousand % 10} %"


def by_kind(cases: Sequence[Case]) -> str:
    """One row a kind, then typos, single causes and all."""
    rows = []
    for kind in KINDS:
        of_kind = [case for case in cases if case.kind == kind]
        if of_kind:
            rows.append([kind, *Tally(of_kind).row()])
    for name, kinds in (
        ("**typos**", TYPOS),
        ("**one cause**", SINGLE_CAUSE),
        ("**several**", SEVERAL),
        ("**all**", KINDS),
    ):
        some = [case for case in cases if case.kind in kinds]
        if some and len({case.kind for case in some}) > 1:
            rows.append([name, *Tally(some).row()])
    return markdown(HEADING, rows)


def summary(cases: Sequence[Case]) -> str:
    """The time that was added."""
    milliseconds = sorted(1000 * case.seconds for case in cases if case.seconds)
    if not milliseconds:
        return "nothing was diagnosed"
    p95 = milliseconds[int(0.95 * (len(milliseconds) - 1))]
    return markdown(
        ("diagnosed", "median, ms", "95 %, ms", "most, ms"),
        [[str(len(milliseconds)), *(f"{ms:.1f}" for ms in (statistics.median(milliseconds), p95, milliseconds[-1]))]],
    )


def markdown(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; all columns but the first are figures."""
    names = list(heading)
    lines = [names, ["---", *["--:"] * (len(names) - 1)], *map(list, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
