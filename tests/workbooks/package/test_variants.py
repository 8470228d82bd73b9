"""Other ways to write the same workbook: the strict format, prefixes, other encodings, parts that are missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET, Edits
from gongkai_workbooks.package import clear_marks, undo_edits

from .edits import FIRST, SECOND, THIRD, all_edits, change, mark, results, write
from .reading import cached_values, compressed, contents, openpyxl_book
from .rich import MAIN, OFFICE, pack, prefixed, strict, unpack

STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@pytest.mark.parametrize("variant", [strict, prefixed])
def test_variants_are_written_and_taken_back(rich: Path, output: Path, variant: Callable[[bytes], bytes]) -> None:
    rich.write_bytes(variant(rich.read_bytes()))
    assert write(rich, all_edits(), output).refused == ()
    values = cached_values(output)
    assert (values[FIRST][7][2], values[SECOND][49][6]) == (11.5, 5.0)
    assert values[RESULTS_SHEET][2][3] == "=1+1"
    assert values[FIRST][6][4] == 22.5
    for name, content in contents(output).items():
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(content)
    assert undo_edits(output, output) == ()
    assert compressed(output) == compressed(rich)
    write(rich, Edits(marks=all_edits().marks, results=results()), output)
    assert clear_marks(output, output) == ()
    assert compressed(output) == compressed(rich)


def test_strict_parts_stay_strict(rich: Path, output: Path) -> None:
    rich.write_bytes(strict(rich.read_bytes()))
    write(rich, all_edits(), output)
    after = contents(output)
    new = set(after) - set(contents(rich))
    assert {"xl/comments2.xml", "xl/worksheets/sheet4.xml", "xl/drawings/vmlDrawing2.vml"} <= new
    for name in ("xl/comments2.xml", "xl/worksheets/sheet4.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        assert f'"{STRICT_MAIN}"' in after[name].decode() and MAIN not in after[name].decode()
    for name in ("xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet2.xml.rels"):
        assert OFFICE not in after[name].decode()
    borders = etree.fromstring(after["xl/styles.xml"]).findall(f"{{{STRICT_MAIN}}}borders/{{{STRICT_MAIN}}}border")
    marked = [border for border in borders if "9C0006" in etree.tostring(border).decode()]
    assert marked


@pytest.mark.parametrize("spelling", ["prefixed", "followed by a comment", "UTF-16", "empty"])
def test_other_spellings_of_links_and_content_types(rich: Path, output: Path, spelling: str) -> None:
    parts = unpack(rich.read_bytes())
    names = [name for name in parts if name.endswith(".rels") or name == "[Content_Types].xml"]
    assert "xl/worksheets/_rels/sheet1.xml.rels" in names and "xl/worksheets/_rels/sheet3.xml.rels" not in names
    for name in names:
        root = etree.fromstring(parts[name])
        if spelling == "prefixed":
            renamed = etree.Element(root.tag, nsmap={"p": etree.QName(root).namespace})
            renamed.extend(list(root))
            parts[name] = etree.tostring(renamed)
            assert b"</p:" in parts[name]
        elif spelling == "UTF-16":
            parts[name] = etree.tostring(root).decode().encode("utf-16")
        elif spelling == "followed by a comment":
            parts[name] += b"<!-- </Relationships></Types> -->\n"
    if spelling == "empty":
        namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
        parts["xl/worksheets/_rels/sheet3.xml.rels"] = f'<Relationships xmlns="{namespace}"/>'.encode()
    rich.write_bytes(pack(parts))
    edits = Edits(marks=(mark("C8"), mark("C8", sheet=THIRD)), results=results())
    assert write(rich, edits, output).refused == ()
    book = openpyxl_book(output)
    assert book.sheetnames[-1] == RESULTS_SHEET
    assert NOTE_AUTHOR in book[FIRST]["C8"].comment.text and NOTE_AUTHOR in book[THIRD]["C8"].comment.text
    for name in names:
        etree.fromstring(contents(output)[name])
    assert undo_edits(output, output) == ()
    assert compressed(output) == compressed(rich)


def test_prefixed_sheets_stay_prefixed(rich: Path, output: Path) -> None:
    rich.write_bytes(prefixed(rich.read_bytes()))
    write(rich, all_edits(), output)
    sheet = contents(output)["xl/worksheets/sheet1.xml"].decode()
    assert '<x:c r="C8"' in sheet and "<c " not in sheet
    book = openpyxl_book(output)
    assert book[FIRST]["C8"].comment.text.startswith(NOTE_AUTHOR)
    assert book[FIRST]["C8"].fill.fgColor.rgb == "FFFFF2CC"


def test_a_sheet_in_utf16(rich: Path, output: Path) -> None:
    parts = unpack(rich.read_bytes())
    text = parts["xl/worksheets/sheet1.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    parts["xl/worksheets/sheet1.xml"] = text.encode("utf-16")
    rich.write_bytes(pack(parts))
    write(rich, all_edits(), output)
    assert openpyxl_book(output)[FIRST]["C8"].value == 11.5
    undo_edits(output, output)
    assert compressed(output) == compressed(rich)


def test_the_smallest_workbook(tmp_path: Path, output: Path) -> None:
    """No styles, no shared strings, no names, absolute targets, a part name in capitals."""
    source = tmp_path / "small.xlsx"
    relation = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    source.write_bytes(
        pack(
            {
                "[Content_Types].xml": (
                    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                    f'<Default Extension="xml" ContentType="{kind}.worksheet+xml"/>'
                    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                    f'<Override PartName="/xl/Workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>'
                ).encode(),
                "_rels/.rels": f'<Relationships xmlns="{relation}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>'.encode(),
                "xl/Workbook.xml": f'<workbook xmlns="{MAIN}"><sheets><sheet name="公开01" sheetId="7" r:id="b" xmlns:r="{OFFICE}"/></sheets></workbook>'.encode(),
                "xl/_rels/Workbook.xml.rels": f'<Relationships xmlns="{relation}"><Relationship Id="b" Type="{OFFICE}/worksheet" Target="sheet.xml"/></Relationships>'.encode(),
                "xl/sheet.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode(),
            }
        )
    )
    edits = Edits(values=(change("B2", "", 3),), marks=(mark("B2"),), results=results())
    assert write(source, edits, output).refused == ()
    book = openpyxl_book(output)
    assert book[FIRST]["B2"].value == 3
    assert book[FIRST]["B2"].fill.fgColor.rgb == "FFFFC7CE"
    assert book[FIRST]["B2"].comment.author == NOTE_AUTHOR
    assert book.sheetnames == [FIRST, RESULTS_SHEET]
    undo_edits(output, output)
    assert compressed(output) == compressed(source)


def test_a_drawing_with_form_controls_is_added_to(tmp_path: Path, output: Path) -> None:
    """A button stands in the same legacy drawing as notes do, and such drawings need not be well-formed XML."""
    source = tmp_path / "button.xlsx"
    with xlsxwriter.Workbook(source) as book:
        book.add_worksheet(FIRST).insert_button("C3", {"caption": "按钮"})
    parts = unpack(source.read_bytes())
    drawing = parts["xl/drawings/vmlDrawing1.vml"].replace("按钮".encode(), "按<br>钮".encode())
    assert b"<br>" in drawing and b"_x0000_t202" not in drawing
    parts["xl/drawings/vmlDrawing1.vml"] = drawing
    source.write_bytes(pack(parts))
    assert write(source, Edits(marks=(mark("B2"),)), output).refused == ()
    after = contents(output)["xl/drawings/vmlDrawing1.vml"]
    assert after.startswith(drawing[: drawing.rindex(b"</xml>")])
    assert after.count(b'id="_x0000_t202"') == 1 and after.count(b'ObjectType="Note"') == 1
    etree.fromstring(after.replace(b"<br>", b""))
    assert openpyxl_book(output)[FIRST]["B2"].comment.text.startswith(NOTE_AUTHOR)


def test_a_drawing_without_an_end_gets_no_note(rich: Path, output: Path) -> None:
    parts = unpack(rich.read_bytes())
    parts["xl/drawings/vmlDrawing1.vml"] = parts["xl/drawings/vmlDrawing1.vml"][:-20]
    rich.write_bytes(pack(parts))
    applied = write(rich, Edits(marks=(mark("C8"),)), output)
    assert ["批注图形无法识别" in refusal.reason for refusal in applied.refused] == [True]
    assert openpyxl_book(output)[FIRST]["C8"].fill.fgColor.rgb == "FFFFC7CE"
    assert contents(output)["xl/drawings/vmlDrawing1.vml"] == parts["xl/drawings/vmlDrawing1.vml"]


def test_many_marks_on_two_sheets_have_their_own_shape_numbers(rich: Path, output: Path) -> None:
    import re

    marks = tuple(
        mark(f"{letter}{row}", "info", sheet=sheet)
        for sheet in (SECOND, "公开03")
        for row in range(30, 160)
        for letter in "ABCDEFGHIJ"
    )
    write(rich, Edits(marks=marks), output)
    ids = [
        re.findall(rb'id="_x0000_s(\d+)"', content)
        for name, content in contents(output).items()
        if name.endswith(".vml")
    ]
    assert [len(found) for found in ids] == [3, 1300, 1300]
    assert len({number for found in ids for number in found}) == 2603
