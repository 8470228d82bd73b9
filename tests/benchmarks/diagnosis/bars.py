"""What is wanted of the diagnosis, what is reached, and which kinds fall short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .case import Case
from .kinds import SINGLE_CAUSE
from .single_cells import TYPOS
from .table import Tally, is_among, is_detected, is_first, is_right, markdown, percent, share

USUAL = (
    *("swap", "digit", "sign", "power of ten", "yuan", "omitted part", "missing row", "stale cell", "stale chain"),
    *("wrong column", "shifted block"),
)
"""The kinds that the demand names; the others are rarer, or leave it open more often what happened."""

Holds = Callable[[Case], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One demand. ``short`` names the cases that do not meet it."""

    name: str
    wanted: str
    reached: str
    met: bool
    short: str = ""

    def row(self) -> tuple[str, ...]:
        return self.name, self.wanted, self.reached, "yes" if self.met else "**no**", self.short


def bars(cases: Sequence[Case], correct: int, alarms: int) -> list[Bar]:
    """All demands that do not depend on the machine. ``alarms`` is how many of the ``correct`` accounts raised one."""
    single = Tally([case for case in cases if case.kind in SINGLE_CAUSE])
    usual = Tally([case for case in cases if case.kind in USUAL])
    typos = Tally([case for case in cases if case.kind in TYPOS])
    two = Tally([case for case in cases if case.kind == "two errors"])
    wrong = sum(case.outcome.wrong_safe for case in cases)
    return [
        _rate("one cause: detected", 995, single.seen, is_detected),
        _rate("one cause, usual kinds: first", 980, usual.seen, is_first),
        _rate("one cause, all kinds: first", 980, single.seen, is_first),
        _rate("one cause, not ambiguous: first", 980, single.clear, is_first),
        _rate("one cause, detected: among the candidates", 1000, single.detected, is_among),
        Bar(
            name="one cause: error findings in a workbook",
            wanted="at most 1.20",
            reached=f"{single.errors:.2f}",
            met=single.errors <= 1.2,
            short=_kinds(case for case in single.seen if case.outcome.errors > 1),
        ),
        Bar(
            name="wrong safe fixes",
            wanted="0",
            reached=f"{wrong} in {len(cases)}",
            met=wrong == 0,
            short=_kinds(case for case in cases if case.outcome.wrong_safe),
        ),
        _rate("typos: a fix with the right amount", 950, typos.seen, is_right),
        _rate("two errors: both first", 900, two.seen, is_first),
        Bar(
            name="correct accounts with an error, a warning or a safe fix",
            wanted="0",
            reached=f"{alarms} in {correct}",
            met=alarms == 0,
        ),
    ]


def _rate(name: str, wanted: int, cases: Sequence[Case], holds: Holds) -> Bar:
    return Bar(
        name=name,
        wanted=f"at least {wanted / 10:g} %" if wanted < 1000 else "100 %",
        reached=percent(cases, holds),
        met=share(cases, holds) >= wanted,
        short=_kinds(case for case in cases if not holds(case)),
    )


def _kinds(cases: Iterable[Case]) -> str:
    """The kinds of some cases with their number, and how many of them are ambiguous."""
    some = list(cases)
    every = Counter(case.kind for case in some)
    ambiguous = Counter(case.kind for case in some if case.outcome.ambiguous)
    return ", ".join(
        f"{kind} {count}" + (f" ({ambiguous[kind]} ambiguous)" if ambiguous[kind] else "")
        for kind, count in sorted(every.items(), key=lambda entry: (-entry[1], entry[0]))
    )


def bar_table(demands: Iterable[Bar]) -> str:
    """One row a demand."""
    heading = ("", "wanted", "reached", "met", "cases that fall short, by kind")
    return markdown(heading, [bar.row() for bar in demands], texts=(heading[0], heading[-1]))
