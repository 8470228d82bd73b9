"""A workbook with everything that careless programs lose, and the same in the strict and the prefixed spelling."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import xlsxwriter
from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = ("公开01", "公开02", "公开03")
THREAD_CELL = "B7"
USER_NOTE, USER_NOTE_CELL = "请复核\n本行数据", "D6"
_TC = "{11111111-2222-4333-8444-555555555555}"
_PERSON = "{66666666-7777-4888-8999-AAAAAAAAAAAA}"


def png() -> bytes:
    """A red picture of 8 by 8 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\0\0" * 8 for _ in range(8))
    header = struct.pack(">2I5B", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def macros() -> bytes:
    """Bytes that look like a macro project from outside; nothing here runs them."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 12


def rich_workbook(*, with_macros: bool = False) -> bytes:
    """Three sheets; the first holds nearly every feature, the third is plain and is never touched by the tests."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    if with_macros:
        book.add_vba_project(io.BytesIO(macros()), is_stream=True)
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "align": "center"})
    money = book.add_format({"num_format": "#,##0.00", "border": 1, "align": "right"})
    own = book.add_format(
        {"bg_color": "#92D050", "left": 5, "left_color": "#7030A0", "num_format": "0.000", "locked": False}
    )
    red = book.add_format({"color": "red", "bold": True})
    for name in SHEETS:
        sheet = book.add_worksheet(name)
        sheet.merge_range("A1:E1", f"{name} 收入支出决算总表", head)
        sheet.write_row("A2", ["编码", "名称", "基本支出", "项目支出", "合计"], head)
        for row in range(2, 22):
            sheet.write_string(row, 0, f"20805{row:02d}")
            sheet.write_string(row, 1, f"项目{row % 7}")
            sheet.write_number(row, 2, row * 1.25, money)
            sheet.write_number(row, 3, row * 2.5, money)
            sheet.write_formula(row, 4, f"=C{row + 1}+D{row + 1}", money, row * 3.75)
        sheet.merge_range("A23:B24", "合计", head)
        sheet.freeze_panes(2, 2)
        sheet.set_landscape()
        sheet.repeat_rows(0, 1)
        sheet.print_area("A1:E30")
    first = book.get_worksheet_by_name(SHEETS[0])
    first.conditional_format("C3:C22", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    first.conditional_format("E3:E22", {"type": "icon_set", "icon_style": "3_arrows"})
    first.data_validation("F3:F22", {"validate": "list", "source": ["是", "否"]})
    first.insert_image("H2", "图.png", {"image_data": io.BytesIO(png()), "description": "单位公章"})
    first.insert_textbox("H12", "说明：单位万元")
    first.write_rich_string("A26", "其中", red, "红字", "部分")
    first.write_comment(USER_NOTE_CELL, USER_NOTE, {"author": "张三"})
    first.write_comment("C20", "另一条批注", {"author": "李四"})
    first.write_comment(THREAD_CELL, "[线程批注] 老版本不显示", {"author": f"tc={_TC}"})
    first.write_number("C8", 10, own)
    first.write_string("C9", "text")
    first.add_sparkline("G3", {"range": f"{SHEETS[0]}!C3:D3"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={SHEETS[0]}!$C$3:$C$12", "name": "基本支出", "trendline": {"type": "linear"}})
    first.insert_chart("H20", chart)
    second = book.get_worksheet_by_name(SHEETS[1])
    second.add_table("H2:J6", {"data": [[1, 2, 3]] * 4, "columns": [{"header": "x"}, {"header": "y"}, {"header": "z"}]})
    second.autofilter("A2:E22")
    second.write_url("A28", f"internal:{SHEETS[0]}!A1", string="转到总表")
    book.define_name("合计区", f"={SHEETS[0]}!$E$3:$E$22")
    book.set_custom_property("密级", "内部")
    book.close()
    return _with_extras(buffer.getvalue())


def _with_extras(data: bytes) -> bytes:
    """Add what XlsxWriter cannot write: shared formulas, a calculation chain, a conversation, custom XML."""
    parts = unpack(data)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = sheet.replace("<f>C3+D3</f>", '<f t="shared" ref="E3:E22" si="0">C3+D3</f>')
    sheet = re.sub(r"<f>C\d+\+D\d+</f>", '<f t="shared" si="0"/>', sheet)
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    entries = "".join(f'<c r="E{row}" i="1"/>' for row in range(3, 23))
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}">{entries}</calcChain>'.encode()
    parts["xl/threadedComments/threadedComment1.xml"] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="{THREAD_CELL}" dT="2025-01-01T00:00:00.00" personId="{_PERSON}" id="{_TC}">'
        "<text>是否漏填？</text></threadedComment></ThreadedComments>"
    ).encode()
    parts["xl/persons/person.xml"] = (
        '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<person displayName="张三" id="{_PERSON}" userId="z" providerId="None"/></personList>'
    ).encode()
    parts["customXml/item1.xml"] = "<budget xmlns='urn:x'><unit>财政局</unit></budget>".encode()
    parts["customXml/itemProps1.xml"] = (
        b'<ds:datastoreItem ds:itemID="{1D5AF1D1-9C7A-4D0B-9F0F-0C5A3F1C2B11}" '
        b'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    )
    parts["customXml/_rels/item1.xml.rels"] = _relationships([("customXmlProps", "itemProps1.xml")])
    _relate(parts, "xl/_rels/workbook.xml.rels", f"{OFFICE}/calcChain", "calcChain.xml")
    _relate(parts, "xl/_rels/workbook.xml.rels", f"{OFFICE}/customXml", "../customXml/item1.xml")
    microsoft = "http://schemas.microsoft.com/office/2017/10/relationships"
    _relate(parts, "xl/_rels/workbook.xml.rels", f"{microsoft}/person", "persons/person.xml")
    _relate(
        parts,
        "xl/worksheets/_rels/sheet1.xml.rels",
        f"{microsoft}/threadedComment",
        "../threadedComments/threadedComment1.xml",
    )
    types = {
        "/xl/calcChain.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
        "/xl/threadedComments/threadedComment1.xml": "application/vnd.ms-excel.threadedcomments+xml",
        "/xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
        "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    }
    # Excel writes it only when it is asked to; XlsxWriter always does.
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    content_types = parts["[Content_Types].xml"].replace(b"</Types>", overrides.encode() + b"</Types>")
    parts["[Content_Types].xml"] = content_types
    return pack(parts)


def _relationships(links: list[tuple[str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'.encode()


def _relate(parts: dict[str, bytes], name: str, kind: str, target: str) -> None:
    number = parts[name].count(b"<Relationship ") + 900
    link = f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/></Relationships>'
    parts[name] = parts[name].replace(b"</Relationships>", link.encode())


def unpack(data: bytes) -> dict[str, bytes]:
    """Members of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: dict[str, bytes]) -> bytes:
    """An archive of those members, with some stored and most deflated at a level of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            stored = name.endswith((".png", ".rels"))
            kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            # Level 9, which the editor does not use: a part that was packed anew shows.
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), content, kind, 9)
    return buffer.getvalue()


def rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """An archive with every member passed through ``change(name, content)``."""
    return pack({name: change(name, content) for name, content in unpack(data).items()})


def strict(data: bytes) -> bytes:
    """The workbook in the strict spelling (ISO/IEC 29500 Strict)."""
    spelling = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
        "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
        "http://schemas.openxmlformats.org/drawingml/2006/chart": "http://purl.oclc.org/ooxml/drawingml/chart",
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
    }

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")) or name == "[Content_Types].xml":
            return content
        for old, new in spelling.items():
            content = content.replace(old.encode(), new.encode())
        if name == "xl/workbook.xml":
            content = content.replace(b"<workbook ", b'<workbook conformance="strict" ', 1)
        return content

    return rewritten(data, change)


def prefixed(data: bytes) -> bytes:
    """The workbook with ``<x:worksheet>`` instead of ``<worksheet>`` in every part of the main namespace."""

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith(".xml"):
            return content
        root = etree.fromstring(content)
        if etree.QName(root).namespace != MAIN:
            return content
        nsmap = {"x" if prefix is None else prefix: uri for prefix, uri in root.nsmap.items()}
        renamed = etree.Element(root.tag, nsmap=nsmap)
        renamed.attrib.update(root.attrib)
        renamed.extend(list(root))
        return etree.tostring(renamed, xml_declaration=True, encoding="UTF-8", standalone=True)

    return rewritten(data, change)
