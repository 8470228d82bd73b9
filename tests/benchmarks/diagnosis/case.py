"""The cases: which mistake is put into which accounts, drawn by number, and how each went."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from gongkai_checks.finding import Finding, Safety, Severity
from gongkai_checks.options import Options
from gongkai_checks.run import check

from .injection import Injection
from .kinds import KINDS
from .naive import Naive, recompute
from .original import Original
from .outcome import Outcome, judge
from .stopwatch import Stopwatch
from .ties import registry

SEED = 20240901
CASES = 110
"""So many cases of each kind."""
CORRECT = 300
"""So many correct accounts are checked as they are."""
BATCH = 100
TRIES = 200
PUBLISHED_SHARE = 0.25


class Case(NamedTuple):
    """One case, how it went, and the seconds that its diagnosis took."""

    kind: str
    number: int
    injection: Injection
    findings: tuple[Finding, ...]
    outcome: Outcome
    naive: Naive
    seconds: float


def draw(
    kind: str, number: int, seed: int, originals: Sequence[Original], others: Sequence[Original] = ()
) -> Injection | None:
    """Case ``number`` of a kind, the same for the same seed and accounts; a quarter of the cases are in ``others``, if any.

    None when the kind applies to none of the accounts.
    """
    rng = random.Random(f"{seed} {kind} {number}")
    for _ in range(TRIES):
        of_others = others and rng.random() < PUBLISHED_SHARE
        injection = KINDS[kind](rng.choice(others if of_others else originals), rng)
        if injection is not None:
            return injection
    return None


def run(
    kinds: Iterable[str],
    numbers: Sequence[int],
    seed: int,
    originals: Sequence[Original],
    others: Sequence[Original] = (),
) -> Iterator[Case]:
    """Draw cases and check them, batch by batch."""
    drawn = (
        (kind, number, injection)
        for kind in kinds
        for number in numbers
        if (injection := draw(kind, number, seed, originals, others)) is not None
    )
    while batch := list(islice(drawn, BATCH)):
        watch = Stopwatch()
        with watch.running():
            results = check([injection.disclosure for _, _, injection in batch], registry(), Options())
        for (kind, number, injection), result in zip(batch, results, strict=True):
            yield Case(
                kind,
                number,
                injection,
                result.findings,
                judge(injection, result.findings),
                recompute(injection),
                watch.seconds(injection.disclosure),
            )


def alarms(originals: Iterable[Original]) -> Iterator[tuple[Original, tuple[Finding, ...]]]:
    """The correct accounts of which an error or a warning is told, or to which a safe fix is offered, with those findings."""
    rest = iter(originals)
    while batch := list(islice(rest, BATCH)):
        results = check([original.disclosure for original in batch], registry(), Options())
        for original, result in zip(batch, results, strict=True):
            found = tuple(finding for finding in result.findings if _is_alarm(finding))
            if found:
                yield original, found


def _is_alarm(finding: Finding) -> bool:
    if finding.severity is not None and finding.severity >= Severity.WARNING:
        return True
    return finding.fix is not None and finding.fix.safety is Safety.SAFE
