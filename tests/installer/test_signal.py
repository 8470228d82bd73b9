"""What the extension says to the helper, against a helper that only writes down what it hears."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from gongkai.helper.papers import papers_path
from gongkai_workbooks.data_folder import data_folder

SOURCE = Path(__file__).parents[2] / "installer/gongkai_addins/libreoffice/component/pythonpath/gongkai_signal.py"


@pytest.fixture
def signals() -> ModuleType:
    spec = spec_from_file_location("gongkai_signal", SOURCE)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Helper(HTTPServer):
    """Replies to everything with ``status`` and ``content``, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Listener)
        self.status, self.content = 202, b'{"number": 7}'
        self.old = False
        """One from before an answer could be waited for."""

        self.seconds = 0.0
        """How long it thinks before it replies."""

        self.heard: list[tuple[str, str, str | None, object]] = []


class Listener(BaseHTTPRequestHandler):
    server: Helper

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.heard.append(
            (self.command, self.path, self.headers.get("X-Gongkai-Token"), json.loads(body) if body else None)
        )
        time.sleep(self.server.seconds)
        self.send_response(404 if self.server.old and "awaited" in self.path else self.server.status)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        self.wfile.write(self.server.content)

    do_GET = do_POST  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "gongkai").mkdir()
    return tmp_path / "gongkai"


@pytest.fixture
def helper(home: Path) -> Iterator[Helper]:
    with Helper() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (home / "helper.json").write_text(json.dumps({"port": server.server_port, "token": "a token", "pid": 1}))
        yield server
        server.shutdown()


@pytest.mark.parametrize("place", ["/data", "not/absolute", "", None])
def test_the_helper_is_looked_for_where_it_leaves_word(
    signals: ModuleType, monkeypatch: pytest.MonkeyPatch, place: str | None
) -> None:
    if place is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", place)
    assert signals.data_home() / "helper.json" == papers_path()


def test_an_action_goes_to_the_helper_with_its_token(signals: ModuleType, helper: Helper) -> None:
    request = {"workbook": "/家/公开 表.xlsx", "sheet": "公开01", "cell": "F12"}
    assert signals.signal("check_workbook", request) == (202, {"number": 7})
    assert helper.heard == [("POST", "/v1/check_workbook", "a token", request)]


@pytest.mark.parametrize(
    ("status", "content", "reply"),
    [
        (403, '{"error": "口令不符。"}'.encode(), (403, {"error": "口令不符。"})),
        (500, b"<html>", (500, {})),
        (202, b"[1]", (202, {})),
        (202, b"\xff", (202, {})),
    ],
)
def test_whatever_the_helper_replies_is_understood(
    signals: ModuleType, helper: Helper, status: int, content: bytes, reply: tuple[int, dict[str, str]]
) -> None:
    helper.status, helper.content = status, content
    assert signals.signal("doctor", {}) == reply


@pytest.mark.parametrize(
    "paper", [None, "", "no json", "[]", '{"port": "x", "token": ""}', '{"port": 1, "token": "t"}']
)
def test_without_a_helper_nobody_replies(signals: ModuleType, home: Path, paper: str | None) -> None:
    if paper is not None:
        (home / "helper.json").write_text(paper)
    assert signals.signal("doctor", {}).status == signals.NOBODY
    assert not signals.listening()
    assert signals.answer(1) is None


def test_an_answer_is_waited_for(signals: ModuleType, helper: Helper) -> None:
    helper.status, helper.content = 200, json.dumps({"last": None}).encode()

    def finish() -> None:
        helper.content = json.dumps({"last": {"number": 7, "outcome": "done", "sentence": "好"}}).encode()

    timer = threading.Timer(0.5, finish)
    timer.start()
    assert signals.answer(7) == {"number": 7, "outcome": "done", "sentence": "好"}
    timer.join()
    assert len(helper.heard) > 1
    assert signals.answer(6) == {}


@pytest.mark.parametrize("old", [False, True])
def test_a_helper_that_knows_nothing_of_an_action_is_not_waited_for(
    signals: ModuleType, helper: Helper, old: bool
) -> None:
    helper.status, helper.old = 200, old
    helper.content = json.dumps({"state": "idle", "done": [1], "last": {"number": 1}}).encode()
    assert signals.answer(7) is None


def test_an_answer_comes_from_an_older_helper_too(signals: ModuleType, helper: Helper) -> None:
    helper.status, helper.old = 200, True
    helper.content = json.dumps({"state": "idle", "last": {"number": 7, "outcome": "done"}}).encode()
    assert signals.answer(7)["outcome"] == "done"


def test_a_helper_that_says_nothing_is_told_from_one_that_is_not_there(
    signals: ModuleType, helper: Helper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals, "TIMEOUT", 0.1)
    helper.seconds = 0.5
    assert signals.signal("undo_last", {}).status == signals.LATE
    assert signals.LATE != signals.NOBODY


def test_a_change_of_mind_is_told(signals: ModuleType, helper: Helper) -> None:
    signals.cancel()
    assert helper.heard == [("POST", "/v1/cancel", "a token", {})]


def test_the_end_of_the_helper_is_waited_for(signals: ModuleType, helper: Helper, home: Path) -> None:
    helper.status = 200
    waiting = threading.Thread(target=signals.await_end)
    waiting.start()
    time.sleep(0.3)
    assert waiting.is_alive()
    (home / "helper.json").unlink()
    waiting.join(10)
    assert not waiting.is_alive()


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script of the shell")
def test_the_command_starts_the_helper_apart_from_libreoffice_python(
    signals: ModuleType, helper: Helper, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    helper.status = 200
    paper = (home / "helper.json").read_text()
    (home / "helper.json").unlink()
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "gongkai").write_text(
        f'#!/bin/sh\necho "$@" "${{PYTHONPATH-none}}" "${{PYTHONHOME-none}}" > {tmp_path}/called\nsleep 0.3\nprintf \'{paper}\' > {home}/helper.json\n'
    )
    (programs / "gongkai").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin:/bin")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    assert signals.start()
    assert (tmp_path / "called").read_text().split() == ["helper", "run", "none", "none"]


@pytest.mark.skipif(sys.platform == "win32", reason="starts a program of the system")
def test_a_helper_that_ends_at_once_is_not_waited_for(
    signals: ModuleType, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals, "start_command", lambda: ["/bin/false"])
    begin = time.monotonic()
    assert not signals.start()
    assert time.monotonic() - begin < signals.PATIENCE / 2


def test_where_no_command_is_known_nothing_is_started(
    signals: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert signals.start_command() is None
    assert not signals.start()


@pytest.mark.skipif(sys.platform == "win32", reason="starts a program of the system")
def test_a_helper_that_cannot_be_is_not_started_at_every_click(
    signals: ModuleType, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    monkeypatch.setattr(signals, "start_command", lambda: ["/bin/sh", "-c", f"echo once >> {started}; exit 2"])
    assert not signals.start() and not signals.start()
    assert started.read_text() == "once\n"
    monkeypatch.setattr(signals, "IN_VAIN", 0)
    signals._resting[0] = time.monotonic()
    assert not signals.start()
    assert started.read_text() == "once\nonce\n"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path in which ``gongkai`` is to be."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin:/bin")
    return folder


def program(folder: Path, text: str) -> None:
    (folder / "gongkai").write_text(f"#!/bin/sh\n{text}\n")
    (folder / "gongkai").chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script of the shell")
def test_without_a_helper_a_program_checks_a_workbook_and_answers(
    signals: ModuleType, home: Path, tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = Path(shutil.copyfile(data_folder("samples") / "示例-有错误.xlsx", tmp_path / "决算.xlsx"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")  # LibreOffice's own
    program(programs, f'exec "{sys.executable}" -m gongkai "$@"')
    assert not signals.listening()
    answer = signals.alone("check_workbook", {"workbook": str(workbook), "mark": False})
    assert (answer["outcome"], answer["counts"]["error"]) == ("done", 5)
    assert "undo_last" in answer["greyed"]
    answer = signals.alone("fix_selected", {"workbook": str(workbook), "sheet": "GK03 支出决算表", "cell": "A1"})
    assert answer["outcome"] == "refused" and answer["sentence"]


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script of the shell")
@pytest.mark.parametrize("said", ["", "exit 2", "echo no json", "echo '[1]'", "cat > /dev/null; printf '\\377'"])
def test_a_program_that_ends_without_an_answer_is_told_from_one(
    signals: ModuleType, home: Path, programs: Path, said: str
) -> None:
    program(programs, said)
    assert signals.alone("doctor", {}) is None


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script of the shell")
def test_a_program_that_does_not_end_is_ended(
    signals: ModuleType, home: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(programs, "exec sleep 60")
    monkeypatch.setattr(signals, "LONGEST", 0.3)
    begin = time.monotonic()
    assert signals.alone("doctor", {}) is None
    assert time.monotonic() - begin < 30


def test_where_no_command_is_known_no_click_is_done(
    signals: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(OSError, match="no program"):
        signals.alone("doctor", {})


def test_a_program_that_pip_put_into_the_home_folder_is_found(
    signals: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = tmp_path / ".local" / "bin" / "gongkai"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/nowhere")
    assert signals.start_command() == [str(program), "helper", "run"]
    assert signals.click_command() == [str(program), "helper", "click"]
