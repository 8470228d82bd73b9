"""A spreadsheet program, or the helper, that is killed while it writes into an open workbook: with a real LibreOffice."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlwings

from gongkai.desk.begun import FOLDER
from gongkai.helper.client import call, running, start, stop
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.edits import JOURNAL_SHEET, RESULTS_SHEET
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.libreoffice import connect
from gongkai_workbooks.libreoffice.binding import load_uno
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.user_folders import data_home
from tests.installer.office import add_extension
from tests.installer.programs import absent, desktop_environment, one_at_a_time, required
from tests.plugin.desk.test_correcting import TEXT02
from tests.workbooks.live.conftest import ask_for_bridge
from tests.workbooks.live.state import state_of

from .conftest import Helper, StartHelper

PATIENCE = 60.0
LATE = 5.0


class Office:
    """A LibreOffice that can be killed and started again, with our extension or without."""

    def __init__(self, folder: Path, extended: bool) -> None:
        self._program = required("soffice", "libreoffice")
        try:
            load_uno()
        except WorkbookError as error:
            absent(str(error))
        self._profile = folder / "profile"
        self._extended = extended
        if extended:
            add_extension(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    def open(self, path: Path) -> xlwings.Book:
        options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"]
        accept = f"--accept=socket,host=127.0.0.1,port={self.port},tcpNoDelay=1;urp;StarOffice.ComponentContext"
        self._process = subprocess.Popen(
            [self._program, *options, f"-env:UserInstallation={self._profile.as_uri()}", accept],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=desktop_environment(),
            start_new_session=True,
        )
        return connect(port=self.port, wait=90).books.open(str(path))

    def locator(self) -> dict[str, str | int]:
        """How the helper finds it; the test itself looks on through the socket."""
        return {"bridge": ask_for_bridge(connect(port=self.port))} if self._extended else {"port": self.port}

    def kill(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(30)
            self._process = None


@pytest.fixture(params=[False, True], ids=["socket", "bridge"])
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    folder = Path(tempfile.mkdtemp(prefix="gongkai-office-"))  # where everybody can reach it
    with one_at_a_time("soffice"):
        made = Office(folder, request.param)
        yield made
        made.kill()
    shutil.rmtree(folder)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "决算公开.xlsx"
    shutil.copyfile(data_folder("samples") / "示例-有错误.xlsx", path)
    return path


@contextmanager
def helper_at_work() -> Iterator[Helper]:
    papers = start()
    try:
        yield Helper(papers)
    finally:
        if running() == papers:
            os.kill(papers.pid, signal.SIGTERM)
            until(lambda: running() is None)


def until(reached: Callable[[], object]) -> None:
    limit = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < limit
        time.sleep(0.002)


def until_writing(helper: Helper) -> None:
    """Wait until something was begun; or was begun and ended, where this process had to wait so long for its turn that it saw nothing of it."""
    late = time.monotonic() + LATE
    until(lambda: writing() or (time.monotonic() > late and helper.status()["state"] == "idle"))


def everything(book: xlwings.Book) -> object:
    """The values of all sheets, and of one of them all that a user sees: that of nine takes a LibreOffice ten seconds."""
    return tuple(book.sheet_names), LiveHost(book).read_all(), state_of(book, TEXT02.sheet)


def writing() -> bool:
    """Whether something was begun and has not ended."""
    return any((data_home() / FOLDER).glob("*.json"))


def test_a_helper_that_is_killed_while_it_corrects_and_marks(
    office: Office, path: Path, start_helper: StartHelper
) -> None:
    book = office.open(path)
    before = everything(book)
    means = {"workbook": str(path), "application": "libreoffice", "locator": office.locator()}
    first = book.sheets[TEXT02.sheet][TEXT02.a1]
    told = []
    moments: dict[str, Callable[[], object]] = {
        "recorded": lambda: True,
        "journal kept": lambda: JOURNAL_SHEET in book.sheet_names,
        "first cell": lambda: first.value == 17.01,
        "marked": lambda: RESULTS_SHEET in book.sheet_names,
    }
    for moment, reached in moments.items():
        with helper_at_work() as helper:
            assert helper.ask("check_workbook", mark=False, **means)["outcome"] == "done"
            call(helper.papers, "POST", "fix_safe", means)
            until_writing(helper)
            until(reached)
            os.kill(helper.papers.pid, signal.SIGKILL)
            until(lambda: running() is None)
        helper = start_helper()
        answer = helper.ask("check_workbook", mark=False, **means)
        told.append(str(answer["sentence"]))
        assert answer["outcome"] == "done", told[-1]
        while helper.ask("undo_last", mark=False, **means)["outcome"] == "done":
            pass
        helper.ask("clear_marks", **means)
        assert stop()
        assert not writing()
        assert everything(book) == before, moment
    errors = [int(found[1]) for found in map(re.compile("错误 ([0-9]+)").search, told) if found]
    assert len(errors) == len(moments) and errors[0] > errors[-1], told


def test_a_libreoffice_that_is_killed_while_it_is_written_into(office: Office, path: Path) -> None:
    original = path.read_bytes()
    book = office.open(path)
    before = everything(book)
    with helper_at_work() as helper:
        for seconds in (0.0, 0.1):
            means = {"workbook": str(path), "application": "libreoffice", "locator": office.locator()}
            call(helper.papers, "POST", "fix_safe", means)
            until(writing)
            time.sleep(seconds)
            office.kill()
            until(lambda: helper.status()["state"] == "idle")
            last = helper.status()["last"]
            assert isinstance(last, dict)
            assert last["outcome"] == "failed" and "关闭" in str(last["sentence"]), last
            # What was not saved is gone with the program; the file is what it was, and the helper works on.
            assert path.read_bytes() == original
            path.with_name(f".~lock.{path.name}#").unlink(missing_ok=True)
            book = office.open(path)
            assert everything(book) == before
            means["locator"] = office.locator()
            answer = helper.ask("check_workbook", mark=False, **means)
            assert answer["outcome"] == "done" and "中断" not in str(answer["sentence"])
            assert not writing()
