"""Packages that would unpack to more than there is, or that say two things at once."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile

import pytest

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.reading.zip_archive import ZipArchive

from .packages import parts, sheet, xlsx, zipped

ONE = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')


def refused(data: bytes) -> str:
    """Reading is refused within ten seconds and 200 MiB; the sentence."""
    tracemalloc.start()
    begin = time.perf_counter()
    try:
        with pytest.raises(UnreadableError) as caught:
            FileHost.from_bytes(data, "表.xlsx").read_all()
        assert tracemalloc.get_traced_memory()[1] < 200 << 20
    finally:
        tracemalloc.stop()
    assert time.perf_counter() - begin < 10
    return str(caught.value)


def test_members_are_found_without_regard_to_case() -> None:
    archive = ZipArchive(zipped({"Xl/A.xml": "x" * 1000}))
    assert "xl/a.XML" in archive
    assert archive.read("xl/a.xml") == b"x" * 1000
    assert archive.names == ("Xl/A.xml",)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_stored_and_deflated_members(method: int) -> None:
    assert FileHost.from_bytes(zipped(parts(ONE), method), "x").read("表1").rows == [[1]]


def test_a_package_with_the_marks_of_very_large_files() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts(ONE).items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(part.encode() if isinstance(part, str) else part)
    assert FileHost.from_bytes(content.getvalue(), "x").read("表1").rows == [[1]]


def test_a_comment_at_the_end_of_the_package() -> None:
    content = io.BytesIO(xlsx(ONE))
    with zipfile.ZipFile(content, "a") as archive:
        archive.comment = b"comment"
    assert FileHost.from_bytes(content.getvalue(), "x").read("表1").rows == [[1]]


def test_a_bomb_of_one_sheet() -> None:
    bomb = xlsx(sheet("<row/>" * 40_000_000))
    assert len(bomb) < 1 << 20
    assert "过大" in refused(bomb)


def test_a_bomb_of_many_sheets() -> None:
    rows = sheet("<row/>" * 15_000_000)
    assert "过大" in refused(xlsx(*[rows] * 6))


def test_a_sheet_that_unpacks_to_more_than_its_header_says() -> None:
    data = bytearray(xlsx(sheet("<row/>" * 30_000_000)))
    size = struct.pack("<L", len(sheet("<row/>" * 30_000_000)))
    for at in _all(data, size):
        data[at : at + 4] = struct.pack("<L", 500)
    assert "损坏" in refused(bytes(data))


def test_members_that_lie_over_each_other() -> None:
    data = bytearray(xlsx(ONE, ONE))
    entries = _all(data, b"PK\x01\x02")
    data[entries[-1] + 42 : entries[-1] + 46] = data[entries[-2] + 42 : entries[-2] + 46]
    assert "损坏" in refused(bytes(data))


def test_a_member_that_is_there_twice() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for name, part in [*parts(ONE).items(), ("xl/worksheets/sheet1.xml", sheet(""))]:
            archive.writestr(name, part)
    assert "损坏" in refused(content.getvalue())


def test_a_changed_figure_is_found_by_its_checksum() -> None:
    data = zipped(parts(sheet('<row r="1"><c r="A1"><v>14.72</v></c></row>')), zipfile.ZIP_STORED)
    assert data.count(b"14.72") == 1
    assert "损坏" in refused(data.replace(b"14.72", b"14.27"))


def test_an_encrypted_member() -> None:
    data = bytearray(xlsx(ONE))
    for at in _all(data, b"PK\x01\x02"):
        data[at + 8] |= 1
    assert "损坏" in refused(bytes(data))


def test_more_members_than_any_workbook_has() -> None:
    found = parts(ONE) | {f"xl/media/{number}.png": b"" for number in range(12_000)}
    assert "过大" in refused(zipped(found))


def _all(data: bytearray, wanted: bytes) -> list[int]:
    found, at = [], data.find(wanted)
    while at >= 0:
        found.append(at)
        at = data.find(wanted, at + 1)
    return found
