"""Which workbooks are open, and the one a button belongs to. Excel and WPS are stood in for: neither runs here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark, SetValue
from gongkai_workbooks.errors import UnreadableError, WorkbookError
from gongkai_workbooks.libreoffice import bridge_names, connect
from gongkai_workbooks.live import LiveHost, find_book, open_books
from gongkai_workbooks.live.wps import is_wps
from gongkai_workbooks.live.xlwings_import import load_xlwings

from . import memory_engine
from .memory_engine import open_in_memory
from .object_cells import Gone
from .practice import SHEET, write_practice

if TYPE_CHECKING:
    import xlwings

    from .conftest import Opener


@pytest.fixture
def excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> xlwings.App:
    """The engine in memory in the place of Excel's, with two workbooks open."""
    module = load_xlwings()
    app = open_in_memory(write_practice(tmp_path / "甲.xlsx"), write_practice(tmp_path / "乙.xlsx"))
    app.impl.model.workbooks[1].FullName = "https://example.invalid/文档/乙.xlsx"
    monkeypatch.setattr(memory_engine.ENGINE, "apps", [app.impl])
    monkeypatch.setattr(module.engines, "active", module.Engine(impl=memory_engine.ENGINE))
    return app


@pytest.fixture
def wps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A stand-in for pywin32 that knows a running WPS by its registered name; it notes what was asked for."""
    app = open_in_memory(write_practice(tmp_path / "丙.xlsx")).impl.model
    app.Name, app.Path = "WPS 表格", "C:\\Users\\a\\AppData\\Local\\Kingsoft\\WPS Office\\office6"
    asked: list[str] = []

    def running(name: str) -> Any:
        asked.append(name)
        if name != "et.Application":
            raise Gone
        return app

    class App(memory_engine.App):
        def __init__(self, xl: Any, add_book: bool) -> None:
            super().__init__(xl)
            # xlwings asks for the process by way of the window.
            assert self.pid == 0

    class Book(memory_engine.Book):
        def __init__(self, xl: Any) -> None:
            self.model = xl

    windows, pythoncom, client = (
        ModuleType("xlwings._xlwindows"),
        ModuleType("pythoncom"),
        ModuleType("win32com.client"),
    )
    for name, value in {
        "App": App,
        "Book": Book,
        "COMRetryObjectWrapper": lambda inner: inner,
        "N_COM_ATTEMPTS": 0,
    }.items():
        setattr(windows, name, value)
    setattr(pythoncom, "CoInitialize", lambda: None)  # noqa: B010
    setattr(client, "GetActiveObject", running)  # noqa: B010
    for module in (windows, pythoncom, client, ModuleType("win32com")):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    yield asked


def test_workbooks_of_excel_are_told_by_program_and_window(excel: xlwings.App) -> None:
    found = [one for one in open_books() if one.application == "excel"]
    assert [(one.name, one.full_name, one.locator) for one in found] == [
        ("甲.xlsx", "D:\\决算\\甲.xlsx", {"hwnd": 4711}),
        ("乙.xlsx", "https://example.invalid/文档/乙.xlsx", {"hwnd": 4711}),
    ]


def test_the_workbook_of_a_request_is_found_though_another_is_in_front(excel: xlwings.App) -> None:
    assert LiveHost(find_book("excel", "https://example.invalid/文档/乙.xlsx", {"hwnd": 4711})).name == "乙.xlsx"
    assert LiveHost(find_book("excel", "d:\\决算\\甲.XLSX", {})).name == "甲.xlsx"
    # A workbook that was never saved has its name only.
    assert LiveHost(find_book("excel", "甲.xlsx", {"hwnd": 1})).name == "甲.xlsx"
    with pytest.raises(UnreadableError, match=r"^D:\\没有.xlsx：没有找到这个打开着的工作簿"):
        find_book("excel", "D:\\没有.xlsx", {"hwnd": 4711})


def test_a_program_that_is_busy_is_passed_over_in_the_list(excel: xlwings.App, monkeypatch: pytest.MonkeyPatch) -> None:
    excel.impl.model.busy = 10**6
    assert [one for one in open_books() if one.application == "excel"] == []
    excel.impl.model.busy = 0
    assert len([one for one in open_books() if one.application == "excel"]) == 2


def test_a_window_of_excel_without_a_workbook_is_passed_over(
    excel: xlwings.App, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StartPage(memory_engine.App):
        @property
        def api(self) -> Any:
            raise OSError("nothing is handed out")

    monkeypatch.setattr(memory_engine.ENGINE, "apps", [StartPage(excel.impl.model), excel.impl])
    assert len([one for one in open_books() if one.application == "excel"]) == 2


def test_wps_is_reached_by_its_registered_name_and_marked_like_excel(wps: list[str]) -> None:
    (found,) = [one for one in open_books() if one.application == "wps"]
    assert wps == ["Ket.Application", "et.Application"]
    assert (found.name, found.full_name) == ("丙.xlsx", "D:\\决算\\丙.xlsx")
    host = LiveHost(find_book("wps", "D:\\决算\\丙.xlsx", {}))
    cell = CellRef(SHEET, 2, 2)
    values, marks = (SetValue(cell=cell, old=10.5, new=11.5),), (Mark(cell=cell, severity="error", note="一"),)
    applied = host.apply(Edits(values=values, marks=marks))
    assert applied.refused == () and host.read(SHEET).value(2, 2) == 11.5
    assert host.undo(host.kept()[0]) == ()
    assert host.read(SHEET).value(2, 2) == 10.5


def test_wps_that_is_not_running_has_no_workbooks(wps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> Any:
        raise Gone

    monkeypatch.setattr(sys.modules["win32com.client"], "GetActiveObject", none)
    assert [one for one in open_books() if one.application == "wps"] == []
    with pytest.raises(UnreadableError):
        find_book("wps", "丙.xlsx", {})


@pytest.mark.parametrize(
    ("name", "path", "is_it"),
    [
        ("Microsoft Excel", "C:\\Program Files\\Microsoft Office\\root\\Office16", False),
        ("Microsoft Excel", "C:\\Program Files (x86)\\Kingsoft\\WPS Office\\11.1.0\\office6", True),
        ("WPS 表格", "", True),
    ],
)
def test_wps_is_known_also_when_it_answers_to_the_name_of_excel(name: str, path: str, is_it: bool) -> None:
    class Application:
        Name, Path = name, path

    assert is_wps(Application()) is is_it


def test_only_this_machine_is_talked_to() -> None:
    with pytest.raises(WorkbookError, match=r"只能连接本机的 LibreOffice"):
        connect("192.0.2.1")
    for bridge in ("a,name=b", "../x", "a;urp"):
        with pytest.raises(WorkbookError, match="连接参数无效"):
            connect(bridge=bridge)


@pytest.mark.libreoffice
def test_workbooks_of_libreoffice_are_found_by_document(office: xlwings.App, in_office: Opener, tmp_path: Path) -> None:
    one, two = in_office(write_practice(tmp_path / "丁.xlsx")), in_office(write_practice(tmp_path / "戊.xlsx"))
    found = {item.name: item for item in open_books() if item.application == "libreoffice"}
    assert found["丁.xlsx"].full_name == str(tmp_path / "丁.xlsx")
    for book in (one, two):
        locator = found[book.name].locator
        assert find_book("libreoffice", "随便", locator) == book
        assert find_book("libreoffice", book.fullname, {"port": locator["port"]}) == book
    with pytest.raises(UnreadableError):
        find_book("libreoffice", "丁.xlsx", {**found["丁.xlsx"].locator, "document": "0"})
    unsaved = office.books.add()
    host = LiveHost(unsaved)
    assert host.name == unsaved.name and host.read(host.sheets()[0]).rows == []
    assert unsaved.name in {item.full_name for item in open_books()}
    unsaved.close()


@pytest.mark.libreoffice
def test_libreoffice_is_reached_by_the_bridge_that_its_extension_opens(
    extended_office: xlwings.App,
    extended_home: Path,
    in_extended_office: Opener,
    practice: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(extended_home))
    book = in_extended_office(practice)
    name = extended_office.impl.locator["bridge"]
    assert name in bridge_names()
    locator = {"bridge": name, "document": str(book.api.RuntimeUID)}
    # As a helper that has just been started.
    monkeypatch.setattr(extended_office.impl._apps, "_apps", [])
    assert locator in [one.locator for one in open_books()]
    found = find_book("libreoffice", book.fullname, locator)
    assert LiveHost(found).read(SHEET).value(2, 2) == 10.5
    found.app.impl._apps.forget(found.app.impl)
    with pytest.raises(WorkbookError, match="已经关闭"):
        LiveHost(found).read(SHEET)


@pytest.mark.libreoffice
def test_a_workbook_that_was_closed_is_said(in_office: Opener, practice: Path) -> None:
    book = in_office(practice)
    host = LiveHost(book)
    book.close()
    with pytest.raises(WorkbookError, match=r"^练习.xlsx：工作簿或电子表格程序已经关闭"):
        host.read_all()


def test_a_libreoffice_that_is_not_there_is_said() -> None:
    with pytest.raises(WorkbookError, match=r"没有连接到 LibreOffice|没有找到 LibreOffice"):
        connect(port=1)
