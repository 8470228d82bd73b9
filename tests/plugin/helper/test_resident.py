from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.helper.client import HelperError, running, start, stop
from gongkai.helper.lock import TakenError
from gongkai.helper.papers import Papers, log_path, papers_path, read_papers
from gongkai.helper.resident import run_helper

from .conftest import Helper, StartHelper


def test_a_click_is_answered_at_once_and_done_afterwards(helper: Helper, workbook: Path) -> None:
    status, content = helper.raw(
        path="/v1/check_workbook", body=json.dumps({"workbook": str(workbook), "mark": False}).encode()
    )
    assert (status, content) == (202, {"number": 1})
    answer = helper.ask("next_finding", workbook=str(workbook), application="file")
    assert answer["cell"] == {"sheet": "GK02 收入决算表", "cell": "F23"}
    assert answer["counts"] == {"error": 5, "warning": 1, "info": 2}
    assert helper.status()["state"] == "idle"


def test_an_answer_can_be_asked_for_when_others_were_answered_since(helper: Helper) -> None:
    first = helper.ask("explain_rule", code="XF301")
    helper.ask("explain_rule", code="XF302")
    status, content = helper.raw("GET", f"/v1/answers/{first['number']}", b"")
    last = content["last"]
    assert status == 200 and isinstance(last, dict)
    assert last == first and last["sentence"].startswith("XF301")
    for number in ("3", "0", "", "x", "-1", "1/2", "9" * 30):
        assert helper.raw("GET", f"/v1/answers/{number}", b"")[0] == 404
    assert helper.raw("GET", "/v1/answers/1", b"", {"X-Gongkai-Token": "wrong"})[0] == 403


def test_its_papers_are_for_this_user_only(helper: Helper, own_folders: Path) -> None:
    path = papers_path()
    assert path == own_folders / "gongkai" / "helper.json"
    assert json.loads(path.read_bytes()) == {
        "port": helper.papers.port,
        "token": helper.papers.token,
        "pid": os.getpid(),
    }
    for file in (path, log_path()):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(helper.papers.token) >= 40


def test_there_is_one_for_each_user(helper: Helper) -> None:
    with pytest.raises(TakenError):
        run_helper()
    assert running() == helper.papers
    assert start() == helper.papers


def test_each_one_has_a_token_of_its_own(start_helper: StartHelper) -> None:
    first = start_helper()
    assert stop() and not stop()
    assert read_papers(papers_path()) is None
    second = start_helper()
    assert first.papers.token != second.papers.token


def test_another_one_may_be_started_as_soon_as_one_was_told_to_end(start_helper: StartHelper) -> None:
    """The first may take a while to end; it is waited for and not taken for one that stays."""
    for _ in range(5):
        helper = start_helper()
        assert helper.raw(path="/v1/stop")[0] == 202
        assert running() is None


def test_it_ends_when_nobody_needs_it(start_helper: StartHelper, log: Callable[[], str]) -> None:
    start_helper(idle_minutes=0.02)
    limit = time.monotonic() + 30
    while running() is not None and time.monotonic() < limit:
        time.sleep(0.1)
    assert running() is None
    time.sleep(0.2)
    assert "ending: idle" in log()


def test_the_log_has_addresses_and_no_figures(helper: Helper, workbook: Path, log: Callable[[], str]) -> None:
    for action in ("check_workbook", "next_finding", "next_finding", "fix_safe", "undo_last"):
        assert helper.ask(action, workbook=str(workbook))["outcome"] == "done"
    text = log()
    assert "GK03 支出决算表!E7" in text and "决算公开.xlsx" in text
    for figure in ("667", "676", "407.49", "4074", "17.01", "19.51"):
        assert figure not in text.replace(str(workbook), "")


def test_a_workbook_that_is_not_there_is_said_to_be_none(helper: Helper, tmp_path: Path) -> None:
    for name in ("", "相对.xlsx", str(tmp_path / "没有.xlsx"), "/etc/passwd", str(tmp_path)):
        answer = helper.ask("check_workbook", workbook=name)
        assert answer["outcome"] == "failed" and str(answer["sentence"]).endswith("。"), name


def test_the_command_starts_it_apart_and_ends_it(own_folders: Path, workbook: Path) -> None:
    papers = start()
    try:
        assert papers.pid != os.getpid()
        assert Helper(papers).ask("check_workbook", workbook=str(workbook), mark=False)["outcome"] == "done"
    finally:
        assert stop()
    assert not papers_path().exists()


def test_whoever_started_it_may_end_first_and_says_nothing(own_folders: Path) -> None:
    code = "from gongkai.helper.client import start; print(start().pid)"
    command = [sys.executable, "-X", "dev", "-W", "always::ResourceWarning", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    papers = running()
    try:
        assert papers is not None and papers.pid == int(done.stdout)
        assert "ResourceWarning" not in done.stderr
    finally:
        assert stop()


def test_one_that_was_killed_is_followed_by_another(own_folders: Path) -> None:
    first = start()
    os.kill(first.pid, signal.SIGKILL)
    limit = time.monotonic() + 10
    while running() is not None and time.monotonic() < limit:
        time.sleep(0.05)
    assert read_papers(papers_path()) == first, "what it left behind is still there"
    second = start()
    try:
        assert second.token != first.token
    finally:
        os.kill(second.pid, signal.SIGTERM)
    limit = time.monotonic() + 20
    while papers_path().exists() and time.monotonic() < limit:
        time.sleep(0.05)
    assert not papers_path().exists(), "SIGTERM ends it in order"


def test_papers_that_are_none() -> None:
    path = papers_path()
    path.parent.mkdir(parents=True)
    for content in (
        b"",
        b"[]",
        b'{"port": 1}',
        b'{"port": "1", "token": "a", "pid": 1}',
        b'{"port": 0, "token": "a", "pid": 1}',
        b'{"port": 70000, "token": "a", "pid": 1}',
        '{"port": 1, "token": "密", "pid": 1}'.encode(),
        b'{"port": 1, "token": "a\\r\\nb", "pid": 1}',
    ):
        path.write_bytes(content)
        assert read_papers(path) is None, content
        assert running() is None
    # A file of a helper that is gone: nobody listens there.
    path.write_text(json.dumps({"port": 1, "token": "a", "pid": 1}), encoding="ascii")
    assert read_papers(path) == Papers(1, "a", 1)
    assert running() is None


def test_one_that_cannot_start_is_told(own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(HelperError) as caught:
        start(10)
    assert "没有启动成功" in str(caught.value)


def test_importing_the_client_loads_no_rules() -> None:
    """A window or a command that only asks must not wait for polars."""
    code = "import sys, gongkai.helper.client; print(sorted({'polars', 'pandera', 'highspy', 'lxml'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
