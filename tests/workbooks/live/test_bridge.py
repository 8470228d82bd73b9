"""The bridge between any Python and the objects of LibreOffice, and those who have no business on it."""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.libreoffice import bridge_names, connect
from gongkai_workbooks.libreoffice.bridge import FOLDER, Bridge, RaisedError, Struct, open_bridge
from gongkai_workbooks.libreoffice.errands.document import Document
from gongkai_workbooks.libreoffice.messenger import Messenger
from gongkai_workbooks.libreoffice.way import Way
from gongkai_workbooks.live import GoneError, LiveHost

from .conftest import Opener, ask_for_bridge, running_office
from .practice import SHEET

if TYPE_CHECKING:
    import xlwings

pytestmark = pytest.mark.libreoffice
WITHOUT_UNO = """\
import sys
import time
from gongkai_workbooks.live import LiveHost, find_book
book = find_book("libreoffice", sys.argv[1], {"bridge": sys.argv[2], "document": sys.argv[3]})
print(LiveHost(book).read("收入").value(2, 2), {"uno", "pyuno"} & set(sys.modules) or "none")
"""


@pytest.fixture
def place(extended_office: xlwings.App, extended_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which LibreOffice left word of its bridge; programs look for it in the same place as LibreOffice does."""
    monkeypatch.setenv("XDG_DATA_HOME", str(extended_home))
    return extended_home / "gongkai" / FOLDER / f"{extended_office.impl.locator['bridge']}.json"


@pytest.fixture
def bridge(place: Path) -> Iterator[Bridge]:
    """A connection of its own."""
    with closing(open_bridge(place.stem)) as found:
        yield found


def first_words(place: Path, *lines: bytes) -> bytes:
    """What a stranger hears who sends these lines, after the greeting."""
    port = json.loads(place.read_bytes())["port"]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as stranger, stranger.makefile("rb") as heard:
        assert len(heard.readline()) == 33
        for line in lines:
            stranger.sendall(line)
        return heard.read()


def test_the_key_is_the_users_alone(place: Path) -> None:
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (place.parent, place.parent.parent)] == [0o700, 0o700]


def test_another_python_needs_nothing_of_libreoffice(place: Path, in_extended_office: Opener, practice: Path) -> None:
    book = in_extended_office(practice)
    command = [sys.executable, "-c", WITHOUT_UNO, str(practice), place.stem, str(book.api.RuntimeUID)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["10.5", "none"]


@pytest.mark.parametrize(
    "lines",
    [
        (b"POST /v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",),
        (b"0" * 32 + b" " + b"0" * 64 + b"\n", b'["call", 0, "getServiceManager", [], []]\n'),
        (b'["get", 0, "ServiceManager", [], []]\n',),
        (b"\xff" * 100_000,),
        (b"\n",),
    ],
)
def test_who_does_not_know_the_key_hears_nothing(place: Path, lines: tuple[bytes, ...]) -> None:
    with suppress(ConnectionResetError):  # more was sent than was read
        assert first_words(place, *lines) == b""


def test_who_says_nothing_is_in_nobodys_way(place: Path) -> None:
    port = json.loads(place.read_bytes())["port"]
    silent = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(30)]
    try:
        with closing(open_bridge(place.stem)) as bridge:
            assert bridge.context.ServiceManager.getAvailableServiceNames()
    finally:
        for each in silent:
            each.close()


def test_too_many_are_sent_away_and_nothing_is_lost(place: Path) -> None:
    port = json.loads(place.read_bytes())["port"]
    silent = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(80)]
    try:
        with pytest.raises(ConnectionError):
            open_bridge(place.stem)
    finally:
        for each in silent:
            each.close()
    assert place.exists()
    for _ in range(100):
        try:
            open_bridge(place.stem).close()
            break
        except ConnectionError:
            time.sleep(0.1)
    else:
        pytest.fail("the bridge stays closed")


def test_a_stranger_at_the_port_of_a_bridge_is_told_from_it(place: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        other = place.with_name("0" * 32 + ".json")
        other.write_text(json.dumps({"port": stranger.getsockname()[1], "key": "a"}))
        program = (
            "import socket, sys; heard = socket.socket(fileno=int(sys.argv[1])).accept()[0];"
            "heard.sendall(b'0' * 32 + b'\\n'); heard.recv(999); heard.sendall(b'0' * 64 + b'\\n'); heard.recv(9)"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program, str(stranger.fileno())], pass_fds=[stranger.fileno()]
        ) as process:
            with pytest.raises(ConnectionRefusedError):
                open_bridge(other.stem)
            process.wait(20)
    assert not other.exists()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"port": "x", "key": "a"}', '{"port": 1, "key": "a"}'])
def test_a_file_that_leads_nowhere_is_said(place: Path, content: str) -> None:
    other = place.with_name("1" * 32 + ".json")
    other.write_text(content)
    with pytest.raises(WorkbookError, match="没有连接到 LibreOffice"):
        connect(bridge=other.stem)
    other.unlink(missing_ok=True)


def test_what_is_asked_wrongly_is_answered_and_the_next_is_answered_too(bridge: Bridge) -> None:
    context = bridge.context
    with pytest.raises(RaisedError, match="__class__"):
        bridge.ask("get", context, "__class__")
    with pytest.raises(RaisedError, match="not to be asked for"):
        bridge.ask("import", context, "os")
    with pytest.raises(RaisedError):
        context.noSuchMethod()
    with pytest.raises(RaisedError):
        context.ServiceManager.createInstanceWithContext({"struct": "no.such.Type", "fields": {}}, context)
    with pytest.raises(TypeError):
        context.ServiceManager.createInstanceWithContext(object(), context)
    assert context.ServiceManager.getAvailableServiceNames()


def test_values_cross_as_they_are(bridge: Bridge, place: Path) -> None:
    context = bridge.context
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = Struct("com.sun.star.beans.PropertyValue", Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (hidden,))
    try:
        cells = document.getSheets().getByIndex(0).getCellRangeByPosition(0, 0, 1, 1)
        cells.setDataArray(((1.5, "甲\n“乙”\U00020000"), (-0.0, "")))
        assert cells.getDataArray() == ((1.5, "甲\n“乙”\U00020000"), (0.0, ""))
        address = cells.getRangeAddress()
        assert (address.StartColumn, address.EndRow) == (0, 1)
        cells.CellBackColor = 0xFFC7CE
        assert cells.CellBackColor == 0xFFC7CE and isinstance(cells.CellBackColor, int)
        assert cells.HoriJustify == "STANDARD"
        assert document.getCurrentSelection() is not None and document.getURL() == ""
        with closing(open_bridge(place.stem)) as other, pytest.raises(ValueError, match="another LibreOffice"):
            other.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    finally:
        document.close(True)
    with pytest.raises((ConnectionError, RaisedError)):
        cells.getDataArray()


def test_objects_that_nobody_needs_are_let_go(bridge: Bridge) -> None:
    context = bridge.context
    first = context.ServiceManager
    number = first._number
    del first
    gc.collect()
    assert number in bridge.gone
    assert context.ServiceManager is not None
    assert number not in bridge.gone
    bridge.gone.clear()


def test_a_libreoffice_that_is_gone_is_not_taken_for_one_with_another_extension(bridge: Bridge) -> None:
    way = Way(
        address="",
        locator={},
        context=bridge.context,
        struct=Struct,
        needs_extension=True,
        close=bridge.close,
    )
    bridge.close()
    with pytest.raises(ConnectionError):
        Messenger(way).send("notes", Document(None), SHEET, [])


def test_a_libreoffice_that_ends_takes_its_bridge_along(
    soffice: str, home: Path, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.installer.office import add_extension

    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    add_extension(home)
    with running_office(soffice, home / "profile") as (app, group):
        name = ask_for_bridge(app)
        assert bridge_names() == (name,)
        host = LiveHost(connect(bridge=name).books.open(str(practice)))
        host.read(SHEET)
        app.quit()
        with pytest.raises(GoneError, match="已经关闭"):
            host.read_all()
        assert bridge_names() == ()
    with running_office(soffice, home / "profile") as (app, group):
        name = ask_for_bridge(app)
        host = LiveHost(connect(bridge=name).books.open(str(practice)))
        os.killpg(group, signal.SIGKILL)
        with pytest.raises(GoneError, match="已经关闭"):
            host.read_all()
        assert bridge_names() == (name,)
        end = time.monotonic() + 20
        while bridge_names() and time.monotonic() < end:  # it takes a moment to die
            with pytest.raises(WorkbookError, match="没有连接到 LibreOffice"):
                connect(bridge=name)
        assert bridge_names() == ()
