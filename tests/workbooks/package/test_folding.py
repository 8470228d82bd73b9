"""Marks are put on cells without reading the rows; the outcome is as if they had been read."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark
from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.package import opc, undo_edits
from gongkai_workbooks.package.folding import fold, restyle, unfold

from .edits import FIRST, SECOND, THIRD, mark, write
from .reading import cell_facts, compressed, contents
from .rich import MAIN, pack, prefixed, unpack

ROWS = (2, 3, 5, 6, 7, 9, 30, 31)
SHEET = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="{MAIN}"><sheetData>'
    + "".join(f'<row r="{number}" ht="15"><c r="A{number}"><v>{number}</v></c></row>\n' for number in ROWS)
    + '<row r="40"/></sheetData><rowBreaks count="1"><brk id="3"/></rowBreaks></worksheet>'
).encode()


def canonical(content: bytes) -> bytes:
    return etree.tostring(etree.fromstring(content), method="c14n")


def rows_of(content: bytes) -> list[bytes]:
    return re.findall(rb"<row.*?(?:</row>|/>)(?=\s*<[/r])", content, re.DOTALL)


def test_what_is_folded_is_unfolded() -> None:
    folded = fold(SHEET)
    assert folded is not None
    assert unfold(folded.content, folded.rows) == SHEET
    assert list(folded.rows) == [*ROWS, 40]
    assert folded.rows[30] == b'<row r="30" ht="15"><c r="A30"><v>30</v></c></row>\n'
    assert not list(etree.fromstring(folded.content).iter(f"{{{MAIN}}}row"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b"<sheetData><!-- a comment -->"),
        (b"<v>5</v>", b"<v><![CDATA[5]]></v>"),
        (b"<v>5</v>", b"<v>5</v><?gongkai-rows 0?>"),
        (b'<row r="9" ht="15">', b'<row ht="15" r="9">'),
        (b'<row r="9" ht="15">', b"<row>"),
        (b'<row r="9" ht="15">', b'<row r="99" ht="15">'),
        (b'<row r="9" ht="15">', b'<row r="7" ht="15">'),
        (b'<row r="9" ht="15">', b'<row r="&#57;" ht="15">'),
        (b"</row>", b"</row >"),
        (b"</row>", b"</row>text"),
        (b"<v>5</v>", b'<v>5</v><row r="6"/>'),
        (b"<v>5</v>", b'<v>5</v><x xmlns=""><row r="6"></row></x>'),
        (b"<sheetData>", b'<sheetData xml:space="preserve">'),
        (b"<rowBreaks", b"<sheetData/><rowBreaks"),
        (b"<rowBreaks", b"<x>sheetData</x><rowBreaks"),
        (b"UTF-8", b"GBK"),
        (b'version="1.0"', b'version="1.1"'),
        (b"<?xml", b"\xef\xbb\xbf<?xml"),
        (b"</sheetData>", b""),
    ],
)
def test_what_is_not_written_plainly_is_not_folded(old: bytes, new: bytes) -> None:
    assert fold(SHEET) is not None
    assert old in SHEET
    assert fold(SHEET.replace(old, new)) is None


def test_other_encodings_and_prefixes_are_not_folded(rich: Path) -> None:
    assert fold(SHEET.decode().replace("UTF-8", "UTF-16").encode("utf-16")) is None
    sheet = unpack(prefixed(rich.read_bytes()))["xl/worksheets/sheet1.xml"]
    assert fold(sheet) is None


@pytest.mark.parametrize(
    ("cell", "styled"),
    [
        ('<c r="C7" s="3"><v>1</v></c>', '<c r="C7" s="13"><v>1</v></c>'),
        ('<c r="C7" t="n" s="3" cm="1"/>', '<c r="C7" t="n" s="13" cm="1"/>'),
        ('<c r="C7"><v>1</v></c>', '<c r="C7" s="10"><v>1</v></c>'),
        ('<c r="C7"/>', '<c r="C7" s="10"/>'),
        ('<c r="C7" t="str"><v> s="8" &gt;</v></c>', '<c r="C7" s="10" t="str"><v> s="8" &gt;</v></c>'),
        ('<c r="C7"\n\ts="3" ></c >', '<c r="C7"\n\ts="13" ></c >'),
        ('<c r="C7" x=">" s="3"/>', '<c r="C7" x=">" s="13"/>'),
    ],
)
def test_one_cell_gets_another_style(cell: str, styled: str) -> None:
    row = '<row r="7" s="9"><c r="B7" s="5"/>{}<c r="C70" s="6"/></row>'
    restyled = restyle(row.format(cell).encode(), "C7", lambda index: index + 10)
    assert restyled is not None
    assert restyled[0].decode() == row.format(styled)
    before = etree.fromstring(row.format(cell)).find("c[@r='C7']")
    assert before is not None and restyled[1] == int(before.get("s", "0"))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C8"/>',
        '<c s="3" r="C7"/>',
        "<c r='C7'/>",
        "<c r=\"C7\" s='3'/>",
        '<c r="C7" s="&#51;"/>',
        '<c r="C7" s="x"/>',
        '<c r="C7" s="9999999999"/>',
        '<c r="C7" s = "3"/>',
        '<c r="C7"/><c r="C7"/>',
        '<c r="c7"/>',
        '<x:c r="C7"/>',
        '<c r="B7"><is xmlns="urn:x"><c r="C7"/></is></c>',
        '<c r="B7"><extLst><ext><c r="C7"/></ext></extLst></c>',
        '<c r="C7" s="3"',
    ],
)
def test_a_row_that_is_not_written_plainly_has_to_be_read(cell: str) -> None:
    assert restyle(f'<row r="7">{cell}</row>'.encode(), "C7", lambda index: index + 10) is None


MARKED = ("C8", "A23", "B24", "C40", "I33", "E5", "A1", "D6", "H26", "C3")


@pytest.mark.parametrize("sheet", [FIRST, SECOND, THIRD])
def test_marks_come_out_as_if_every_row_had_been_read(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: str
) -> None:
    """Also merged ranges over several rows, and cells and rows that are not there."""
    choice = random.Random(sheet)
    asked: list[object] = []
    for turn in range(12):
        edits = Edits(marks=tuple(mark(address, sheet=sheet) for address in choice.sample(MARKED, 1 + turn % 5)))
        folded, read = tmp_path / "folded.xlsx", tmp_path / "read.xlsx"
        with monkeypatch.context() as patch:
            patch.setattr(opc, "fold", asked.append)
            one = write(rich, edits, read)
        other = write(rich, edits, folded)
        assert len(asked) == turn + 1
        assert (one.refused, one.journal.cells) == (other.refused, other.journal.cells)
        before, after = contents(read), contents(folded)
        assert list(before) == list(after)
        for name in before:
            if name.endswith((".xml", ".rels", ".vml")) and not name.startswith("customXml"):
                assert canonical(after[name]) == canonical(before[name]), name
        assert undo_edits(folded, folded) == ()
        assert compressed(folded) == compressed(rich)


def test_rows_that_are_not_touched_keep_every_byte(tmp_path: Path, output: Path) -> None:
    source = tmp_path / "plain.xlsx"
    book = xlsxwriter.Workbook(source)
    sheet = book.add_worksheet("公开01")
    for row in range(30):
        sheet.write_row(row, 0, [row, "合计", row / 2])
    book.close()
    parts = unpack(source.read_bytes())
    name = "xl/worksheets/sheet1.xml"
    # Other spellings of the same, which reading and writing would even out.
    parts[name] = parts[name].replace(b"<v>7</v>", b"<v\n>&#55;</v >").replace(b'r="A9"', b"r='A9'")
    source.write_bytes(pack(parts))
    write(source, Edits(marks=(Mark(cell=CellRef("公开01", 12, 2), severity="error", note="错"),)), output)
    before, after = rows_of(parts[name]), rows_of(contents(output)[name])
    assert len(before) == len(after) == 30
    assert [at for at in range(30) if before[at] != after[at]] == [11]
    assert b"&#55;" in after[7] and b"r='A9'" in after[8]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b"</sheetData>", b"<!-- a remark --></sheetData>"),
        lambda content: content.replace(b"</sheetData>", b"<?gongkai-rows 0?></sheetData>"),
        lambda content: content.replace(b'<row r="12" spans="1:5"', b'<row spans="1:5" r="12"'),
        lambda content: content.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
)
def test_a_sheet_that_is_not_written_plainly_is_marked_all_the_same(
    rich: Path, output: Path, change: Callable[[bytes], bytes]
) -> None:
    parts = unpack(rich.read_bytes())
    plain = parts["xl/worksheets/sheet3.xml"]
    parts["xl/worksheets/sheet3.xml"] = change(plain)
    assert parts["xl/worksheets/sheet3.xml"] != plain
    rich.write_bytes(pack(parts))
    before = cell_facts(rich, (THIRD,))
    write(rich, Edits(marks=(mark("C8", sheet=THIRD), mark("D21", sheet=THIRD))), output)
    after = cell_facts(output, (THIRD,))
    assert {cell for cell in before if before[cell] != after[cell]} == {(THIRD, "C8"), (THIRD, "D21")}


def test_rows_out_of_order_are_refused_also_where_no_mark_goes(rich: Path, output: Path) -> None:
    parts = unpack(rich.read_bytes())
    name = "xl/worksheets/sheet3.xml"
    for wrong in (b"11", b"1048577", b"0"):
        changed = {**parts, name: parts[name].replace(b'<row r="12"', b'<row r="' + wrong + b'"')}
        rich.write_bytes(pack(changed))
        with pytest.raises(UnreadableError, match="行号有误"):
            write(rich, Edits(marks=(mark("C8", sheet=THIRD),)), output)
        assert not output.exists()
