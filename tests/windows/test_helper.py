"""The helper on Windows: started as the setup starts it, asked as the add-in asks it, ended in every way that an office knows."""

from __future__ import annotations

import http.client
from pathlib import Path

import pytest

from gongkai.helper.client import HelperError, call
from gongkai.helper.papers import Papers, read_papers

from .macro_script import said_by_macro
from .pc import Pc, until


@pytest.fixture
def helper(pc: Pc) -> Papers:
    """The helper, started if a test before has ended it."""
    if read_papers(pc.local / "helper.json") is None:
        pc.python("-m", "gongkai", "helper", "run", windowless=True)
    return pc.helper()


def _stopped(pc: Pc) -> bool:
    return not (pc.local / "helper.json").exists()


def test_the_setup_has_started_it(pc: Pc, helper: Papers) -> None:
    said = pc.gongkai("helper", "status")
    assert said.code == 0
    assert f"127.0.0.1:{helper.port}" in said.text
    assert call(helper, "GET", "status")["state"] == "idle"
    assert "started gongkai" in (pc.local / "helper.log").read_text(encoding="utf-8")


def test_a_click_comes_from_vbscript_through_winhttp(pc: Pc, helper: Papers, tmp_path: Path) -> None:
    status, unknown, action = said_by_macro(pc, tmp_path, helper)
    assert (status, unknown, action.split()[0]) == ("status=200 idle", "unknown=404 7", "action=202")
    refused = said_by_macro(pc, tmp_path, Papers(helper.port, "another", helper.pid))
    assert [answer.split()[0] for answer in refused] == ["status=403", "unknown=403", "action=403"]
    # Windows Script has no types: what would be 0 in the macro is nothing here.
    assert said_by_macro(pc, tmp_path, Papers(1, "token", 1)) == ["status=", "unknown= 0", "action="]


def test_a_second_one_is_refused(pc: Pc, helper: Papers) -> None:
    said = pc.gongkai("helper", "run")
    assert said.code != 0
    assert "已经在运行" in said.text + said.err.decode("gbk")
    assert pc.helper() == helper
    assert pc.gongkai("helper", "start").code == 0
    assert pc.helper() == helper


def test_it_shows_the_page_of_the_window(helper: Papers) -> None:
    path = str(call(helper, "POST", "window")["path"])
    connection = http.client.HTTPConnection("127.0.0.1", helper.port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    page = response.read().decode("utf-8")
    connection.close()
    assert response.status == 200
    assert "检查助手" in page


def test_it_ends_when_told_to_and_starts_again(pc: Pc, helper: Papers) -> None:
    said = pc.gongkai("helper", "stop")
    assert said.code == 0, said.text
    assert _stopped(pc)
    assert "没有运行" in pc.gongkai("helper", "status").text
    assert pc.gongkai("helper", "start").code == 0
    assert pc.helper().token != helper.token


def test_it_ends_when_nobody_needs_it(pc: Pc, helper: Papers) -> None:
    call(helper, "POST", "stop")
    until(lambda: _stopped(pc), "the helper does not end")
    idle = pc.python("-m", "gongkai", "helper", "run", "--idle-minutes", "0.1")
    assert idle.wait().code == 0
    assert _stopped(pc)
    assert "ending: idle" in (pc.local / "helper.log").read_text(encoding="utf-8")


def test_one_that_was_killed_is_replaced(pc: Pc, helper: Papers) -> None:
    assert pc.begin("taskkill", "/F", "/PID", str(helper.pid)).wait().code == 0
    with pytest.raises(HelperError):
        until(lambda: not call(helper, "GET", "status"), "the helper lives on")
    assert read_papers(pc.local / "helper.json") == helper  # nobody was left to remove them
    assert "没有运行" in pc.gongkai("helper", "status").text
    assert pc.gongkai("helper", "start").code == 0
    assert pc.helper().token != helper.token
