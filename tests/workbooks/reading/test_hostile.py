"""Workbooks made to exhaust memory or time: each is read or refused quickly."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.file_host import FileHost

from .packages import MAIN, ods, parts, sheet, xlsx, zipped

ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "0123456789">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def sentence(data: bytes) -> str:
    """The sentence with which reading is refused within ten seconds."""
    begin = time.perf_counter()
    with pytest.raises(UnreadableError) as caught:
        FileHost.from_bytes(data, "表.xlsx").read_all()
    assert time.perf_counter() - begin < 10
    return str(caught.value)


@pytest.mark.parametrize(
    "name",
    [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    ],
)
def test_an_entity_bomb_in_any_part(name: str) -> None:
    found = parts(
        sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=["一"], styles=f'<styleSheet xmlns="{MAIN}"/>'
    )
    text = str(found[name]).replace('<?xml version="1.0" encoding="UTF-8"?>', "").replace("一", "&i;")
    found[name] = ENTITIES + text
    assert "DOCTYPE" in sentence(zipped(found))


def test_an_entity_bomb_in_an_open_document() -> None:
    data = ods("<table:table table:name='a'/>")
    found = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ENTITIES + "<a>&i;</a>"}
    assert FileHost.from_bytes(data, "x").sheets() == ("a",)
    assert "DOCTYPE" in sentence(zipped(found))


def test_one_long_text_named_in_very_many_cells() -> None:
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 200_001))
    assert "过大" in sentence(xlsx(sheet(f"<row>{cells}</row>"), strings=["长" * 100_000]))


def test_many_cells_and_one_long_text_are_read_when_few_name_it() -> None:
    cells = "".join(f'<c r="A{row}" t="s"><v>1</v></c>' for row in range(1, 20_001))
    grid = FileHost.from_bytes(
        xlsx(sheet(f'<row><c r="B1" t="s"><v>0</v></c>{cells}</row>'), strings=["长" * 30_000, "短"]), "x"
    ).read("表1")
    assert len(grid.value(1, 2)) == 30_000  # type: ignore[arg-type]
    assert grid.value(20_000, 1) == "短"


def test_a_number_of_texts_that_nobody_could_hold() -> None:
    found = parts(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=["一"])
    found["xl/sharedStrings.xml"] = str(found["xl/sharedStrings.xml"]).replace(
        'uniqueCount="1"', 'uniqueCount="900000000000"'
    )
    assert FileHost.from_bytes(zipped(found), "x").read("表1").rows == [["一"]]


def test_long_number_formats_in_very_many_styles() -> None:
    formats = "".join(f'<numFmt numFmtId="{number}" formatCode="{"0" * 30_000}"/>' for number in range(164, 170))
    cells = '<xf numFmtId="164"/>' * 60_000
    styles = f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'
    assert "损坏" in sentence(zipped(parts(sheet('<row r="1"><c r="A1" s="1"><v>1</v></c></row>'), styles=styles)))


def test_very_many_cells_without_addresses() -> None:
    rows = "<row/>" * 200_000 + f"<row>{'<c><v>1</v></c>' * 20_000}</row>"
    assert "损坏" in sentence(xlsx(sheet(rows)))


def test_values_all_over_the_sheet() -> None:
    cells = "".join(
        f'<c r="{letters}{row}"><v>1</v></c>' for row in range(1, 1_048_577, 700) for letters in ("A", "XFD")
    )
    grid = FileHost.from_bytes(xlsx(sheet(f"<row>{cells}</row>")), "x")
    with pytest.raises(UnreadableError, match="过大"):
        grid.read("表1")


def test_a_hundred_thousand_rows_of_empty_styled_cells() -> None:
    columns = "ABCDEFGHIJKLMNOPQRST"
    rows = "".join(
        f'<row r="{row}" spans="1:20">' + "".join(f'<c r="{letter}{row}" s="3"/>' for letter in columns) + "</row>"
        for row in range(2, 100_001)
    )
    data = xlsx(sheet('<row r="1"><c r="B1"><v>7</v></c></row>' + rows))
    begin = time.perf_counter()
    grid = FileHost.from_bytes(data, "x").read("表1")
    assert time.perf_counter() - begin < 20
    assert (grid.top, grid.left, grid.rows) == (1, 2, [[7]])


def test_repeated_rows_and_cells_of_an_open_document() -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    data = ods(
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>'
    )
    assert "过大" in sentence(data)


def test_spaces_without_end_in_an_open_document() -> None:
    text = (
        '<table:table-cell office:value-type="string"><text:p>'
        + '<text:s text:c="999999999"/>' * 50
        + "</text:p></table:table-cell>"
    )
    data = ods(f'<table:table table:name="a"><table:table-row>{text}</table:table-row></table:table>')
    begin = time.perf_counter()
    assert len(str(FileHost.from_bytes(data, "x").read("a").value(1, 1))) <= 500_000
    assert time.perf_counter() - begin < 10


def test_nesting_without_end() -> None:
    for xml in ("<a>" * 200_000, sheet("<row><c>" + "<is>" * 100_000)):
        assert "损坏" in sentence(xlsx(xml))


def test_reading_a_hostile_workbook_leaves_memory_alone(tmp_path: Path) -> None:
    """A far cell, in a process that may not have more than 600 MiB: an allocation for the whole rectangle would end it."""
    path = tmp_path / "far.xlsx"
    path.write_bytes(
        xlsx(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'))
    )
    program = (
        "import resource, sys, pathlib\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({600 << 20}, {600 << 20}))\n"
        "from gongkai_workbooks.file_host import FileHost\n"
        "print(len(list(FileHost(pathlib.Path(sys.argv[1])).read_all()[0].cells())))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "2", done.stderr
