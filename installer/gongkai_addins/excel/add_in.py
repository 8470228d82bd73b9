"""The add-in file: macros, texts and both ribbons in one package."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from gongkai_addins.archive import archive
from gongkai_addins.buttons import Tab, load_tab, load_texts

from .ribbon import RIBBONS, ribbon
from .vba_project import SHEET_CLASS, WORKBOOK_CLASS, Module, document_module, standard_module, vba_project
from .workbook_parts import SHEET_MODULE, WORKBOOK_MODULE, workbook_parts

ADD_IN_NAME = "gongkai.xlam"
PROJECT_NAME = "Gongkai"

MODULES = (
    "GongkaiRibbon.bas",
    "GongkaiState.bas",
    "GongkaiAnswer.bas",
    "GongkaiHelper.bas",
    "GongkaiText.bas",
    "GongkaiLater.bas",
)
STARTS, DOES_NOT_START = ("GongkaiStart.bas", "GongkaiAlone.bas"), ("GongkaiNoStart.bas",)


def macro_sources(*, start_helper: bool = True) -> dict[str, str]:
    """File name -> text of the macros that go into the add-in.

    With ``start_helper`` the first click starts the helper when it is not running, and where none can be each click is done by a program of its own. Some virus scanners dislike any macro that can start a program; without
    it the add-in only says how to start the helper.
    """
    folder = files("gongkai_addins.excel").joinpath("vba")
    names = (*MODULES, *(STARTS if start_helper else DOES_NOT_START))
    return {name: folder.joinpath(name).read_text(encoding="ascii") for name in names}


def add_in_modules(*, start_helper: bool = True) -> tuple[Module, ...]:
    """The modules of the add-in's macro project."""
    hearing = files("gongkai_addins.excel").joinpath("vba", f"{WORKBOOK_MODULE}.cls").read_text(encoding="ascii")
    documents = (
        document_module(WORKBOOK_MODULE, WORKBOOK_CLASS, hearing),
        document_module(SHEET_MODULE, SHEET_CLASS),
    )
    return (*documents, *map(standard_module, macro_sources(start_helper=start_helper).values()))


def build_add_in(*, start_helper: bool = True) -> bytes:
    """The bytes of ``gongkai.xlam``; the same sources give the same bytes."""
    tab = load_tab()
    ribbons = {part: ribbon(tab, namespace) for part, namespace in RIBBONS.items()}
    macros = vba_project(PROJECT_NAME, add_in_modules(start_helper=start_helper))
    return archive(workbook_parts(sheet_texts(tab), macros, ribbons))


def sheet_texts(tab: Tab) -> Mapping[str, str]:
    """The texts that the macros read: the sentences of their own, and the tips of the buttons that are greyed at times."""
    return load_texts() | {f"tip_{button.action}": button.tip for button in tab.buttons if button.workbook}
