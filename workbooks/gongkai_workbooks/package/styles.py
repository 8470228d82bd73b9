"""The styles part: cell formats are copied with another fill and border, never changed, so that no other cell alters its look."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence

from lxml.etree import _Element

from gongkai_workbooks.edits import SeverityWord
from gongkai_workbooks.mark_look import MARK_LOOKS, MarkLook

from .archive import DamagedError
from .opc import Package
from .workbook_xml import is_true
from .xml_tree import Content, child, children, content_of, from_text, namespace, parse, place, text_xml, whole

STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
MOST_FORMATS = 65_000
"""Excel takes 65,490 cell formats; more make it drop formats."""

_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
)
_SIDES = ("left", "right", "top", "bottom")
_STRICT_SIDES = {"left": "start", "right": "end"}
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{}"><fonts count="1"><font><sz val="11"/>'
    '<name val="宋体"/><family val="3"/><charset val="134"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
    'borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


class Styles:
    """The cell formats of a workbook. New ones are appended once for each combination asked for."""

    def __init__(self, package: Package):
        self._package = package
        parts = package.related(package.workbook, "styles")
        self.part = parts[0] if parts else ""
        self._made: dict[tuple[int, str, str], int] = {}
        self._mark_parts: dict[tuple[str, str], tuple[int | None, int]] = {}
        self._fills: dict[str, int] = {}
        self._items: dict[str, list[_Element]] = {}
        self._known: dict[str, dict[Content, int]] = {}

    def _root(self) -> _Element:
        if not self.part:
            # Some readers look under this name only.
            usual = self._package.beside_workbook("styles.xml")
            taken = self._package.has(usual)
            self.part = self._package.free_name(self._package.beside_workbook("styles{}.xml")) if taken else usual
            self._package.put(self.part, _EMPTY.format(self._package.dialect.main).encode())
            self._package.set_content_type(self.part, STYLES_TYPE)
            self._package.add_relationship(self._package.workbook, "styles", self.part)
        return self._package.tree(self.part)

    def _list(self, name: str) -> list[_Element]:
        """The children of a collection such as ``fills``; kept, because asking lxml for one by index walks the list."""
        if name not in self._items:
            collection = child(self._root(), name)
            self._items[name] = [] if collection is None else list(children(collection, _ITEMS[name]))
        return self._items[name]

    def append(self, name: str, element: _Element) -> int:
        """Add an element to a collection; returns its index."""
        self._add(name, [element])
        return len(self._list(name)) - 1

    def extend(self, new: Mapping[str, Sequence[str]]) -> None:
        """Add elements, given as XML without namespace, to collections: read in one piece, which is faster than one by one."""
        pieces = [f"<{name}>{''.join(items)}</{name}>" for name, items in new.items()]
        for name, collection in zip(new, self._read(f"<styleSheet>{''.join(pieces)}</styleSheet>"), strict=True):
            if len(collection):
                self._add(name, list(collection))

    def _add(self, name: str, elements: list[_Element]) -> None:
        items = self._list(name)
        if name == "cellXfs" and len(items) + len(elements) > MOST_FORMATS:
            raise DamagedError("单元格格式过多")
        root = self._package.edit(self.part)
        collection = child(root, name)
        if collection is None:
            collection = place(root, name, _ORDER)
        collection.extend(elements)
        items += elements
        if "count" in collection.attrib:
            collection.set("count", str(len(items)))

    def _read(self, xml: str) -> _Element:
        """An element given as XML without namespace."""
        start = xml.index(">")
        return parse(f'{xml[:start]} xmlns="{namespace(self._root())}"{xml[start:]}'.encode())

    def count(self, name: str) -> int:
        """How many elements a collection has."""
        return len(self._list(name))

    def new(self, name: str) -> _Element:
        """An element for a collection, not yet added to it."""
        root = self._root()
        return root.makeelement(f"{{{namespace(root)}}}{_ITEMS[name]}")

    def _format(self, index: int) -> _Element:
        formats = self._list("cellXfs")
        if not formats:
            self.append("cellXfs", self.new("cellXfs"))
        return formats[index] if index < len(formats) else formats[0]

    def locked(self, index: int) -> bool:
        """Whether a cell of that format is locked when its sheet is protected."""
        protection = child(self._format(index), "protection")
        return protection is None or is_true(protection.get("locked", "1"))

    def fill(self, index: int) -> _Element | None:
        """The fill of a format, ``None`` when it has none."""
        return self._pointed(index, "fills", "fillId")

    def border(self, index: int) -> _Element | None:
        """The border of a format, ``None`` when it has none."""
        return self._pointed(index, "borders", "borderId")

    def _pointed(self, index: int, name: str, attribute: str) -> _Element | None:
        number = whole(self._format(index).get(attribute))
        items = self._list(name)
        return items[number] if number < len(items) else None

    def marked(self, index: int, severity: SeverityWord) -> int:
        """The format ``index`` with the look of a mark."""
        key = (index, "mark", severity)
        if key not in self._made:
            look = MARK_LOOKS[severity]
            border = self._format(index).get("borderId", "0")
            if (severity, border) not in self._mark_parts:
                fill = self._mark_fill(look.fill) if look.fill else None
                box = self.append("borders", self._boxed(self.border(index), look))
                self._mark_parts[severity, border] = (fill, box)
            self._made[key] = self.append("cellXfs", self._variant(index, *self._mark_parts[severity, border]))
        return self._made[key]

    def _mark_fill(self, colour: str) -> int:
        if colour not in self._fills:
            self._fills[colour] = self.append("fills", self._read(solid_fill(colour)))
        return self._fills[colour]

    def with_parts(self, index: int, fill: str | None, border: str | None) -> int:
        """The format ``index`` with the fill and border given as ``text_xml`` wrote them; ``None`` leaves one alone."""
        key = (index, fill or "-", border or "-")
        if key not in self._made:
            main = namespace(self._root())
            numbers = [
                None if xml is None else self.find_or_append(name, from_text(xml, main) if xml else self.new(name))
                for xml, name in ((fill, "fills"), (border, "borders"))
            ]
            self._made[key] = self.find_or_append("cellXfs", self._variant(index, numbers[0], numbers[1]))
        return self._made[key]

    def _variant(self, index: int, fill: int | None, border: int | None) -> _Element:
        """The format ``index`` with the fill and border of those numbers; ``None`` leaves one alone."""
        wanted = copy.deepcopy(self._format(index))
        wanted.tail = None
        for attribute, apply, number in (("fillId", "applyFill", fill), ("borderId", "applyBorder", border)):
            if number is not None:
                wanted.set(attribute, str(number))
                if number or apply in wanted.attrib:
                    wanted.set(apply, "1" if number else "0")
        return wanted

    def find_or_append(self, name: str, element: _Element) -> int:
        """The index of an equal element of a collection, which is added when there is none.

        Only for taking back, where the old element is likely there; marks add theirs without a search.
        """
        items = self._list(name)
        if name not in self._known:
            # Backwards, so that of equal ones the first remains.
            self._known[name] = {content_of(items[at]): at for at in range(len(items) - 1, -1, -1)}
        known = self._known[name]
        content = content_of(element)
        if content not in known:
            known[content] = self.append(name, element)
        return known[content]

    def first_font(self) -> _Element | None:
        """The font of the workbook's default format."""
        return next(iter(self._list("fonts")), None)

    def sides_in(self, border: str) -> dict[str, tuple[str, str]]:
        """The sides of a border given as ``text_xml`` wrote it, ``""`` for none."""
        return sides_of(from_text(border, namespace(self._root())) if border else None)

    def side_names(self) -> Mapping[str, str]:
        """How the four sides of a border are called in this workbook."""
        return _side_names(None, namespace(self._root()))

    def _boxed(self, old: _Element | None, look: MarkLook) -> _Element:
        """A border with all four sides of the mark; diagonals of the old one stay."""
        names = _side_names(old, namespace(self._root()))
        border = self._read(box(names.values(), look.side, look.colour))
        if old is not None:
            drawn = {side.tag for side in border}
            border.extend(copy.deepcopy(element) for element in old if element.tag not in drawn)
            for attribute, value in old.attrib.items():
                border.set(attribute, value)
        return border


def solid_fill(colour: str) -> str:
    """A solid fill of six hexadecimal digits, as XML without namespace."""
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'


def box(sides: Iterable[str], style: str, colour: str, rest: str = "") -> str:
    """A border with those sides, all of one style and colour, as XML without namespace."""
    drawn = "".join([f'<{side} style="{style}"><color rgb="FF{colour}"/></{side}>' for side in sides])
    return f"<border>{drawn}{rest}</border>"


_ITEMS = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf", "numFmts": "numFmt"}


def _side_names(old: _Element | None, main: str) -> Mapping[str, str]:
    """How the four sides are called here: the strict format says start and end."""
    strict = "purl.oclc.org" in main
    if old is not None and len(old):
        strict = child(old, "start") is not None
    return {side: _STRICT_SIDES.get(side, side) if strict else side for side in _SIDES}


def fill_colour(fill: _Element | None) -> str:
    """The six hexadecimal digits of a solid fill, ``""`` for any other fill."""
    pattern = None if fill is None else child(fill, "patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    return _rgb(child(pattern, "fgColor"))


def sides_of(border: _Element | None) -> dict[str, tuple[str, str]]:
    """Style and colour (six hexadecimal digits or ``""``) of each side of a border."""
    found: dict[str, tuple[str, str]] = {}
    for side in _SIDES:
        element = None
        if border is not None:
            element = child(border, side)
            element = child(border, _STRICT_SIDES.get(side, side)) if element is None else element
        style = "none" if element is None else element.get("style", "none")
        found[side] = (style, "" if element is None else _rgb(child(element, "color")))
    return found


def with_sides(current: _Element | None, old_xml: str, sides: set[str], main: str) -> str:
    """``current`` with the given sides taken from the border ``old_xml``, as text."""
    old = from_text(old_xml, main) if old_xml else None
    if sides == set(_SIDES) and old is not None:
        return old_xml
    border = from_text(text_xml(current), main) if current is not None else None
    if border is None:
        return old_xml
    for side in sides:
        for name in (side, _STRICT_SIDES.get(side, side)):
            present = child(border, name)
            source = child(old, name) if old is not None else None
            if present is None:
                continue
            for attribute in list(present.attrib):
                del present.attrib[attribute]
            for element in list(present):
                present.remove(element)
            if source is not None:
                present.attrib.update(dict(source.attrib))
                present.extend(copy.deepcopy(element) for element in source)
    return text_xml(border)


def _rgb(colour: _Element | None) -> str:
    return "" if colour is None else colour.get("rgb", "")[-6:].upper()
