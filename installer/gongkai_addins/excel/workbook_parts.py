"""The workbook that carries the macros: one sheet, never seen, with the Chinese texts they show."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TEXT_SHEET = "gongkai_texts"
WORKBOOK_MODULE, SHEET_MODULE = "ThisWorkbook", "Sheet1"

CONTENT_TYPES = {
    "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    "/xl/worksheets/sheet1.xml": f"{SHEETS}.worksheet+xml",
    "/xl/styles.xml": f"{SHEETS}.styles+xml",
    "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
}


def workbook_parts(texts: Mapping[str, str], macros: bytes, ribbons: Mapping[str, bytes]) -> dict[str, bytes]:
    """All parts of the package by name, in the order in which they are stored."""
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in CONTENT_TYPES.items())
    xml = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relationships(
            (f"{RELATIONSHIPS}/officeDocument", "xl/workbook.xml"),
            *(
                (f"{MICROSOFT}/{year}/relationships/ui/extensibility", part)
                for year, part in zip(("2006", "2007"), ribbons, strict=True)
            ),
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
        '<fileVersion appName="xl" lastEdited="7" lowestEdited="5" rupBuild="23530"/>'
        f'<workbookPr codeName="{WORKBOOK_MODULE}"/><bookViews><workbookView visibility="hidden" xWindow="0" yWindow="0" windowWidth="16000" windowHeight="9000"/></bookViews>'
        f'<sheets><sheet name="{TEXT_SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relationships(
            (f"{RELATIONSHIPS}/worksheet", "worksheets/sheet1.xml"),
            (f"{RELATIONSHIPS}/styles", "styles.xml"),
            (f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": _text_sheet(texts),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }
    return {**{name: (HEAD + text).encode() for name, text in xml.items()}, "xl/vbaProject.bin": macros, **ribbons}


def _text_sheet(texts: Mapping[str, str]) -> str:
    """Column A holds the key, column B the text."""
    rows = "".join(
        f'<row r="{number}">{_text(f"A{number}", key)}{_text(f"B{number}", text)}</row>'
        for number, (key, text) in enumerate(texts.items(), 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetPr codeName="{SHEET_MODULE}"/><sheetData>{rows}</sheetData></worksheet>'


def _text(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _relationships(*relations: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'
