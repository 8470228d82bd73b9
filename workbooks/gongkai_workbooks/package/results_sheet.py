"""The sheet 「校验结果」 as XML: texts stay texts, links lead to cells, the header is frozen and carries the filter."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from gongkai_workbooks.cells import column_letters
from gongkai_workbooks.edits import ResultsSheet, SheetCell

from .cell_value import LONGEST_TEXT, escape, number_text
from .styles import MARK_LOOKS, Styles
from .workbook_xml import DefinedName, quoted
from .xml_tree import Dialect, add, child, from_text, namespace

TAG = "_gongkai_results"
"""Sheet-wide hidden name by which a results sheet is known, also after a program has saved the workbook."""

MOST_LINKS = 65_000
"""Excel takes 65,530 links a sheet."""

_LONGEST_LIST = 255


class _Look(NamedTuple):
    """A style of the sheet: font, fill, alignment, and whether it is framed inside the table."""

    font: str = "plain"
    fill: str = ""
    horizontal: str = ""
    wrap: bool = False
    number_format: int = 0


_LOOKS: Mapping[str, _Look] = {
    "plain": _Look(),
    "title": _Look(font="title"),
    "header": _Look(font="bold", fill="DDEBF7", horizontal="center", wrap=True),
    "error": _Look(font="error", fill=MARK_LOOKS["error"].fill, horizontal="center"),
    "warning": _Look(font="warning", fill=MARK_LOOKS["warning"].fill, horizontal="center"),
    "info": _Look(font="info", horizontal="center"),
    "amount": _Look(horizontal="right", number_format=4),
    "wrap": _Look(wrap=True),
    "muted": _Look(font="muted"),
}
_FONTS: Mapping[str, tuple[bool, int, str]] = {
    "title": (True, 14, ""),
    "bold": (True, 0, ""),
    "error": (True, 0, MARK_LOOKS["error"].colour),
    "warning": (True, 0, MARK_LOOKS["warning"].colour),
    "info": (True, 0, MARK_LOOKS["info"].colour),
    "muted": (False, 0, "7F7F7F"),
    "link": (False, 0, "0563C1"),
}


_PLAIN = re.compile(r"[^&<>_\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]*")
"""Texts that go into XML as they are."""
_LINE, _TALLEST = 15.0, 409.0
"""Points of one line, and of the tallest row there can be."""


class ResultsStyles:
    """The cell formats of the results sheet, appended to the workbook's as they are asked for."""

    def __init__(self, styles: Styles):
        self._styles = styles
        self._indices: dict[tuple[str, bool, bool], int] = {}
        self._fonts: dict[str, int] = {"plain": 0}

    def index(self, style: str, *, framed: bool, linked: bool) -> int:
        """The format for one of the styles of ``SheetCell``."""
        key = (style, framed, linked)
        if key not in self._indices:
            self._indices[key] = self._make(_LOOKS[style], framed, linked)
        return self._indices[key]

    def _make(self, look: _Look, framed: bool, linked: bool) -> int:
        element = self._styles.new("cellXfs")
        ids = {
            "numFmtId": look.number_format,
            "fontId": self._font("link" if linked else look.font),
            "fillId": self._fill(look.fill),
            "borderId": self._frame if framed else 0,
            "xfId": 0,
        }
        for name, value in ids.items():
            element.set(name, str(value))
        for name, apply in (
            ("numFmtId", "NumberFormat"),
            ("fontId", "Font"),
            ("fillId", "Fill"),
            ("borderId", "Border"),
        ):
            if ids[name]:
                element.set(f"apply{apply}", "1")
        element.set("applyAlignment", "1")
        alignment = add(element, "alignment", vertical="center")
        if look.horizontal:
            alignment.set("horizontal", look.horizontal)
        if look.wrap:
            alignment.set("wrapText", "1")
        return self._styles.append("cellXfs", element)

    def _font(self, name: str) -> int:
        if name in self._fonts:
            return self._fonts[name]
        bold, size, colour = _FONTS[name]
        font = self._styles.new("fonts")
        base = self._styles.first_font()
        if bold:
            add(font, "b")
        if name == "link":
            add(font, "u")
        old_size = None if base is None else child(base, "sz")
        add(font, "sz", val=str(size) if size else "11" if old_size is None else old_size.get("val", "11"))
        if colour:
            add(font, "color", rgb=f"FF{colour}")
        for tag in ("name", "family", "charset"):
            source = None if base is None else child(base, tag)
            if source is not None:
                add(font, tag, val=source.get("val", ""))
        self._fonts[name] = self._styles.append("fonts", font)
        return self._fonts[name]

    def _fill(self, colour: str) -> int:
        return self._styles.append("fills", self._styles.solid(colour)) if colour else 0

    @cached_property
    def _frame(self) -> int:
        border = self._styles.new("borders")
        xml = (
            f'<border xmlns="{namespace(border)}">'
            + "".join(
                f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>' for side in self._styles.side_names().values()
            )
            + "<diagonal/></border>"
        )
        return self._styles.append("borders", from_text(xml, namespace(border)))


def results_xml(sheet: ResultsSheet, dialect: Dialect, styles: ResultsStyles) -> bytes:
    """The worksheet part."""
    last_row = max(sheet.last_filter_row, sheet.header_row)
    columns = max([len(row) for row in sheet.rows] or [1])
    head = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="{dialect.main}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{column_letters(max(columns, 1))}{max(len(sheet.rows), 1)}"/>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="{sheet.header_row}" '
        f'topLeftCell="A{sheet.header_row + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{sheet.header_row + 1}" sqref="A{sheet.header_row + 1}"/></sheetView>'
        '</sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    )
    pieces = [head]
    if sheet.widths:
        pieces.append("<cols>")
        pieces += [
            f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
            for number, width in enumerate(sheet.widths, 1)
        ]
        pieces.append("</cols>")
    pieces.append("<sheetData>")
    for number, row in enumerate(sheet.rows, 1):
        framed = sheet.header_row <= number <= last_row
        cells = [_cell_xml(f"{column_letters(at)}{number}", cell, styles, framed) for at, cell in enumerate(row, 1)]
        height = _height(row, sheet.widths)
        pieces.append(f'<row r="{number}"{height}>{"".join(cells)}</row>')
    pieces.append("</sheetData>")
    filter_range = _filter_range(sheet)
    pieces.append(f'<autoFilter ref="{filter_range}"/>')
    pieces += _choices_xml(sheet, last_row)
    pieces += _links_xml(sheet)
    pieces.append(
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )
    return "".join(pieces).encode()


def _filter_range(sheet: ResultsSheet, absolute: bool = False) -> str:
    mark = "$" if absolute else ""
    width = len(sheet.rows[sheet.header_row - 1]) if 0 < sheet.header_row <= len(sheet.rows) else 1
    last = column_letters(max(width, 1))
    bottom = max(sheet.last_filter_row, sheet.header_row)
    return f"{mark}A{mark}{sheet.header_row}:{mark}{last}{mark}{bottom}"


def _cell_xml(address: str, cell: SheetCell, styles: ResultsStyles, framed: bool) -> str:
    index = styles.index(cell.style, framed=framed, linked=cell.link is not None)
    if isinstance(cell.value, str):
        if not cell.value:
            return f'<c r="{address}" s="{index}"/>'
        text = cell.value
        if len(text) > LONGEST_TEXT or _PLAIN.fullmatch(text) is None:
            text = xml_escape(escape(text[:LONGEST_TEXT].replace("\r\n", "\n")))
        return f'<c r="{address}" s="{index}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{address}" s="{index}"><v>{number_text(cell.value)}</v></c>'


def _height(row: tuple[SheetCell, ...], widths: tuple[float, ...]) -> str:
    """The height that wrapped texts need: programs that open the file do not all work it out themselves."""
    lines = 1
    for cell, width in zip(row, widths, strict=False):
        if (
            _LOOKS[cell.style].wrap
            and isinstance(cell.value, str)
            and (len(cell.value) * 2 > width or "\n" in cell.value)
        ):
            taken = sum(math.ceil(max(_units(line), 1) / max(width - 1, 1)) for line in cell.value.split("\n"))
            lines = max(lines, taken)
    return f' ht="{min(lines * _LINE, _TALLEST):g}" customHeight="1"' if lines > 1 else ""


def _units(text: str) -> int:
    """The width of a text in digits: a Chinese character, three bytes of UTF-8, takes two."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2


def _choices_xml(sheet: ResultsSheet, last_row: int) -> list[str]:
    if not sheet.choices:
        return []
    pieces = [f'<dataValidations count="{len(sheet.choices)}">']
    for column, texts in sheet.choices:
        listed = ",".join(texts)
        if any("," in text or not text for text in texts) or len(listed) > _LONGEST_LIST:
            raise ValueError(f"a drop-down list takes {_LONGEST_LIST} characters and no commas: {listed!r}")
        letters = column_letters(column)
        area = f"{letters}{sheet.header_row + 1}:{letters}{max(last_row, sheet.header_row + 1)}"
        formula = xml_escape('"' + listed.replace('"', '""') + '"')
        pieces.append(
            f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{area}"><formula1>{formula}</formula1>'
            "</dataValidation>"
        )
    pieces.append("</dataValidations>")
    return pieces


def _links_xml(sheet: ResultsSheet) -> list[str]:
    links = [
        f'<hyperlink ref="{column_letters(at)}{number}" location={quoteattr(quoted(cell.link.sheet) + "!" + cell.link.a1)} '
        f"display={quoteattr(escape(str(cell.value)[:255]))}/>"
        for number, row in enumerate(sheet.rows, 1)
        for at, cell in enumerate(row, 1)
        if cell.link is not None
    ][:MOST_LINKS]
    return ["<hyperlinks>", *links, "</hyperlinks>"] if links else []


def results_names(name: str, sheet: ResultsSheet) -> tuple[DefinedName, ...]:
    """The sheet-wide names: the filter's range, the header printed on every page, and the tag."""
    return (
        DefinedName("_xlnm._FilterDatabase", f"{quoted(name)}!{_filter_range(sheet, absolute=True)}", hidden=True),
        DefinedName("_xlnm.Print_Titles", f"{quoted(name)}!${sheet.header_row}:${sheet.header_row}"),
        DefinedName(TAG, "1", hidden=True),
    )
