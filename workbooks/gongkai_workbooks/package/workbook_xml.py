"""The workbook part: its sheets and names, and the order to calculate when it is opened."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.etree import _Element

from .opc import Package
from .own_traces import forget_texts, forget_title
from .xml_tree import add, child, children, place, whole

WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames", "calcPr"),
)
_TRUE = ("1", "true", "on")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_OWN_PARTS = ("printerSettings", "comments", "vmlDrawing")


class Sheet(NamedTuple):
    """A tab. ``part`` is ``""`` when it is no worksheet (a chart sheet) or its part is missing."""

    name: str
    part: str
    hidden: bool
    position: int


class DefinedName(NamedTuple):
    """A name of one sheet, such as the range of its filter."""

    name: str
    value: str
    hidden: bool = False


def is_true(value: str | None) -> bool:
    """Whether an attribute of type boolean is set."""
    return value in _TRUE


class Workbook:
    """The workbook part of a package."""

    def __init__(self, package: Package):
        self.package = package
        self.part = package.workbook
        self._sheets: dict[str, Sheet] | None = None

    @property
    def _root(self) -> _Element:
        return self.package.tree(self.part)

    def sheets(self) -> dict[str, Sheet]:
        """All tabs by name, in their order."""
        if self._sheets is None:
            self._sheets = self._read_sheets()
        return self._sheets

    def _read_sheets(self) -> dict[str, Sheet]:
        links = {link.id: link for link in self.package.relationships(self.part)}
        found: dict[str, Sheet] = {}
        for index, element in enumerate(self._sheet_elements()):
            link = links.get(element.get(f"{{{self.package.dialect.relations}}}id", ""))
            usable = link is not None and link.kind == "worksheet" and self.package.has(link.target)
            part = self.package.name_of(link.target) if link is not None and usable else ""
            name = element.get("name", "")
            found.setdefault(name, Sheet(name, part, element.get("state", "visible") != "visible", index))
        return found

    def _sheet_elements(self) -> list[_Element]:
        sheets = child(self._root, "sheets")
        return [] if sheets is None else list(children(sheets, "sheet"))

    @property
    def date1904(self) -> bool:
        """Whether day 0 is 1904-01-01."""
        properties = child(self._root, "workbookPr")
        return properties is not None and is_true(properties.get("date1904"))

    @property
    def structure_locked(self) -> bool:
        """Whether sheets must not be added or removed."""
        protection = child(self._root, "workbookProtection")
        return protection is not None and is_true(protection.get("lockStructure"))

    def has_formulas(self) -> bool:
        """Whether a cell of any sheet holds a formula."""
        return any(
            _FORMULA.search(self.package.read(sheet.part)) is not None for sheet in self.sheets().values() if sheet.part
        )

    def calculate_on_load(self) -> None:
        """Let the spreadsheet program calculate everything when it opens the workbook."""
        root = self.package.edit(self.part)
        properties = child(root, "calcPr")
        if properties is None:
            properties = place(root, "calcPr", _ORDER)
        properties.set("fullCalcOnLoad", "1")

    def forget_calculation_order(self) -> None:
        """Drop the list of all cells with formulas, as of late it would not be right; it is made anew on opening.

        One that names a sheet or a formula which is gone counts as damage.
        """
        for chain in self.package.related(self.part, "calcChain"):
            self.package.remove_relationship(self.part, chain)
            self.package.drop(chain)

    def add_sheet(self, name: str, content: bytes, names: tuple[DefinedName, ...]) -> str:
        """Append a worksheet with its names; returns its part."""
        part = self.package.free_name(self.package.beside_workbook("worksheets/sheet{}.xml"))
        self.package.put(part, content)
        self.package.set_content_type(part, WORKSHEET_TYPE)
        link = self.package.add_relationship(self.part, "worksheet", part)
        self._sheets = None
        root = self.package.edit(self.part)
        elements = self._sheet_elements()
        number = 1 + max((whole(element.get("sheetId")) for element in elements), default=0)
        sheets = child(root, "sheets")
        if sheets is None:
            sheets = place(root, "sheets", _ORDER)
        relations = self.package.dialect.relations
        element = place(sheets, "sheet", ("sheet",), {"r": relations})
        sheets.append(element)
        element.set("name", name)
        element.set("sheetId", str(number))
        element.set(f"{{{relations}}}id", link)
        defined = child(root, "definedNames")
        if defined is None:
            defined = place(root, "definedNames", _ORDER)
        for entry in names:
            attributes = {"name": entry.name, "localSheetId": str(len(elements))}
            if entry.hidden:
                attributes["hidden"] = "1"
            add(defined, "definedName", **attributes).text = entry.value
        return part

    def remove_sheet(self, name: str) -> None:
        """Remove a worksheet, its names, its own parts and what it left elsewhere; later sheets keep theirs."""
        sheet = self.sheets()[name]
        others = [other.part for other in self.sheets().values() if other.part and other.part != sheet.part]
        if sheet.part:
            forget_texts(self.package, self.part, sheet.part, others)
        forget_title(self.package, name)
        self._sheets = None
        root = self.package.edit(self.part)
        sheets = child(root, "sheets")
        if sheets is not None:
            sheets.remove(self._sheet_elements()[sheet.position])
        self._renumber_names(root, sheet.position)
        self._renumber_views(root, sheet.position)
        if not sheet.part:
            return
        if _FORMULA.search(self.package.read(sheet.part)):
            self.forget_calculation_order()
        for kind in _OWN_PARTS:
            for part in self.package.related(sheet.part, kind):
                self.package.drop(part)
        self.package.remove_relationship(self.part, sheet.part)
        self.package.drop(sheet.part)

    def _renumber_names(self, root: _Element, gone: int) -> None:
        names = child(root, "definedNames")
        if names is None:
            return
        for element in list(children(names, "definedName")):
            local = whole(element.get("localSheetId"), -1)
            if local == gone:
                names.remove(element)
            elif local > gone:
                element.set("localSheetId", str(local - 1))
        if len(names) == 0:
            root.remove(names)

    def _renumber_views(self, root: _Element, gone: int) -> None:
        views = child(root, "bookViews")
        for view in () if views is None else children(views, "workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                value = whole(view.get(attribute), -1)
                if value >= gone > 0:
                    view.set(attribute, str(value - 1))

    def sheets_with_name(self, name: str) -> list[str]:
        """The tabs that have a sheet-wide name called ``name``."""
        names = child(self._root, "definedNames")
        elements = [] if names is None else [e for e in children(names, "definedName") if e.get("name") == name]
        positions = [whole(element.get("localSheetId"), -1) for element in elements]
        return [sheet.name for at in positions for sheet in self.sheets().values() if sheet.position == at]
