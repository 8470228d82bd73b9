"""The thread that does the work: one action after the other, a short queue before it, and what is known of both."""

from __future__ import annotations

import gc
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.desk.actions import ACTIONS, perform
from gongkai.desk.answer import Answer
from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai.reporters.as_json import Json, JsonValue

MOST_WAITING = 8
"""More clicks than this that wait for their turn are a fault of something."""
REMEMBERED = 20
READING_SECONDS = 60.0
"""So long an answer stands in the status bar; then the program has it back."""


class BusyError(Exception):
    """The queue is full."""


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    action: str
    request: Request
    listing: Callable[[], object] | None = None


class Worker:
    """Does what is asked for in a thread of its own; a spreadsheet program is only ever spoken to from there.

    ``begun`` and ``ended`` are called in that thread around each action.
    """

    def __init__(
        self,
        make_desk: Callable[[Callable[[str], object]], Desk],
        connect: Callable[[Request], OpenWorkbook],
        *,
        begun: Callable[[int, str, Request], object] = lambda *_: None,
        ended: Callable[[int, Answer, float], object] = lambda *_: None,
        reading_seconds: float = READING_SECONDS,
    ) -> None:
        self._make_desk = make_desk
        self._connect = connect
        self._begun = begun
        self._ended = ended
        self._reading_seconds = reading_seconds
        self._jobs: queue.Queue[_Job | None] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._answered = threading.Condition(self._lock)
        self._number = 0
        self._current: _Job | None = None
        self._progress = ""
        self._answers: deque[tuple[int, Answer]] = deque(maxlen=REMEMBERED)
        self._last_activity = time.monotonic()
        self._stopping = False
        self._given_up = 0
        self._thread = threading.Thread(target=self._run, name="gongkai-worker", daemon=True)

    def start(self) -> None:
        """Begin; the rules are loaded at once, so that the first click finds them there."""
        self._thread.start()

    def submit(self, action: str, request: Request) -> int:
        """Put an action into the queue and return its number. Raises ``BusyError`` and ``KeyError``."""
        if action not in ACTIONS:
            raise KeyError(action)
        return self._queue(lambda number: _Job(number, action, request))

    def call(self, listing: Callable[[], object]) -> None:
        """Call a function in the worker's thread, after what was asked for before; it raises nothing. Raises ``BusyError``."""
        self._queue(lambda number: _Job(number, "", Request(), listing))

    def _queue(self, make: Callable[[int], _Job]) -> int:
        with self._lock:
            if self._stopping:
                raise BusyError
            job = make(self._number + 1)
            try:
                self._jobs.put_nowait(job)
            except queue.Full as error:
                raise BusyError from error
            self._number += 1
            self._last_activity = time.monotonic()
            return job.number

    def status(self) -> Json:
        """What is being done, what waits, and the last answers by their numbers."""
        with self._lock:
            current = self._current
            last = self._answers[-1] if self._answers else None
            done: list[JsonValue] = [number for number, _ in self._answers]
            return {
                "state": "working" if current or not self._jobs.empty() else "idle",
                "number": current.number if current else None,
                "action": current.action if current else None,
                "progress": self._progress,
                "waiting": self._jobs.qsize(),
                "done": done,
                "last": None if last is None else {"number": last[0], **last[1].as_json()},
            }

    def answer(self, number: int) -> Answer | None:
        """The answer to one action; None while it is not there, or not any more."""
        with self._lock:
            return self._known(number)

    def await_answer(self, number: int, seconds: float) -> Answer | None:
        """The answer to one action as soon as it is there; None when that takes longer, or the worker ends."""
        with self._answered:
            self._answered.wait_for(lambda: self._stopping or self._known(number) is not None, seconds)
            return self._known(number)

    def _known(self, number: int) -> Answer | None:
        return next((answer for known, answer in self._answers if known == number), None)

    def cancel(self) -> None:
        """The user has changed his mind: what is being done ends before it writes, what waits is not begun."""
        with self._lock:
            self._given_up = self._number

    def idle_seconds(self) -> float:
        """How long nothing has been done; 0 while something is."""
        with self._lock:
            if self._current is not None or not self._jobs.empty():
                return 0.0
            return time.monotonic() - self._last_activity

    def stop(self, seconds: float) -> bool:
        """Take nothing more, drop what waits, and let what is being done come to its end; whether it did in that time."""
        with self._lock:
            self._stopping = True
            while True:
                try:
                    self._jobs.get_nowait()
                except queue.Empty:
                    break
            self._jobs.put_nowait(None)
            self._answered.notify_all()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        desk = self._make_desk(self._show)
        desk.cancelled = self._is_given_up
        while True:
            try:
                job = self._jobs.get(timeout=self._reading_seconds if desk.speaking is not None else None)
            except queue.Empty:
                desk.rest()
                gc.collect()
                continue
            if job is None:
                desk.rest()
                return
            with self._lock:
                self._current, self._progress = job, ""
            if job.listing is not None:
                job.listing()
                with self._lock:
                    self._current = None
                continue
            self._begun(job.number, job.action, job.request)
            begin = time.perf_counter()
            if self._is_given_up():
                answer = Answer(sentence="已取消，没有开始。", action=job.action, outcome="cancelled")
            else:
                answer = perform(job.action, desk, job.request, self._connect)
            with self._lock:
                self._answers.append((job.number, answer))
                self._current, self._progress = None, ""
                self._last_activity = time.monotonic()
                self._answered.notify_all()
            self._ended(job.number, answer, time.perf_counter() - begin)

    def _is_given_up(self) -> bool:
        """Whether what is being done was asked for before the user changed his mind."""
        return self._current is not None and self._current.number <= self._given_up

    def _show(self, text: str) -> None:
        with self._lock:
            self._progress = text
