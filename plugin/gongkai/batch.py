"""Many workbooks, a batch at a time and in several processes, with the results in the order of the files."""

from __future__ import annotations

import math
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING

from .language import Words
from .paths import WorkbookPath
from .report import FileReport
from .saved_workbooks import reports_of
from .session import Session
from .settings import Settings

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

BATCH = 100
"""Workbooks that are held at a time, in each process."""
BATCH_BYTES = 64 * 1024 * 1024
"""Their files together are not larger than this, or it is one file."""
WORTH_A_PROCESS = 100
"""With fewer workbooks for each, the start of a process costs more than it saves."""
MOST_PROCESSES = 8

_session: Session | None = None
_stopped: Event | None = None


def suitable_jobs(files: int) -> int:
    """How many processes suit so many files, when nobody says."""
    return max(1, min(os.cpu_count() or 1, MOST_PROCESSES, files // WORTH_A_PROCESS))


def check_files(
    workbooks: Sequence[WorkbookPath], session: Session, jobs: int, finished: Callable[[int], object]
) -> Generator[FileReport, None, None]:
    """The report of each workbook, in the given order whatever ``jobs`` is. ``finished`` is told how many more are done."""
    if jobs == 1 or len(workbooks) == 1:
        for batch in _batches(workbooks, BATCH):
            yield from reports_of(session, batch, finished)
        return
    size = max(1, min(BATCH, math.ceil(len(workbooks) / (jobs * 4))))
    for reports in _in_processes(list(_batches(workbooks, size)), session.settings, jobs):
        finished(len(reports))
        yield from reports


def _batches(workbooks: Sequence[WorkbookPath], size: int) -> Iterator[Sequence[WorkbookPath]]:
    batch: list[WorkbookPath] = []
    total = 0
    for workbook in workbooks:
        try:
            weight = workbook.path.stat().st_size
        except OSError:
            weight = 0
        if batch and (len(batch) >= size or total + weight > BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append(workbook)
        total += weight
    if batch:
        yield batch


def _in_processes(
    batches: Sequence[Sequence[WorkbookPath]], settings: Settings, jobs: int
) -> Iterator[list[FileReport]]:
    """The reports of each batch in order. When a process dies, what it had in hand is done again, in ever smaller parts."""
    waiting = deque(batches)
    while waiting:
        try:
            for reports in _pooled(list(waiting), settings, jobs):
                waiting.popleft()
                yield reports
        except BrokenProcessPool:
            yield _carefully(waiting.popleft(), settings)


def _pooled(batches: Sequence[Sequence[WorkbookPath]], settings: Settings, jobs: int) -> Iterator[list[FileReport]]:
    context = get_context("spawn")
    stopped = context.Event()
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(settings, stopped))
    try:
        pending: deque[Future[list[FileReport]]] = deque()
        following = iter(batches)
        for batch in following:
            pending.append(pool.submit(_run, batch))
            if len(pending) >= jobs * 2:
                break
        while pending:
            yield pending.popleft().result()
            upcoming = next(following, None)
            if upcoming is not None:
                pending.append(pool.submit(_run, upcoming))
    finally:
        stopped.set()  # a process that is at work finishes its file, so that none is left half-written
        pool.shutdown(wait=True, cancel_futures=True)


def _carefully(batch: Sequence[WorkbookPath], settings: Settings) -> list[FileReport]:
    """The reports of a batch that one file of it may break: halved until that file stands alone."""
    try:
        return next(_pooled([batch], settings, 1))
    except BrokenProcessPool:
        if len(batch) > 1:
            half = len(batch) // 2
            return _carefully(batch[:half], settings) + _carefully(batch[half:], settings)
    shown = batch[0].shown
    error = Words(settings.language)(
        f"{shown}：校验此文件的进程意外中止（多半是内存不足），未能校验。",
        f"{shown}: the process that checked it died, most likely for want of memory.",
    )
    return [FileReport(path=shown, status="unreadable", error=error)]


def _start(settings: Settings, stopped: Event) -> None:
    global _session, _stopped
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides
    _session, _stopped = Session(settings), stopped


def _run(batch: Sequence[WorkbookPath]) -> list[FileReport]:
    assert _session is not None and _stopped is not None
    if _stopped.is_set():
        return []
    return reports_of(_session, batch, _give_up_when_stopped)


def _give_up_when_stopped(_: int) -> None:
    if _stopped is not None and _stopped.is_set():
        raise SystemExit
