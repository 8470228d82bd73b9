"""The helper under attack: refused with a message, and at work for its user afterwards."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai.helper.guard import MOST_BYTES, TOKEN_HEADER
from gongkai.helper.server import MOST_CONNECTIONS, SECONDS_TO_SPEAK
from gongkai.helper.worker import MOST_WAITING
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost
from tests.plugin.desk.memory_workbook import MemoryWorkbook

from .conftest import Helper, StartHelper


def assert_at_work(helper: Helper) -> None:
    assert helper.ask("explain_rule", code="TO101")["outcome"] == "done"


WRONG: tuple[tuple[dict[str, str | None], int], ...] = (
    ({TOKEN_HEADER: None}, 403),
    ({TOKEN_HEADER: ""}, 403),
    ({TOKEN_HEADER: "wrong"}, 403),
    ({TOKEN_HEADER: "\u00e9" * 43}, 403),
    ({"Host": None}, 403),
    ({"Host": "evil.example"}, 403),
    ({"Host": "127.0.0.1"}, 403),
    ({"Host": "127.0.0.1:1"}, 403),
    ({"Host": "127.0.0.1.evil.example:80"}, 403),
    ({"Host": "[::1]:80"}, 403),
    ({"Origin": "http://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": ""}, 403),
    ({"Content-Length": None}, 411),
    ({"Transfer-Encoding": "chunked"}, 411),
    ({"Content-Length": "-1"}, 400),
    ({"Content-Length": "2x"}, 400),
    ({"Content-Length": "9" * 30}, 400),
)


def test_who_is_not_the_button_is_refused(helper: Helper) -> None:
    for headers, status in WRONG:
        given, content = helper.raw(headers=headers)
        assert given == status, headers
        assert str(content["error"]).endswith("。")
    assert helper.status()["done"] == []


def test_the_host_of_the_button_is_right_with_either_name(helper: Helper) -> None:
    for name in ("127.0.0.1", "localhost", "LocalHost"):
        assert helper.raw("GET", "/v1/status", b"", {"Host": f"{name}:{helper.papers.port}"})[0] == 200


def test_a_name_that_was_made_to_point_here_is_refused_whatever_else_is_right(helper: Helper) -> None:
    """DNS rebinding: the page's own name in Host, even with the right port."""
    port = helper.papers.port
    status, content = helper.raw(headers={"Host": f"attacker.example:{port}"})
    assert (status, content["error"]) == (403, "只接受发往 127.0.0.1 的请求。")
    page = {"Origin": f"http://attacker.example:{port}", "Host": f"attacker.example:{port}", TOKEN_HEADER: None}
    assert helper.raw(headers=page)[0] == 403
    # Even the status, which changes nothing.
    assert helper.raw("GET", "/v1/status", b"", {"Host": f"attacker.example:{port}"})[0] == 403
    assert helper.raw("GET", "/v1/status", b"", {TOKEN_HEADER: "wrong"})[0] == 403


def test_a_header_that_is_sent_twice_is_refused(helper: Helper) -> None:
    port, token = helper.papers.port, helper.papers.token
    for twice in (
        f"Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n{TOKEN_HEADER}: {token}\r\nContent-Length: 2\r\n",
        f"Host: 127.0.0.1:{port}\r\n{TOKEN_HEADER}: {token}\r\n{TOKEN_HEADER}: b\r\nContent-Length: 2\r\n",
        f"Host: 127.0.0.1:{port}\r\n{TOKEN_HEADER}: {token}\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
    ):
        answer = helper.bytes(f"POST /v1/doctor HTTP/1.1\r\n{twice}\r\n{{}}".encode())
        assert answer.split()[1] in (b"403", b"411"), twice
    assert helper.status()["done"] == []


def test_other_methods_are_refused(helper: Helper) -> None:
    for method in ["PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "CONNECT", "FROG"]:
        assert helper.raw(method)[0] == 405, method


PATHS = ("/", "/v1/", "/v1", "/v1/eval", "/v1/__class__", "/v1/check_workbook/", "/v1/check_workbook?x=1",
     "/v1/../v1/doctor", "/v1/list_files", "/v1/%64octor", "/v2/doctor", "/v1/status", "http://evil.example/v1/doctor")  # fmt: skip


def test_only_the_listed_actions(helper: Helper) -> None:
    for path in PATHS:
        assert helper.raw("POST", path)[0] == 404, path
        if path != "/v1/status":
            assert helper.raw("GET", path, b"")[0] == 404, path
    assert helper.status()["done"] == []


def test_garbage_is_refused_with_a_sentence(helper: Helper) -> None:
    for body in (b"{", b"[" * 60000, b"\xff" * 100, b"null", b'{"workbook": {"a": 1}}', b'{"cell": "0"}'):
        status, content = helper.raw(body=body)
        assert status == 400 and str(content["error"]).endswith("。"), body[:20]
    assert_at_work(helper)


def test_bytes_that_are_no_http(helper: Helper) -> None:
    for sent in (
        b"",
        b"\x00" * 1000,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"POST /v1/doctor HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"A%d: b\r\n" % number for number in range(500)) + b"\r\n",
        b"GET / HTTP/1.1\r\nA: " + b"b" * 100_000 + b"\r\n\r\n",
    ):
        answer = helper.bytes(sent)
        assert answer == b"" or b'{"error": "' in answer, sent[:30]
    assert_at_work(helper)


def test_a_body_that_is_too_long_is_not_read(helper: Helper) -> None:
    for length in (MOST_BYTES + 1, 10 * MOST_BYTES):
        status, content = helper.raw(body=b" " * length)
        assert status == 413 and "64 KB" in str(content["error"])
    status, _ = helper.raw(body=b"{}" + b" " * (MOST_BYTES - 2))
    assert status == 202
    assert_at_work(helper)


def test_it_listens_on_the_loopback_only(helper: Helper) -> None:
    with socket.socket() as other:
        other.settimeout(5)
        assert other.connect_ex(("127.0.0.2", helper.papers.port)) != 0
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in addresses - {"127.0.0.1"}:
        with socket.socket() as other:
            other.settimeout(5)
            assert other.connect_ex((address, helper.papers.port)) != 0


def test_ten_thousand_requests(helper: Helper, log: Callable[[], str]) -> None:
    """Three in four are refused for what they are; the others are queued, or told to wait."""
    kinds: list[dict[str, str | None]] = [
        {},
        {TOKEN_HEADER: "wrong"},
        {"Origin": "http://a.example"},
        {"Host": "a.example"},
    ]

    def send(number: int) -> int:
        try:
            return helper.raw(path="/v1/settings", headers=kinds[number % 4])[0]
        except OSError:  # too many at once: closed without an answer
            return 0

    with ThreadPoolExecutor(16) as pool:
        statuses = [*pool.map(send, range(10_000))]
    for kind in range(4):
        expected = {202, 429, 0} if kind == 0 else {403, 0}
        assert set(statuses[kind::4]) <= expected
    assert statuses.count(202) > 0 and statuses.count(403) > 7000
    assert_at_work(helper)
    assert threading.active_count() < 100
    assert log().count("refused:") < 100


def test_slow_speakers_do_not_keep_the_user_waiting(start_helper: StartHelper, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = SECONDS_TO_SPEAK / 5
    monkeypatch.setattr("gongkai.helper.server.SECONDS_TO_SPEAK", seconds)
    monkeypatch.setattr("gongkai.helper.server._Handler.timeout", seconds)
    helper = start_helper()
    silent = [socket.create_connection(("127.0.0.1", helper.papers.port)) for _ in range(MOST_CONNECTIONS)]
    try:
        for number, connection in enumerate(silent):
            if number % 2:
                connection.sendall(b"POST /v1/doctor HTTP/1.1\r\nContent-Length: 100\r\n")
        limit = time.monotonic() + 20 * seconds
        while True:
            try:
                assert_at_work(helper)
                break
            except Exception:
                assert time.monotonic() < limit
                time.sleep(0.2)
    finally:
        for connection in silent:
            connection.close()


def test_more_clicks_than_can_wait_are_told_so(start_helper: StartHelper) -> None:
    going, release = threading.Event(), threading.Event()

    def slow(request: Request) -> OpenWorkbook:
        going.set()
        assert release.wait(60)
        return MemoryWorkbook([])

    helper = start_helper(slow)
    body = json.dumps({"workbook": "/a.xlsx"}).encode()
    assert helper.raw(path="/v1/check_workbook", body=body)[0] == 202
    assert going.wait(60)
    statuses = [helper.raw(path="/v1/check_workbook", body=body)[0] for _ in range(MOST_WAITING + 5)]
    assert statuses == [202] * MOST_WAITING + [429] * 5
    # While it works it still answers.
    status = helper.status()
    assert (status["state"], status["number"], status["waiting"]) == ("working", 1, MOST_WAITING)
    release.set()


def test_an_action_that_crashes_is_told_and_the_next_one_works(start_helper: StartHelper) -> None:
    def broken(request: Request) -> OpenWorkbook:
        raise RuntimeError("0x800706BA")

    helper = start_helper(broken)
    answer = helper.ask("check_workbook", workbook="/a.xlsx")
    assert answer["outcome"] == "failed" and "0x800706BA" not in str(answer["sentence"])
    assert_at_work(helper)


def test_a_spreadsheet_program_that_is_killed_in_mid_write(start_helper: StartHelper, log: Callable[[], str]) -> None:
    workbook = MemoryWorkbook(FileHost(data_folder("samples") / "示例-有错误.xlsx").read_all())
    before = workbook.state()
    helper = start_helper(lambda _: workbook)
    name = {"workbook": "/决算公开.xlsx", "mark": False}
    workbook.dies_after = 2
    assert helper.ask("fix_safe", **name)["outcome"] == "failed"
    assert workbook.state() != before
    assert helper.raw(path="/v1/stop")[0] == 202

    # The program is started again, and the helper too.
    workbook.dies_after = None
    helper = start_helper(lambda _: workbook)
    assert helper.ask("fix_safe", **name)["outcome"] == "refused"
    assert "interrupted earlier" in log() and "GK03 支出决算表!E7" in log()
    answer = helper.ask("undo_last", **name)
    assert answer["outcome"] == "done" and len(answer["changed"]) == 2  # type: ignore[arg-type]
    assert workbook.state() == before


def test_a_helper_that_is_killed_in_mid_write_of_a_file(workbook: Path, start_helper: StartHelper) -> None:
    """The file is replaced whole or not at all, and the next helper says what was begun."""
    import os
    import signal

    from gongkai.helper.client import call, running, start, stop

    before = workbook.read_bytes()
    for delay in (0.0, 0.4, 0.8, 1.4):
        papers = start()
        call(papers, "POST", "fix_safe", {"workbook": str(workbook)})
        time.sleep(delay)
        os.kill(papers.pid, signal.SIGKILL)
        while running() is not None:
            time.sleep(0.02)
        FileHost(workbook).read_all()
        again = start_helper()
        answer = again.ask("undo_last", workbook=str(workbook), mark=False)
        assert answer["outcome"] in ("done", "refused")
        again.ask("clear_marks", workbook=str(workbook))
        assert stop()
        assert workbook.read_bytes() == before
