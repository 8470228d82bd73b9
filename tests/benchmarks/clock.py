"""Two things measured in turns, so that whatever else the machine does meanwhile falls on both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

Action = Callable[[], object]


class Time(NamedTuple):
    """Seconds: of the processor in all threads of this process, and on the wall."""

    cpu: float
    wall: float


class Pair(NamedTuple):
    """One turn: what is measured, and right after it what it is held against."""

    measured: Time
    reference: Time


class Spread(NamedTuple):
    """Least, median and greatest of some figures."""

    least: float
    median: float
    greatest: float

    def __str__(self) -> str:
        return f"{self.least:.2f} / **{self.median:.2f}** / {self.greatest:.2f}"


def timed(action: Action, calls: int = 1) -> Time:
    """The time of one call, as the mean of ``calls``. Garbage of what went before is collected first and not counted."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(calls):
        action()
    return Time((time.process_time() - cpu) / calls, (time.perf_counter() - wall) / calls)


def in_turns(measured: Action, reference: Action, pairs: int, *, calls: tuple[int, int] = (1, 1)) -> list[Pair]:
    """A B A B …, after one of each that is not counted. ``calls`` are those in each turn, more where one is too short to time."""
    measured()
    reference()
    return [Pair(timed(measured, calls[0]), timed(reference, calls[1])) for _ in range(pairs)]


def spread(figures: Iterable[float]) -> Spread:
    """Least, median and greatest."""
    ordered = sorted(figures)
    return Spread(ordered[0], statistics.median(ordered), ordered[-1])


def cpu_ratio(pairs: Sequence[Pair]) -> Spread:
    """Measured to reference, pair by pair, in processor time: the figure to quote."""
    return spread(pair.measured.cpu / pair.reference.cpu for pair in pairs)


def wall_ratio(pairs: Sequence[Pair]) -> Spread:
    """Measured to reference, pair by pair, on the wall."""
    return spread(pair.measured.wall / pair.reference.wall for pair in pairs)


def milliseconds(seconds: Iterable[float], per: int = 1) -> Spread:
    """Milliseconds for each of ``per`` workbooks."""
    return spread(second * 1000 / per for second in seconds)
