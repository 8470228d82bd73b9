"""Files on disk, as the user gives them: found or not, workbooks or something else."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, SetValue
from gongkai_workbooks.errors import LockedError, UnreadableError, WorkbookError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.host import Host
from tests.workbooks.reading.packages import CONTENT_TYPES, sheet, xlsx, zipped

PACKAGE = xlsx(sheet('<row r="1"><c r="A1"><v>14.72</v></c></row>'))


def sentence(path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        FileHost(path).sheets()
    text = str(caught.value)
    assert text.startswith(f"{path}：")
    assert text.endswith("。")
    return text


def test_a_file_host_is_a_host(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(PACKAGE)
    host: Host = FileHost(path)
    assert host.sheets() == ("表1",)
    assert host.read("表1").rows == [[14.72]]
    host.goto(CellRef("表1", 1, 1))


@pytest.mark.parametrize("name", ["表.xls", "表.et", "表.csv", "表", "表 (1).XLSX"])
def test_the_extension_does_not_matter(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PACKAGE)
    assert FileHost(path).read("表1").rows == [[14.72]]


@pytest.mark.parametrize(
    ("content", "what", "cure"),
    [
        (b"", "0 字节", "重新下载"),
        (b"%PDF-1.7\n", "PDF", "转成 .xlsx"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "网页", "另存为 .xlsx"),
        ("\ufeff<HTML>".encode("utf-16-le"), "网页", "另存为 .xlsx"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML 表格",
            "另存为 .xlsx",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML", "另存为 .xlsx"),
        ("项目,金额\n合计,1\n".encode("gbk"), "纯文本", "另存为 .xlsx"),
        (b"\x89PNG\r\n", "图片", "原来的电子表格"),
        (b"Rar!\x1a\x07", "RAR", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "7z", "解压"),
        (b"\0" * 5000, "空字节", "重新下载"),
        (bytes(range(256)) * 4, "损坏", "另存为 .xlsx"),
        (PACKAGE[: len(PACKAGE) // 2], "损坏或不完整", "重新下载"),
        (b"PK\x05\x06" + bytes(18), "损坏", "重新下载"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "损坏", "重新下载"),
        (zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<a/>"}), "Word", "原来的电子表格"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "PowerPoint", "原来的电子表格"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "ODT",
            "原来的电子表格",
        ),
        (zipped({"OFD.xml": "<a/>"}), "OFD", "原来的电子表格"),
        (zipped({"Index/Document.iwa": "x"}), "Numbers", "导出为 .xlsx"),
        (zipped({"公开01.xlsx": PACKAGE}), "ZIP 压缩包", "解压"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_workbook_says_what_it_is_and_what_to_do(
    tmp_path: Path, content: bytes, what: str, cure: str
) -> None:
    path = tmp_path / "公开.xls"
    path.write_bytes(content)
    text = sentence(path)
    assert what in text
    assert cure in text


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "找不到" in sentence(tmp_path / "没有.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    assert "是文件夹" in sentence(tmp_path)


def test_a_path_that_goes_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert "读取时出错" in sentence(tmp_path / "a" / "b.xlsx")


def test_a_path_that_no_system_takes() -> None:
    with pytest.raises(UnreadableError):
        FileHost(Path("a\0b.xlsx")).sheets()


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(PACKAGE)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    # The tests may run as somebody who may read everything.
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "没有读取权限" in sentence(path)


def test_a_device_is_not_read() -> None:
    assert "不是普通文件" in sentence(Path(os.devnull))


def test_a_file_of_more_than_any_workbook_needs(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with path.open("wb") as file:
        file.write(PACKAGE)
        file.truncate(300 << 20)
    assert "300 MB" in sentence(path)


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(PACKAGE)
    with pytest.raises(WorkbookError, match="没有名为「公开09」的工作表"):
        FileHost(path).read("公开09")


def test_bytes_from_elsewhere() -> None:
    host = FileHost.from_bytes(PACKAGE, "标准输入")
    assert host.path is None
    assert host.read_all()[0].rows == [[14.72]]
    with pytest.raises(LockedError, match=r"^标准输入：不是磁盘上的文件"):
        host.apply(Edits())
    with pytest.raises(UnreadableError, match=r"^标准输入：文件是空的"):
        FileHost.from_bytes(b"", "标准输入").sheets()


def test_edits_are_written_read_again_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B2"] = 14.27
    book.save(path)
    host = FileHost(path)
    assert host.read("Sheet").value(2, 2) == 14.27
    applied = host.apply(Edits(values=(SetValue(cell=CellRef("Sheet", 2, 2), old=14.27, new=14.72),)))
    assert applied.refused == ()
    assert host.read("Sheet").value(2, 2) == 14.72
    assert host.undo(applied.journal) == ()
    assert host.read("Sheet").value(2, 2) == 14.27


def test_edits_may_go_to_another_file(tmp_path: Path) -> None:
    path, other = tmp_path / "表.xlsx", tmp_path / "表.校验.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B2"] = 14.27
    book.save(path)
    before = path.read_bytes()
    FileHost(path).apply(Edits(values=(SetValue(cell=CellRef("Sheet", 2, 2), old=14.27, new=14.72),)), other)
    assert path.read_bytes() == before
    assert FileHost(other).read("Sheet").value(2, 2) == 14.72
