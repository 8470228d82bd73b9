"""Workbook packages made by hand, for what no library would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file with these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def parts(
    *sheets: str | bytes, strings: Iterable[str] = (), styles: str = "", workbook: str = "", kind: str = "worksheet"
) -> dict[str, str | bytes]:
    """The parts of an ``.xlsx`` whose tabs 表1, 表2 ... have this XML; ``workbook`` goes before the list of sheets."""
    listing = "".join(
        f'<sheet name="表{number}" sheetId="{number}" r:id="rId{number}"/>' for number in range(1, len(sheets) + 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}'
        f"<sheets>{listing}</sheets></workbook>",
    }
    texts = list(strings)
    if texts:
        items = "".join(f"<si><t>{text}</t></si>" for text in texts)
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}" uniqueCount="{len(texts)}">{items}</sst>'
        links += f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    if styles:
        found["xl/styles.xml"] = styles
        links += f'<Relationship Id="rIdT" Type="{OFFICE}/styles" Target="styles.xml"/>'
    found["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
    for number, sheet in enumerate(sheets, 1):
        found[f"xl/worksheets/sheet{number}.xml"] = sheet
    return found


def sheet(rows: str, head: str = "", tail: str = "") -> str:
    """XML of a worksheet with these rows."""
    return f'<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData>{tail}</worksheet>'


def xlsx(*sheets: str | bytes, strings: Iterable[str] = ()) -> bytes:
    """An ``.xlsx`` whose tabs 表1, 表2 ... have this XML."""
    return zipped(parts(*sheets, strings=strings))


def binary_record(kind: int, content: bytes = b"") -> bytes:
    """A record of an ``.xlsb`` part."""
    head = bytes((kind,)) if kind < 128 else bytes((kind & 127 | 128, kind >> 7))
    length, size = len(content), b""
    while length > 127:
        size, length = size + bytes((length & 127 | 128,)), length >> 7
    return head + size + bytes((length,)) + content


def wide(text: str) -> bytes:
    """Text as ``.xlsb`` stores it."""
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def xlsb(*sheets: tuple[str, int, bytes], strings: Iterable[str] = (), styles: bytes = b"") -> bytes:
    """An ``.xlsb`` with these sheets: name, state (1: hidden), records between the start and the end of the data."""
    texts = list(strings)
    listing, links, found = b"", "", {}
    for number, (name, state, body) in enumerate(sheets, 1):
        listing += binary_record(156, struct.pack("<2L", state, number) + wide(f"rId{number}") + wide(name))
        links += f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        start = binary_record(129) + binary_record(148, bytes(16)) + binary_record(145)
        found[f"xl/worksheets/sheet{number}.bin"] = start + body + binary_record(146) + binary_record(130)
    if texts:
        items = b"".join(binary_record(19, b"\0" + wide(text)) for text in texts)
        found["xl/sharedStrings.bin"] = binary_record(159, struct.pack("<2L", len(texts), len(texts))) + items
        links += f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.bin"/>'
    if styles:
        found["xl/styles.bin"] = styles
        links += f'<Relationship Id="rIdT" Type="{OFFICE}/styles" Target="styles.bin"/>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": binary_record(131) + binary_record(153, bytes(12)) + listing + binary_record(144),
            "xl/_rels/workbook.bin.rels": f"<Relationships>{links}</Relationships>",
            **found,
        }
    )


_OPEN_DOCUMENT = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)


def ods(tables: str, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    """An ``.ods`` with these tables."""
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_OPEN_DOCUMENT} {calc}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )
