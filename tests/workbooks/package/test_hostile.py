"""Damaged and malicious files: one clear sentence, no crash, no long wait, nothing written."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai_workbooks.edits import Edits
from gongkai_workbooks.errors import LockedError, UnreadableError, WorkbookError
from gongkai_workbooks.package import clear_marks, journal_path, read_journals, undo_edits

from .edits import all_edits, mark, write
from .rich import MAIN, pack, unpack


def refused(path: Path, output: Path, words: str, kind: type[WorkbookError] = UnreadableError) -> None:
    before = path.read_bytes()
    with pytest.raises(kind) as raised:
        write(path, all_edits(), output)
    assert str(raised.value).startswith(f"{path}：") and words in str(raised.value)
    assert not output.exists() and not journal_path(output).exists()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "压缩包"),
        (b"not a workbook", "压缩包"),
        (b"PK\x05\x06" + b"\0" * 18, "不是工作簿"),
        (b"PK\x03\x04" + b"\0" * 100, "压缩包"),
    ],
)
def test_no_package(tmp_path: Path, output: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    refused(path, output, words)


def test_half_an_encrypted_workbook(tmp_path: Path, output: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    refused(path, output, "已损坏", UnreadableError)


def test_cut_off_at_every_length(rich: Path, tmp_path: Path, output: Path) -> None:
    data = rich.read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(100, len(data), len(data) // 40):
        path.write_bytes(data[:length])
        refused(path, output, "")


def test_flipped_bytes_never_crash(rich: Path, tmp_path: Path) -> None:
    data = bytearray(rich.read_bytes())
    path, output = tmp_path / "flipped.xlsx", tmp_path / "flipped.out.xlsx"
    outcomes = set()
    for position in range(7, len(data), len(data) // 150):
        data[position] ^= 0xFF
        path.write_bytes(data)
        data[position] ^= 0xFF
        try:
            write(path, all_edits(), output)
            outcomes.add("written")
        except WorkbookError as error:
            assert str(path) in str(error)
            outcomes.add("refused")
    assert outcomes == {"written", "refused"}


def with_part(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    parts = unpack(path.read_bytes())
    parts[name] = change(parts[name])
    path.write_bytes(pack(parts))


def test_a_document_type_is_refused(rich: Path, output: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with_part(rich, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"<worksheet", bomb + b"<worksheet", 1))
    refused(rich, output, "文档类型声明")


def test_a_document_type_in_another_encoding_is_refused(rich: Path, output: Path) -> None:
    def change(data: bytes) -> bytes:
        text = data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        return text.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1).encode("utf-16")

    with_part(rich, "xl/worksheets/sheet1.xml", change)
    refused(rich, output, "文档类型声明")


def test_a_file_is_not_read_through_an_entity(rich: Path, output: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'.encode()
    with_part(rich, "xl/workbook.xml", lambda data: data.replace(b"<workbook", entity + b"<workbook", 1))
    refused(rich, output, "文档类型声明")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'<row r="3"', b'<row r="2"', "行号有误"),
        (b'<row r="3"', b'<row r="99999999999999999999"', "行号有误"),
        (b'<c r="C8"', b'<c r="A8"', "单元格地址有误"),
        (b'<c r="C8"', b'<c r="???8"', "单元格地址有误"),
        (b"</sheetData>", b"", "XML 内容有误"),
        (b"sheetData", b"sheetdata", "没有数据区"),
    ],
)
def test_sheets_out_of_order(rich: Path, output: Path, old: bytes, new: bytes, words: str) -> None:
    with_part(rich, "xl/worksheets/sheet1.xml", lambda data: data.replace(old, new))
    refused(rich, output, words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b' s="1"', b' s="' + b"9" * 5000 + b'"'),
        (b'spans="1:5"', b'spans="x:y"'),
        (b'<mergeCell ref="A23:B24"/>', b'<mergeCell ref="A:B"/><mergeCell ref="A23:XFD1048576"/><mergeCell/>'),
        (b'<dimension ref="A1:E26"/>', b'<dimension ref="nowhere"/>'),
        (b'<dimension ref="A1:E26"/>', b"<!-- x --><?y z?>"),
        (b'si="0"', b'si="-1"'),
        (b't="s"><v>', b't="s"><v>99999999'),
    ],
)
def test_odd_attributes_are_lived_with(rich: Path, output: Path, old: bytes, new: bytes) -> None:
    with_part(rich, "xl/worksheets/sheet1.xml", lambda data: data.replace(old, new))
    write(rich, Edits(marks=all_edits().marks, values=all_edits().values), output)
    assert undo_edits(output, output) == ()
    assert unpack(output.read_bytes()) == unpack(rich.read_bytes())


def test_too_many_merged_ranges(rich: Path, output: Path) -> None:
    merges = b'<mergeCell ref="A1:A64"/>' * 40_000
    with_part(rich, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</mergeCells>", merges + b"</mergeCells>"))
    refused(rich, output, "合并单元格过多")


def test_a_bomb_is_not_unpacked(rich: Path, output: Path) -> None:
    """A sheet that says it is small and unpacks to 300 MB, and one that says so honestly."""
    parts = unpack(rich.read_bytes())
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}">'.encode() + b" " * 300_000_000
    data = pack(parts)
    rich.write_bytes(data)
    refused(rich, output, "过大")
    size = len(parts["xl/worksheets/sheet1.xml"])
    assert data.count(struct.pack("<I", size)) == 2
    rich.write_bytes(data.replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    refused(rich, output, "校验码不符")


def test_members_that_overlap(tmp_path: Path, output: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a", b"x" * 50_000)
        for number in range(200):
            info = zipfile.ZipInfo(f"b{number}")
            first = archive.filelist[0]
            info.header_offset, info.file_size, info.compress_size, info.CRC = (
                0,
                first.file_size,
                first.compress_size,
                first.CRC,
            )
            archive.filelist.append(info)
        archive._didModify = True  # type: ignore[attr-defined]
    path = tmp_path / "overlap.xlsx"
    path.write_bytes(buffer.getvalue())
    refused(path, output, "重叠")


def test_two_members_of_one_name(rich: Path, output: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(rich, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    refused(rich, output, "重名")


@pytest.mark.parametrize("name", ["决算.xls", "决算.et", "决算.ods", "决算.xlsb", "决算.csv", "决算"])
def test_other_formats_are_told_to_be_saved_as_xlsx(rich: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(rich.read_bytes())
    for action in (
        lambda: write(path, all_edits(), tmp_path / "out.xlsx"),
        lambda: read_journals(path),
        lambda: undo_edits(path, path),
        lambda: clear_marks(path, path),
    ):
        with pytest.raises(WorkbookError, match=r"另存为 \.xlsx"):
            action()


def test_the_output_has_the_kind_of_the_source(rich: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="扩展名应与原文件相同"):
        write(rich, all_edits(), tmp_path / "out.xlsm")


def test_a_missing_file_and_a_folder(tmp_path: Path, output: Path) -> None:
    with pytest.raises(UnreadableError, match="找不到文件"):
        write(tmp_path / "没有.xlsx", all_edits(), output)
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises((UnreadableError, LockedError), match=r"文件夹|权限"):
        write(tmp_path / "folder.xlsx", all_edits(), output)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "null",
        "[]",
        '{"format": "urn:gongkai:journal:1", "version": 2, "journals": [], "envelope": []}',
        '{"format": "urn:gongkai:journal:1", "version": 1, "journals": [{"tool_version": 1}], "envelope": []}',
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_a_malicious_journal(rich: Path, text: str) -> None:
    journal_path(rich).write_text(text, encoding="latin-1")
    with pytest.raises(UnreadableError, match="校验记录"):
        undo_edits(rich, rich)


def test_a_journal_cannot_name_parts_outside(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark("C8"),)), output)
    journal_path(rich).write_text(
        journal_path(output).read_text(encoding="utf-8").replace('"xl/styles.xml"', '"../styles.xml"'), encoding="utf-8"
    )
    with pytest.raises(UnreadableError, match="校验记录有误"):
        undo_edits(rich, rich)


def test_a_journal_with_cells_that_are_none(rich: Path, output: Path) -> None:
    write(rich, all_edits(), output)
    document = json.loads(journal_path(output).read_text(encoding="utf-8"))
    document["journals"][0]["parts"] = []
    for cell in document["journals"][0]["cells"]:
        cell["row"] += 1_048_570
    journal_path(rich).write_text(json.dumps(document), encoding="utf-8")
    before = unpack(rich.read_bytes())
    refusals = undo_edits(rich, rich)
    assert refusals
    after = unpack(rich.read_bytes())
    assert after["xl/worksheets/sheet1.xml"] == before["xl/worksheets/sheet1.xml"]
