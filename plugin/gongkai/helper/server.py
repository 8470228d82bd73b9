"""The helper's ear: HTTP on 127.0.0.1, answered at once; the work is done elsewhere."""

from __future__ import annotations

import contextlib
import io
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gongkai.desk.actions import ACTIONS
from gongkai.desk.request import RequestError, read_request
from gongkai.reporters.as_json import Json, dumps

from .guard import Head, length_of, page_refusal, refusal
from .log import Log
from .page import ROOT as PAGE
from .page import Page
from .worker import BusyError, Worker

ROOT = "/v1/"
ANSWERS = f"{ROOT}answers/"
"""What became of one request, when others were answered since."""
AWAITED = f"{ROOT}awaited/"
"""What became of one request as soon as it is known, for those that would else ask again and again."""
SECONDS_TO_WAIT = 10.0
MOST_WAITING = 16
"""More than these that wait for an answer are told at once that it is not there."""
MOST_CONNECTIONS = 32
SECONDS_TO_SPEAK = 5.0
"""A connection that has not said what it wants by then is closed."""
_DISCARDED = 1024 * 1024
_PATIENCE = 0.2


class HelperServer(ThreadingHTTPServer):
    """Listens on a port that the system chooses.

    When a request asks the helper to end, ``leaving`` is called before that is answered, and ``stopped`` afterwards.
    """

    daemon_threads = True
    allow_reuse_address = False
    request_queue_size = 64

    def __init__(
        self, token: str, worker: Worker, log: Log, leaving: Callable[[], object], stopped: Callable[[], object]
    ) -> None:
        self.token = token
        self.worker = worker
        self.log = log
        self.leaving = leaving
        self.stopped = stopped
        self.page = Page()
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._open: dict[socket.socket, float] = {}
        self._open_lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind without asking the network for a name, and so that no other program can listen on the same port."""
        if sys.platform == "win32":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.port

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, or not at all when too many are being answered."""
        if not self._places.acquire(blocking=False):
            self.log.refusal("too many connections")
            self.shutdown_request(request)
            return
        with self._open_lock:
            self._open[request] = time.monotonic()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one request and give its place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._open_lock:
                self._open.pop(request, None)
            self._places.release()

    def service_actions(self) -> None:
        """Close the connections that dawdle."""
        limit = time.monotonic() - SECONDS_TO_SPEAK
        with self._open_lock:
            late = [request for request, since in self._open.items() if since < limit]
        for request in late:
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def waiting(self, request: socket.socket) -> Iterator[bool]:
        """Let a connection wait that has said what it wants; whether there is a place for it."""
        place = self._waiting.acquire(blocking=False)
        try:
            if place:
                with self._open_lock:
                    self._open.pop(request, None)
            yield place
        finally:
            if place:
                self._waiting.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that breaks off is no news."""
        error = sys.exception()
        if not isinstance(error, OSError):
            self.log.write(f"error while answering: {type(error).__name__}")


class _Handler(BaseHTTPRequestHandler):
    server: HelperServer
    timeout = SECONDS_TO_SPEAK
    rfile: io.BufferedReader
    _taken = False

    def version_string(self) -> str:
        return "gongkai"

    def log_message(self, format: str, *args: Any) -> None:
        return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the library itself refuses: lines that are no HTTP, methods that are not known."""
        status = HTTPStatus(code)
        if status is HTTPStatus.NOT_IMPLEMENTED:
            status = HTTPStatus.METHOD_NOT_ALLOWED
        self._refuse(status, "请求无法理解。")

    def do_GET(self) -> None:
        if self.path.startswith(PAGE):
            self._send_page()
        elif self._admitted():
            if self.path == f"{ROOT}status":
                self._send(HTTPStatus.OK, {"version": 1, "port": self.server.port, **self.server.worker.status()})
            elif self.path.startswith(ANSWERS):
                self._send_answer(self.path.removeprefix(ANSWERS))
            elif self.path.startswith(AWAITED):
                self._send_awaited(self.path.removeprefix(AWAITED))
            else:
                self._refuse(HTTPStatus.NOT_FOUND, "没有这个地址。")

    def _send_awaited(self, number: str) -> None:
        """The status, with one answer in the place of the newest: as soon as it is there, or none after a while."""
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            self._refuse(HTTPStatus.NOT_FOUND, "没有这个地址。")
            return
        with self.server.waiting(self.connection) as may_wait:
            answer = self.server.worker.await_answer(int(number), SECONDS_TO_WAIT if may_wait else 0.0)
        last: Json | None = None if answer is None else {"number": int(number), **answer.as_json()}
        status = self.server.worker.status()
        self._send(HTTPStatus.OK, {"version": 1, "port": self.server.port, **status, "last": last})

    def _send_answer(self, number: str) -> None:
        """One of the last answers, in the place where the status has the newest."""
        answer = (
            self.server.worker.answer(int(number))
            if number.isascii() and number.isdigit() and len(number) < 10
            else None
        )
        if answer is None:
            self._refuse(HTTPStatus.NOT_FOUND, "没有这次操作的结果。")
        else:
            self._send(HTTPStatus.OK, {"version": 1, "last": {"number": int(number), **answer.as_json()}})

    def do_POST(self) -> None:
        if not self._admitted():
            return
        body = self._body(length_of(self._head()) or 0)
        if body is None:
            return
        name = self.path.removeprefix(ROOT) if self.path.startswith(ROOT) else ""
        if name == "stop":
            self.server.leaving()
            self._send(HTTPStatus.ACCEPTED, {"sentence": "常驻程序即将结束。"})
            self.server.stopped()
        elif name == "window":
            self._send(HTTPStatus.OK, {"path": self.server.page.ticket()})
        elif name == "cancel":
            self.server.log.write("cancel")
            self.server.worker.cancel()
            self._send(HTTPStatus.ACCEPTED, {"sentence": "正在取消。"})
        elif name not in ACTIONS:
            self._refuse(HTTPStatus.NOT_FOUND, "没有这个操作。")
        else:
            self._queue(name, body)

    def _queue(self, name: str, body: bytes) -> None:
        try:
            number = self.server.worker.submit(name, read_request(body))
        except RequestError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        except BusyError:
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS, "前面的操作还没有做完，请稍候再点。")
        else:
            self._send(HTTPStatus.ACCEPTED, {"number": number})

    def _head(self) -> Head:
        def every(name: str) -> list[str]:
            headers: Message = self.headers
            return [str(value) for value in headers.get_all(name, [])]

        return Head(
            self.command,
            every("Host"),
            every("Origin"),
            every("X-Gongkai-Token"),
            every("Content-Length"),
            every("Transfer-Encoding"),
        )

    def _admitted(self) -> bool:
        refused = refusal(self._head(), self.server.token, self.server.port, self.server.page.token)
        if refused is not None:
            self._refuse(*refused)
        return refused is None

    def _body(self, length: int) -> bytes | None:
        self._taken = True
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        return body

    def _refuse(self, status: HTTPStatus, sentence: str) -> None:
        self.server.log.refusal(f"{status.value} {self.client_address[0]}")
        self._discard()
        self._send(status, {"error": sentence})

    def _discard(self) -> None:
        """Read what was sent and not looked at, within bounds: a connection that is closed over unread data loses the answer."""
        left = min(self._unread(), _DISCARDED)
        with contextlib.suppress(OSError):
            self.connection.settimeout(_PATIENCE)
            while left > 0 and (piece := self.rfile.read1(left)):
                left -= len(piece)
            self.connection.settimeout(self.timeout)

    def _unread(self) -> int:
        if self._taken or getattr(self, "headers", None) is None:
            return 0
        return length_of(self._head()) or 0

    def _send_page(self) -> None:
        refused = page_refusal(self._head(), self.server.port)
        if refused is not None:
            self._refuse(*refused)
            return
        admitted = self.server.page.admits(self.path)
        if not admitted and self.path != PAGE:
            self.server.log.refusal(f"ticket {self.client_address[0]}")
        body, headers = self.server.page.content(admitted=admitted)
        self._write(HTTPStatus.OK, body, headers)

    def _send(self, status: HTTPStatus, content: Json) -> None:
        self._write(status, dumps(content).encode("utf-8"), {"Content-Type": "application/json; charset=utf-8"})

    def _write(self, status: HTTPStatus, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Connection": "close",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.close_connection = True
