"""Batches of workbooks in several processes, with the results in order even where a file kills the process that checks it."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator, Sequence
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

_session: Session | None = None
_stopped: Event | None = None


def in_processes(
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
