"""A helper of its own for each test, in threads of this process, and ways to speak to it, polite and not."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai.helper.client import HelperError, call
from gongkai.helper.connecting import connect
from gongkai.helper.guard import TOKEN_HEADER
from gongkai.helper.papers import Papers, log_path
from gongkai.helper.resident import run_helper
from gongkai_workbooks.data_folder import data_folder


@dataclass(frozen=True, slots=True)
class Helper:
    """A helper that runs."""

    papers: Papers

    def status(self) -> dict[str, object]:
        return call(self.papers, "GET", "status")

    def ask(self, action: str, **content: object) -> dict[str, object]:
        """Ask for an action, wait for its end and return the answer."""
        number = call(self.papers, "POST", action, content)["number"]
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            status = self.status()
            done, last = status["done"], status["last"]
            assert isinstance(done, list)
            if number in done:
                assert isinstance(last, dict) and last["number"] == number
                return last
            time.sleep(0.01)
        raise AssertionError("no answer within a minute")

    def raw(
        self,
        method: str = "POST",
        path: str = "/v1/doctor",
        body: bytes = b"{}",
        headers: Mapping[str, str | None] | None = None,
    ) -> tuple[int, dict[str, object]]:
        """Send a request with headers changed, added or (None) left out; the status and the answer."""
        wanted: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.papers.port}",
            TOKEN_HEADER: self.papers.token,
            "Content-Length": str(len(body)),
            **(headers or {}),
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.papers.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in wanted.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders()
            connection.send(body)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"{}")
        finally:
            connection.close()

    def bytes(self, sent: bytes, seconds: float = 20) -> bytes:
        """Send mere bytes; what comes back until the connection is closed."""
        with socket.create_connection(("127.0.0.1", self.papers.port), timeout=seconds) as connection:
            received = b""
            with contextlib.suppress(OSError):  # it may hang up while it is still being spoken to
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                while piece := connection.recv(65536):
                    received += piece
            return received


StartHelper = Callable[..., Helper]


@pytest.fixture
def start_helper() -> Iterator[StartHelper]:
    """Starts helpers, and ends them after the test."""
    running: list[tuple[Papers, threading.Thread]] = []

    def begin(
        connecting: Callable[[Request], OpenWorkbook] = connect,
        idle_minutes: float = 10,
        browsing: Callable[[str], bool] = lambda _: False,
    ) -> Helper:
        ready = threading.Event()
        found: list[Papers] = []

        def started(papers: Papers) -> None:
            found.append(papers)
            ready.set()

        def live() -> None:
            try:
                run_helper(
                    idle_minutes, connecting=connecting, show=lambda _: False, browsing=browsing, started=started
                )
            finally:
                ready.set()

        thread = threading.Thread(target=live)
        thread.start()
        assert ready.wait(20) and found
        running.append((found[0], thread))
        return Helper(found[0])

    yield begin
    for papers, thread in running:
        if thread.is_alive():
            with contextlib.suppress(HelperError):  # it is about to end by itself
                call(papers, "POST", "stop")
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture
def helper(start_helper: StartHelper) -> Helper:
    return start_helper()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The sample with documented errors."""
    path = tmp_path / "决算公开.xlsx"
    shutil.copyfile(data_folder("samples") / "示例-有错误.xlsx", path)
    return path


@pytest.fixture
def log() -> Callable[[], str]:
    """What the log says so far."""
    return lambda: log_path().read_text(encoding="utf-8")
