"""Two thousand damaged workbooks of all formats: each is read or refused by a sentence, never anything else, and quickly."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
import pytest
import xlwt  # type: ignore[import-untyped]

from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.file_host import FileHost

from . import old_binary, test_xlsb_book
from .packages import ods, parts, sheet, xlsb, zipped


def modern() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in range(1, 40):
        for column in range(1, 9):
            page.cell(row, column, f"项目{row}" if column == 1 else row * column / 100)
    page["C41"] = "=SUM(C1:C40)"
    page.merge_cells("A43:C44")
    page.row_dimensions[7].hidden = True
    book.create_sheet("公开02")["B2"] = "#REF!"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def plain() -> bytes:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{row % 3}</v></c><c r="B{row}" s="1"><v>{row}.5</v></c>'
        f'<c r="C{row}"><f>A{row}+1</f><v>7</v></c><c r="D{row}" t="e"><v>#N/A</v></c></row>'
        for row in range(1, 30)
    )
    merges = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    return zipped(parts(sheet(rows, tail=merges), sheet(rows), strings=["一", "二", "三"]))


def old() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("公开01")
    for row in range(40):
        page.write(row, 0, f"项目{row}")
        for column in range(1, 6):
            page.write(row, column, row * column / 100)
        page.write(row, 6, xlwt.Formula("A1+1"))
    page.write_merge(50, 51, 0, 3, "合")
    return old_binary.saved(book)


def binary() -> bytes:
    return xlsb(("公开01", 0, test_xlsb_book.SHEET), ("公开02", 1, test_xlsb_book.SHEET), strings=["零", "一"])


def open_document() -> bytes:
    cells = (
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>项<text:s text:c="2"/>目</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="3"/>'
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="float" office:value="14.72"/>'
    )
    rows = f'<table:table-row table:number-rows-repeated="2">{cells}</table:table-row>' * 20
    return ods(f'<table:table table:name="a">{rows}</table:table><table:table table:name="b">{rows}</table:table>')


MAKERS: list[Callable[[], bytes]] = [modern, plain, old, binary, open_document]


def truncated(data: bytes, dice: random.Random) -> Iterator[bytes]:
    for part in range(1, 20):
        yield data[: len(data) * part // 20]
    for _ in range(21):
        yield data[: dice.randrange(len(data))]
    for _ in range(10):
        start = dice.randrange(len(data))
        yield data[:start] + data[start + dice.randrange(1, 200) :]


def flipped(data: bytes, dice: random.Random, count: int) -> Iterator[bytes]:
    for _ in range(count):
        changed = bytearray(data)
        for _ in range(dice.choice((1, 1, 2, 8))):
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        yield bytes(changed)


def garbled(part: bytes, dice: random.Random) -> bytes:
    """One part with something wrong in it, such as a program with a mistake could write."""
    changed = bytearray(part)
    start = dice.randrange(len(part) + 1)
    stop = start + dice.choice((0, 1, 4, 30, 500))
    other = dice.randrange(len(part) + 1)
    kind = dice.randrange(6)
    if kind == 0:
        changed[start:stop] = dice.randbytes(dice.randrange(1, 9))
    elif kind == 1:
        del changed[start:stop]
    elif kind == 2:
        changed[start:start] = part[other : other + dice.choice((1, 10, 300))]
    elif kind == 3:
        changed[start:stop] = dice.choice(
            (
                b"<",
                b">",
                b'"',
                b"&",
                b"99999999999",
                b"-1",
                b"<c>",
                b"</row>",
                b"]]>",
                b"XFD1048576",
                b"\xff\xff\xff\xff",
                b"\0" * 9,
            )
        )
    elif kind == 4:
        digits = [at for at, byte in enumerate(part) if 48 <= byte < 58]
        for at in dice.sample(digits, min(3, len(digits))):
            changed[at] = dice.choice(b"0123456789A- ")
    else:
        for _ in range(dice.randrange(1, 6)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def repacked(data: bytes, dice: random.Random, count: int) -> Iterator[bytes]:
    """Whole packages with parts swapped, lost or garbled."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    names = list(members)
    for number in range(count):
        changed: dict[str, str | bytes] = dict(members)
        name, other = dice.choice(names), dice.choice(names)
        if number % 10 == 0:
            changed[name], changed[other] = changed[other], changed[name]
        elif number % 10 == 1:
            del changed[name]
        elif number % 10 == 2:
            changed[name] = dice.choice(
                (b"", b"\0" * 100, dice.randbytes(300), b"<a/>", b"<worksheet><sheetData>", b"<" * 50_000)
            )
        else:
            for chosen in {name, other}:
                changed[chosen] = garbled(members[chosen], dice)
        yield zipped(changed)


def restreamed(data: bytes, dice: random.Random, count: int) -> Iterator[bytes]:
    """Old workbooks with garbled records in a sound container."""
    from gongkai_workbooks.reading.compound_file import compound_file, workbook_stream

    stream = workbook_stream(data)
    assert stream is not None
    for _ in range(count):
        yield compound_file(garbled(stream, dice))


def damaged(make: Callable[[], bytes]) -> Iterator[bytes]:
    data = make()
    dice = random.Random(make.__name__)
    yield from truncated(data, dice)
    yield from flipped(data, dice, 100)
    yield from (restreamed if make is old else repacked)(data, dice, 250)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_damage_ends_in_a_sentence_or_in_values(make: Callable[[], bytes]) -> None:
    assert FileHost.from_bytes(make(), "表").read_all()
    count = refused = 0
    slowest = 0.0
    for data in damaged(make):
        count += 1
        begin = time.perf_counter()
        host = FileHost.from_bytes(data, "表")
        try:
            for grid in host.read_all():
                assert all(value != "" for _, _, value in grid.cells())
                host.formulas(grid.sheet)
        except WorkbookError as error:
            refused += 1
            text = str(error)
            assert text.startswith("表：")
            assert text.endswith("。")
            assert len(text) < 200
        slowest = max(slowest, time.perf_counter() - begin)
    assert count == 400
    assert 100 < refused < count
    assert slowest < 5
