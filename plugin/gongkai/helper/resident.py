"""The life of a helper: one for each user, from its start until somebody ends it or nobody needs it any more."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from gongkai import __version__
from gongkai.desk.answer import Answer
from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request

from .client import running
from .connecting import connect, open_workbooks
from .lock import TakenError, held
from .log import Log
from .page import SETTINGS
from .papers import Papers, lock_path, log_path, papers_path, remove_papers, write_papers
from .server import HelperServer
from .showing import browse, show_file
from .worker import Worker

IDLE_MINUTES = 480
SECONDS_TO_FINISH = 60.0
_GLANCE = 0.5


def run_helper(
    idle_minutes: float = IDLE_MINUTES,
    *,
    connecting: Callable[[Request], OpenWorkbook] = connect,
    show: Callable[[Path], bool] = show_file,
    listing: Callable[[], Sequence[Request]] = open_workbooks,
    browsing: Callable[[str], bool] = browse,
    started: Callable[[Papers], object] = lambda _: None,
) -> None:
    """Be the helper until it is told to end, or nothing was asked of it for so many minutes.

    ``started`` is called when it listens. Raises ``TakenError`` when this user has one already, and ``OSError``.
    """
    with _held_alone():
        log = Log(log_path())
        try:
            _live(idle_minutes * 60, log, connecting, show, listing, browsing, started)
        finally:
            log.close()


@contextlib.contextmanager
def _held_alone() -> Iterator[None]:
    """Hold the lock; one that answers keeps it, one that is about to end is waited for. Raises ``TakenError`` and ``OSError``."""
    limit = time.monotonic() + SECONDS_TO_FINISH
    with contextlib.ExitStack() as closing:
        while True:
            try:
                closing.enter_context(held(lock_path()))
                break
            except TakenError:
                if running() is not None or time.monotonic() > limit:
                    raise
                time.sleep(_GLANCE)
        yield


def _live(
    idle_seconds: float,
    log: Log,
    connecting: Callable[[Request], OpenWorkbook],
    show: Callable[[Path], bool],
    listing: Callable[[], Sequence[Request]],
    browsing: Callable[[str], bool],
    started: Callable[[Papers], object],
) -> None:
    path = papers_path()
    ending = threading.Event()

    def make_desk(progress: Callable[[str], object]) -> Desk:
        desk = Desk(progress=progress, show=show)
        desk.listing = listing
        desk.ask_settings = lambda: browsing(f"http://127.0.0.1:{server.port}{server.page.ticket()}{SETTINGS}")
        for problem in desk.session.problems:
            log.write(problem)
        for record in desk.begun.records():
            cells = ",".join(str(value.cell) for value in record.values[:20])
            log.write(f"interrupted earlier: {record.action} {record.time} {record.workbook} {cells}")
        return desk

    def begun(number: int, action: str, request: Request) -> None:
        log.write(f"{number} {action} {request.application} {request.workbook}")

    def ended(number: int, answer: Answer, seconds: float) -> None:
        log.write(f"{number} {answer.log_line()} {seconds:.2f}s")

    worker = Worker(make_desk, connecting, begun=begun, ended=ended)
    token = secrets.token_urlsafe(32)

    def leaving() -> None:
        # Out of sight before it says so: whoever is told may start another one at once, and must not find this one.
        remove_papers(papers, path)

    server = HelperServer(token, worker, log, leaving, ending.set)
    papers = Papers(server.port, token, os.getpid())
    with _signals(ending):
        try:
            worker.start()
            listening = threading.Thread(target=server.serve_forever, args=(_GLANCE,), name="gongkai-ear", daemon=True)
            listening.start()
            write_papers(papers, path)
            log.write(f"started gongkai {__version__} process {papers.pid} port {papers.port}")
            started(papers)
            while not ending.wait(_GLANCE) and worker.idle_seconds() < idle_seconds:
                pass
            log.write("ending: told to" if ending.is_set() else "ending: idle")
        finally:
            remove_papers(papers, path)
            server.shutdown()
            server.server_close()
            if not worker.stop(SECONDS_TO_FINISH):
                log.write("ended in the middle of an action")


class _signals:  # noqa: N801 (reads as a statement)
    """Ends the helper in order when the system asks for it. Only the main thread of a process may listen to that."""

    def __init__(self, ending: threading.Event) -> None:
        self._ending = ending
        self._before: dict[int, object] = {}

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                self._before[number] = signal.signal(number, lambda *_: self._ending.set())

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
