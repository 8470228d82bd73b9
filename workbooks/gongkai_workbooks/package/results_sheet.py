"""The sheet 「校验结果」 as XML: texts stay texts, links lead to cells, the header is frozen and carries the filter."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from gongkai_workbooks.cells import CellRef, column_letters
from gongkai_workbooks.edits import ResultsSheet, SheetCell
from gongkai_workbooks.mark_look import MARK_LOOKS
from gongkai_workbooks.writable import LONGEST_TEXT

from .cell_value import escape, number_text
from .sheet_name import quoted
from .styles import Styles, box, solid_fill
from .workbook_xml import DefinedName
from .xml_tree import Dialect, child

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
_WRAPPED = frozenset(style for style, look in _LOOKS.items() if look.wrap)
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
    """The cell formats of the results sheet: numbered as they are asked for, appended to the workbook's by ``write``."""

    def __init__(self, styles: Styles):
        self._styles = styles
        self._first = {name: styles.count(name) for name in ("fonts", "fills", "borders", "cellXfs")}
        self._new: dict[str, list[str]] = {name: [] for name in self._first}
        self._indices: dict[tuple[str, bool, bool], int] = {}
        self._fonts: dict[str, int] = {"plain": 0}
        self._fills: dict[str, int] = {"": 0}

    def index(self, style: str, framed: bool, linked: bool) -> int:
        """The format for one of the styles of ``SheetCell``."""
        key = (style, framed, linked)
        if key not in self._indices:
            self._indices[key] = self._make(_LOOKS[style], framed, linked)
        return self._indices[key]

    def write(self) -> None:
        """Append to the styles of the workbook what was asked for."""
        self._styles.extend(self._new)

    def _append(self, name: str, xml: str) -> int:
        self._new[name].append(xml)
        return self._first[name] + len(self._new[name]) - 1

    def _make(self, look: _Look, framed: bool, linked: bool) -> int:
        number_format, font = look.number_format, self._font("link" if linked else look.font)
        fill = self._fill(look.fill)
        border = self._frame if framed else 0
        applied = (("NumberFormat", number_format), ("Font", font), ("Fill", fill), ("Border", border))
        return self._append(
            "cellXfs",
            f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
            + "".join([f' apply{name}="1"' for name, index in applied if index])
            + ' applyAlignment="1"><alignment vertical="center"'
            + (f' horizontal="{look.horizontal}"' if look.horizontal else "")
            + (' wrapText="1"' if look.wrap else "")
            + "/></xf>",
        )

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            self._fills[colour] = self._append("fills", solid_fill(colour))
        return self._fills[colour]

    def _font(self, name: str) -> int:
        if name not in self._fonts:
            bold, size, colour = _FONTS[name]
            old_size, rest = self._base_font
            self._fonts[name] = self._append(
                "fonts",
                f"<font>{'<b/>' if bold else ''}{'<u/>' if name == 'link' else ''}<sz val={quoteattr(str(size or old_size))}/>"
                + (f'<color rgb="FF{colour}"/>' if colour else "")
                + f"{rest}</font>",
            )
        return self._fonts[name]

    @cached_property
    def _base_font(self) -> tuple[str, str]:
        """The size of the workbook's font, and its name, family and character set as XML."""
        base = self._styles.first_font()
        found = {tag: None if base is None else child(base, tag) for tag in ("sz", "name", "family", "charset")}
        size = found.pop("sz")
        rest = [f"<{tag} val={quoteattr(e.get('val', ''))}/>" for tag, e in found.items() if e is not None]
        return "11" if size is None else size.get("val", "11"), "".join(rest)

    @cached_property
    def _frame(self) -> int:
        return self._append("borders", box(self._styles.side_names().values(), "thin", "BFBFBF", "<diagonal/>"))


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
    letters = [column_letters(number) for number in range(1, columns + 1)]
    links: list[str] = []
    for number, row in enumerate(sheet.rows, 1):
        framed = sheet.header_row <= number <= last_row
        pieces.append(f'<row r="{number}"{_height(row, sheet.widths)}>')
        for column, cell in zip(letters, row, strict=False):
            address, index = f"{column}{number}", styles.index(cell.style, framed, cell.link is not None)
            pieces.append(_cell_xml(address, index, cell.value))
            if cell.link is not None:
                links.append(_link_xml(address, cell.link, str(cell.value)))
        pieces.append("</row>")
    pieces.append("</sheetData>")
    styles.write()
    filter_range = _filter_range(sheet)
    pieces.append(f'<autoFilter ref="{filter_range}"/>')
    pieces += _choices_xml(sheet, last_row)
    if links:
        pieces += ["<hyperlinks>", *links[:MOST_LINKS], "</hyperlinks>"]
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


def _cell_xml(address: str, index: int, value: str | float) -> str:
    if not isinstance(value, str):
        return f'<c r="{address}" s="{index}"><v>{number_text(value)}</v></c>'
    if not value:
        return f'<c r="{address}" s="{index}"/>'
    text = value
    if len(text) > LONGEST_TEXT or _PLAIN.fullmatch(text) is None:
        text = xml_escape(escape(text[:LONGEST_TEXT].replace("\r\n", "\n")))
    return f'<c r="{address}" s="{index}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _link_xml(address: str, target: CellRef, text: str) -> str:
    location, display = _attribute(f"{quoted(target.sheet)}!{target.a1}"), _attribute(escape(text[:255]))
    return f'<hyperlink ref="{address}" location={location} display={display}/>'


def _attribute(text: str) -> str:
    return f'"{text}"' if _PLAIN.fullmatch(text) is not None and '"' not in text else quoteattr(text)


def _height(row: tuple[SheetCell, ...], widths: tuple[float, ...]) -> str:
    """The height that wrapped texts need: programs that open the file do not all work it out themselves."""
    lines = 1
    for cell, width in zip(row, widths, strict=False):
        if cell.style in _WRAPPED and isinstance(cell.value, str):
            lines = max(lines, _lines(cell.value, width))
    return f' ht="{min(lines * _LINE, _TALLEST):g}" customHeight="1"' if lines > 1 else ""


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width; a Chinese character, three bytes of UTF-8, is two digits wide."""
    if "\n" in text:
        return sum([_lines(line, width) for line in text.split("\n")])
    if len(text) * 2 <= width:
        return 1
    units = (len(text) + len(text.encode("utf-8", "replace"))) // 2
    return max(math.ceil(units / max(width - 1, 1)), 1)


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


def results_names(name: str, sheet: ResultsSheet) -> tuple[DefinedName, ...]:
    """The sheet-wide names: the filter's range, the header printed on every page, and the tag."""
    return (
        DefinedName("_xlnm._FilterDatabase", f"{quoted(name)}!{_filter_range(sheet, absolute=True)}", hidden=True),
        DefinedName("_xlnm.Print_Titles", f"{quoted(name)}!${sheet.header_row}:${sheet.header_row}"),
        DefinedName(TAG, "1", hidden=True),
    )
