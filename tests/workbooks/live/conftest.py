"""Workbooks opened in memory and in a real LibreOffice.

The latter need the program ``soffice`` and its Python part. Without them the tests are passed over on a developer's machine; where
``GONGKAI_REQUIRE_PROGRAMS=1`` is set, as in continuous integration, their absence is a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.libreoffice import connect
from gongkai_workbooks.libreoffice.binding import load_uno
from tests.installer.office import add_extension
from tests.installer.programs import desktop_environment, required

from .memory_engine import workbook_in_memory
from .practice import write_practice

if TYPE_CHECKING:
    import xlwings

Opener = Callable[[Path], "xlwings.Book"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "libreoffice: opens what was written in LibreOffice; needs the program soffice")


@pytest.fixture(scope="session")
def soffice() -> str:
    """The program; the tests that ask for it are passed over without it, or fail."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    missing = "" if program else "soffice is not installed"
    try:
        load_uno()
    except WorkbookError as error:
        missing = missing or str(error)
    if program is None or missing:
        if os.environ.get("GONGKAI_REQUIRE_PROGRAMS") == "1":
            pytest.fail(f"{missing}, and GONGKAI_REQUIRE_PROGRAMS=1 says that it has to be")
        pytest.skip(missing)
    return program


@contextmanager
def running_office(program: str, profile: Path) -> Iterator[tuple[xlwings.App, int]]:
    """A LibreOffice with a user profile and a data folder of its own, so that a running one is not in the way; and its process group."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"]
    accept = f"--accept=socket,host=127.0.0.1,port={port},tcpNoDelay=1;urp;StarOffice.ComponentContext"
    process = subprocess.Popen(
        [program, *options, f"-env:UserInstallation={profile.as_uri()}", accept],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**desktop_environment(), "XDG_DATA_HOME": str(profile.parent)},
        start_new_session=True,
    )
    try:
        yield connect(port=port, wait=90), process.pid
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


@pytest.fixture(scope="session")
def office(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[xlwings.App]:
    """A LibreOffice for all tests."""
    with running_office(soffice, tmp_path_factory.mktemp("libreoffice")) as (app, _):
        yield app
        app.quit()


@pytest.fixture(scope="session")
def extended_home() -> Iterator[Path]:
    """The folder of the LibreOffice with our extension."""
    folder = Path(tempfile.mkdtemp(prefix="gongkai-office-"))  # where everybody can reach it
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def extended_by_socket(soffice: str, extended_home: Path) -> Iterator[xlwings.App]:
    """A LibreOffice with our extension, reached in the same way as one without."""
    required("unopkg")
    add_extension(extended_home)
    with running_office(soffice, extended_home / "profile") as (app, _):
        yield app
        app.quit()


@pytest.fixture(scope="session")
def extended_office(extended_by_socket: xlwings.App, extended_home: Path) -> xlwings.App:
    """The same over its bridge. Here our extension does in LibreOffice's own process what the one without is asked for call by call."""
    with mock.patch.dict(os.environ, {"XDG_DATA_HOME": str(extended_home)}):
        found = connect(bridge=ask_for_bridge(extended_by_socket))
    assert found.impl.messenger.is_inside
    return found


def ask_for_bridge(app: xlwings.App) -> str:
    """The name of the bridge that the extension opens at the first click, asked for without one."""
    way = app.impl.way
    asked = way.struct("com.sun.star.beans.NamedValue", Name="bridge", Value=True)
    errands = way.context.ServiceManager.createInstanceWithContext("gongkai.Errands", way.context)
    return str(errands.execute((asked,)))


@contextmanager
def opening_in(office: xlwings.App, folder: Path) -> Iterator[Opener]:
    """Opens a copy of a workbook in LibreOffice; closed at the end."""
    opened: list[xlwings.Book] = []

    def open_copy(path: Path) -> xlwings.Book:
        copy = path
        if path.parent != folder:
            copy = folder / path.name
            shutil.copy(path, copy)
        opened.append(office.books.open(str(copy)))
        return opened[-1]

    yield open_copy
    for book in opened:
        with suppress(Exception):
            book.close()


@pytest.fixture
def in_office(office: xlwings.App, tmp_path: Path) -> Iterator[Opener]:
    """Opens a copy of a workbook in LibreOffice."""
    assert not office.impl.messenger.is_inside
    with opening_in(office, tmp_path) as opener:
        yield opener


@pytest.fixture
def in_extended_office(extended_office: xlwings.App, tmp_path: Path) -> Iterator[Opener]:
    """The same in one with our extension."""
    with opening_in(extended_office, tmp_path) as opener:
        yield opener


_PLACES = {"libreoffice": "in_office", "extension": "in_extended_office"}


@pytest.fixture(params=["memory", *(pytest.param(place, marks=pytest.mark.libreoffice) for place in _PLACES)])
def opener(request: pytest.FixtureRequest) -> Opener:
    """Opens a workbook: in memory under Excel's object model, then in LibreOffice without and with our extension."""
    if request.param == "memory":
        return workbook_in_memory
    found: Opener = request.getfixturevalue(_PLACES[request.param])
    return found


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A small workbook with formulas, colours, borders, notes, merged, hidden and protected cells."""
    return write_practice(tmp_path / "练习.xlsx")


@pytest.fixture
def book(opener: Opener, practice: Path) -> xlwings.Book:
    """The practice workbook, open."""
    return opener(practice)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that everybody can reach, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="gongkai-office-"))
    yield folder
    shutil.rmtree(folder)
