"""What one cell holds: read from its XML, compared with a value, written."""

from __future__ import annotations

import datetime
import json
import math
import re
from typing import NamedTuple

from lxml.etree import _Element

from gongkai_workbooks.grid import CellValue

from .archive import DamagedError
from .opc import Package
from .xml_tree import add, child, children, from_text, local_name, namespace, text_xml, whole

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPE_AHEAD = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Its first letter alone: the last of one may be the first of the next."""
ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY_SECONDS = 86_400.0
_NEARLY = 1e-8
"""A date is stored as days in a float; a hundredth of a millisecond tells two apart."""


class Stored(NamedTuple):
    """The content of a cell as the file holds it.

    ``kind`` is ``blank``, ``number``, ``text``, ``bool``, ``error`` or ``date``; ``text`` is the number as written there, the
    text without its formatting, and so on. ``rich`` is the XML of a text whose characters are formatted. A program that had the workbook open may
    have recorded a ``formula``, with ``=`` and as it spells it, and as ``result`` the number that it gave.
    """

    kind: str
    text: str = ""
    rich: str = ""
    result: str = ""

    def to_json(self) -> str:
        """The form kept in the journal."""
        fields = {name: text for name, text in self._asdict().items() if text or name != "result"}
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Stored:
        """What ``to_json`` wrote. Raises ``DamagedError``."""
        try:
            fields = json.loads(text)
            kind, content, rich = (str(fields[name]) for name in ("kind", "text", "rich"))
            return cls(kind, content, rich, str(fields.get("result", "")))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise DamagedError("校验记录有误") from None


class SharedStrings:
    """The table of shared strings; read when a cell first asks for one."""

    def __init__(self, package: Package):
        self._package = package
        self._items: list[_Element] | None = None

    def item(self, index: int) -> _Element | None:
        """The string of that number, ``None`` when the table has none."""
        if self._items is None:
            parts = self._package.related(self._package.workbook, "sharedStrings")
            self._items = list(children(self._package.tree(parts[0]), "si")) if parts else []
        return self._items[index] if 0 <= index < len(self._items) else None


def plain_text(item: _Element) -> str:
    """The text of a string item without formatting and without reading aids, escapes resolved."""
    pieces = []
    for element in item:
        if local_name(element) == "t":
            pieces.append(element.text or "")
        elif local_name(element) == "r":
            run = child(element, "t")
            pieces.append((run.text or "") if run is not None else "")
    return unescape("".join(pieces))


def unescape(text: str) -> str:
    """Text with the escapes ``_x000D_`` of the file format resolved."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def escape(text: str) -> str:
    """Text as the file format wants it: characters that XML cannot hold become ``_x001F_``."""
    text = _ESCAPE_AHEAD.sub("_x005F_", text) if "_x" in text else text
    return ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def read_cell(cell: _Element | None, shared: SharedStrings) -> Stored:
    """What a cell holds; the stored result when it holds a formula."""
    if cell is None:
        return Stored("blank")
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _stored_string(child(cell, "is"))
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        return _stored_string(shared.item(whole(text.strip(), -1)))
    if kind == "str":
        return Stored("text", unescape(text)) if text else Stored("blank")
    if not text.strip():
        return Stored("blank")
    return Stored({"b": "bool", "e": "error", "d": "date"}.get(kind, "number"), text.strip())


def _stored_string(item: _Element | None) -> Stored:
    if item is None:
        return Stored("blank")
    text = plain_text(item)
    formatted = any(local_name(element) != "t" for element in item)
    return Stored("text", text, text_xml(item) if formatted else "") if text else Stored("blank")


def holds_formula(cell: _Element | None) -> bool:
    """Whether the cell itself carries a formula, a shared one included."""
    return cell is not None and child(cell, "f") is not None


def stored_value(value: CellValue, date1904: bool) -> Stored:
    """The content that writing ``value`` gives; dates become day numbers, whose look is the cell's number format."""
    if isinstance(value, str):
        return Stored("text", value) if value else Stored("blank")
    if isinstance(value, bool):
        return Stored("bool", "1" if value else "0")
    if isinstance(value, int | float):
        return Stored("number", number_text(value))
    return Stored("number", number_text(_day_number(value, date1904)))


def number_text(value: float) -> str:
    """A finite number as the file format writes it, without a needless ``.0``."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return f"{value:.0f}" if value else "0"
    return repr(value)


def _day_number(value: datetime.date | datetime.time | datetime.timedelta, date1904: bool) -> float:
    if isinstance(value, datetime.timedelta):
        return value.total_seconds() / _DAY_SECONDS
    if isinstance(value, datetime.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        return seconds / _DAY_SECONDS
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)
    start = datetime.datetime(1904, 1, 1) if date1904 else datetime.datetime(1899, 12, 30)
    days = (moment.replace(tzinfo=None) - start).total_seconds() / _DAY_SECONDS
    # The 1900 system counts a 29 February 1900 that never was.
    return days - 1 if not date1904 and days < 61 else days


def holds(stored: Stored, value: CellValue, date1904: bool) -> bool:
    """Whether the cell holds ``value`` as a reader would hand it over."""
    if isinstance(value, str):
        readings = (_lines(value), _lines(unescape(value)))
        return stored.kind in ("blank", "text", "error") and _lines(stored.text) in readings
    if isinstance(value, bool):
        return stored.kind == "bool" and (stored.text in ("1", "true")) == value
    if stored.kind == "date":
        return isinstance(value, datetime.date) and stored.text.startswith(value.isoformat()[:10])
    number = number_of(stored)
    if number is None:
        return False
    if isinstance(value, int | float):
        return number == value
    return math.isclose(number, _day_number(value, date1904), rel_tol=0, abs_tol=_NEARLY)


def number_of(stored: Stored) -> float | None:
    """The number a cell holds, ``None`` when it holds none."""
    if stored.kind != "number":
        return None
    try:
        return float(stored.text)
    except ValueError:
        return None


def same_stored(one: Stored, other: Stored) -> bool:
    """Whether two contents are the same to a reader, whoever wrote the file."""
    if one.kind == other.kind == "number":
        return number_of(one) == number_of(other)
    return one.kind == other.kind and _lines(one.text) == _lines(other.text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write_cell(cell: _Element, stored: Stored) -> None:
    """Let the cell hold ``stored``; its style and whatever else stands in it stay."""
    for name in ("v", "is"):
        for element in list(children(cell, name)):
            cell.remove(element)
    # cm and vm point to metadata (spilled arrays, data types) of the old content.
    for attribute in ("t", "cm", "vm"):
        if attribute in cell.attrib:
            del cell.attrib[attribute]
    if stored.kind == "blank":
        return
    if stored.kind == "text":
        cell.set("t", "inlineStr")
        _write_inline(cell, stored)
    else:
        marks = {"bool": "b", "error": "e", "date": "d"}
        if stored.kind in marks:
            cell.set("t", marks[stored.kind])
        add(cell, "v").text = stored.text
    # Extensions of the cell come last.
    cell.insert(0, cell[-1])


def write_formula(cell: _Element, formula: str, result: str) -> None:
    """Let the cell hold a formula, as a file spells it, and the number that it gave (``""``: it is not known)."""
    write_cell(cell, Stored("number", result) if result else Stored("blank"))
    element = cell.makeelement(f"{{{namespace(cell)}}}f")
    element.text = escape(formula)
    cell.insert(0, element)


def formula_text(cell: _Element | None) -> str:
    """The plain formula of a cell, without ``=``; ``""`` when it has none, or shares it with others."""
    element = child(cell, "f") if cell is not None else None
    return (element.text or "") if element is not None and not element.attrib else ""


def _write_inline(cell: _Element, stored: Stored) -> None:
    if stored.rich:
        item = from_text(stored.rich, namespace(cell))
        item.tag = f"{{{namespace(cell)}}}is"
        cell.append(item)
        return
    text = add(add(cell, "is"), "t")
    text.text = escape(stored.text)
    if stored.text != stored.text.strip() or "\n" in stored.text:
        text.set(_SPACE, "preserve")
