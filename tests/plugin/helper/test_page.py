"""The window 检查助手 in a browser: who gets the page and its token, what the page may ask for, and from where."""

from __future__ import annotations

import http.client
import json
import re
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from gongkai.__main__ import main
from gongkai.desk.actions import ACTIONS
from gongkai.helper.client import call
from gongkai.helper.guard import TOKEN_HEADER
from gongkai.helper.page import ROOT, ROWS, SECONDS, Page

from .conftest import Helper, StartHelper


class Shown(NamedTuple):
    """A page as a browser gets it."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def known(self) -> dict[str, object]:
        """What the page is told: its token, the settings."""
        [found] = re.findall(r"^const KNOWN = (\{.*\});$", self.text, re.MULTILINE)
        content: dict[str, object] = json.loads(found)
        return content


def shown(helper: Helper, path: str, **headers: str) -> Shown:
    connection = http.client.HTTPConnection("127.0.0.1", helper.papers.port, timeout=20)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return Shown(response.status, dict(response.getheaders()), response.read().decode())
    finally:
        connection.close()


def opened_by(opened: list[str]) -> Callable[[str], bool]:
    """A browser that only says what it was asked to open."""

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    return browse


def ticket(helper: Helper) -> str:
    return str(call(helper.papers, "POST", "window")["path"])


def test_a_ticket_opens_the_page_once(helper: Helper) -> None:
    path = ticket(helper)
    page = shown(helper, path)
    token = page.known["token"]
    assert page.status == 200 and token and token != helper.papers.token
    assert helper.papers.token not in page.text
    for again in (path, ROOT, f"{ROOT}other", f"{ROOT}../v1/status"):
        known = shown(helper, again).known
        assert known["token"] == "" and known["settings"] == {}, again


def test_settings_are_asked_for_in_the_browser_where_there_is_one(start_helper: StartHelper) -> None:
    opened: list[str] = []
    helper = start_helper(browsing=opened_by(opened))
    answer = helper.ask("settings")
    assert "已在浏览器里打开" in str(answer["sentence"])
    [url] = opened
    address, _, place = url.partition("#")
    assert place == "settings" and address.startswith(f"http://127.0.0.1:{helper.papers.port}{ROOT}")
    page = shown(helper, address.removeprefix(f"http://127.0.0.1:{helper.papers.port}"))
    assert page.known["token"] and '"#settings"' in page.text
    # What the form saves is asked for no second time.
    helper.ask("settings", settings={"mark": False})
    assert len(opened) == 1


def test_a_ticket_is_good_for_a_minute_and_not_many_are() -> None:
    now = [0.0]
    page = Page(clock=lambda: now[0])
    paths = [page.ticket() for _ in range(20)]
    assert [page.admits(path) for path in paths] == [False] * 12 + [True] * 8
    late = page.ticket()
    now[0] = SECONDS + 1
    assert not page.admits(late)


def test_only_this_machine_is_shown_the_page(helper: Helper) -> None:
    port = helper.papers.port
    for headers in (
        {"Host": f"attacker.example:{port}"},
        {"Host": f"localhost:{port}"},
        {"Origin": "http://attacker.example"},
        {"Origin": f"http://127.0.0.1:{port}"},
        {"Content-Length": "5"},
    ):
        path = ticket(helper)
        page = shown(helper, path, **headers)
        assert page.status in (403, 411) and "KNOWN" not in page.text, headers


def test_the_page_lets_no_other_page_in(helper: Helper) -> None:
    page = shown(helper, ticket(helper))
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert page.headers["X-Frame-Options"] == "DENY" and page.headers["Referrer-Policy"] == "no-referrer"
    [nonce] = set(re.findall(r"'nonce-([^']+)'", policy))
    tags = re.findall(r"<(?:script|style)[^>]*>", page.text)
    assert len(tags) == 2 and all(f'nonce="{nonce}"' in tag for tag in tags)
    assert not re.search(r"\son\w+=|https?://|innerHTML|\beval\b", page.text)
    assert nonce not in shown(helper, ROOT).headers["Content-Security-Policy"]


def test_requests_of_the_page_come_from_the_page(helper: Helper) -> None:
    token = str(shown(helper, ticket(helper)).known["token"])
    port = helper.papers.port
    own: dict[str, str | None] = {TOKEN_HEADER: token, "Origin": f"http://127.0.0.1:{port}"}
    status, content = helper.raw(path="/v1/explain_rule", body=b'{"code": "TO101"}', headers=own)
    assert status == 202 and content["number"]
    refused: tuple[dict[str, str | None], ...] = (
        own | {"Origin": "http://attacker.example"},
        own | {"Origin": f"http://127.0.0.1:{port + 1}"},
        own | {"Origin": f"http://localhost:{port}"},
        own | {"Origin": "null"},
        own | {"Host": f"attacker.example:{port}"},
        own | {TOKEN_HEADER: helper.papers.token},  # the buttons are no page
        own | {TOKEN_HEADER: None},
        own | {TOKEN_HEADER: token[:-1]},
    )
    for headers in refused:
        assert helper.raw(path="/v1/explain_rule", headers=headers)[0] == 403, headers


def test_the_buttons_of_the_page_are_those_of_the_window(helper: Helper) -> None:
    page = shown(helper, ticket(helper))
    found = re.findall(r'<button data-action="(\w+)">([^<]+)</button>', page.text)
    assert found == [(name, ACTIONS[name].label) for row in ROWS for name in row]
    settings = page.known["settings"]
    assert isinstance(settings, dict) and settings.keys() == {"profile", "ignore", "mark", "errors_only"}
    assert {"check_folder", "list_workbooks"} <= {*page.known["alone"]}  # type: ignore[misc]


def test_from_the_page_to_the_marked_file(helper: Helper, workbook: Path) -> None:
    token = str(shown(helper, ticket(helper)).known["token"])
    own = {TOKEN_HEADER: token, "Origin": f"http://127.0.0.1:{helper.papers.port}"}
    before = workbook.read_bytes()
    body = json.dumps({"workbook": str(workbook), "application": "file", "locator": {}, "escape": True}).encode()
    assert helper.raw(path="/v1/check_workbook", body=body, headers=own)[0] == 202
    answer = helper.ask("next_finding", workbook=str(workbook))
    assert answer["lines"] and "errors_only" not in str(answer["pressed"])
    assert workbook.read_bytes() != before


def test_the_command_opens_the_browser(helper: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened_by(opened))
    assert main(["helper", "page"]) == 0
    [url] = opened
    assert url.startswith(f"http://127.0.0.1:{helper.papers.port}{ROOT}")
    assert shown(helper, url.partition(str(helper.papers.port))[2]).known["token"]


def test_without_a_browser_the_address_is_told(
    helper: Helper, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    assert main(["helper", "page"]) == 0
    assert f"http://127.0.0.1:{helper.papers.port}{ROOT}" in capsys.readouterr().out


def test_a_python_without_windows_shows_the_page(helper: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened_by(opened))
    monkeypatch.setitem(__import__("sys").modules, "tkinter", None)
    assert main(["helper", "window"]) == 0
    assert len(opened) == 1


def test_tickets_do_not_stand_in_the_log(helper: Helper, log: Callable[[], str]) -> None:
    path = ticket(helper)
    shown(helper, path)
    shown(helper, path)
    assert path.removeprefix(ROOT) not in log() and "ticket" in log()
