"""What a file is, by its first bytes and not by its name."""

from __future__ import annotations

from enum import Enum

from gongkai_workbooks.errors import UnreadableError

SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 格式后再试"


class Container(Enum):
    """The two kinds of container that hold a workbook."""

    ZIP = "zip"
    OLE = "ole"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FOREIGN = (
    (b"%PDF", "是 PDF 文件，不是电子表格", "请改用原来的电子表格；没有的话，先转成 .xlsx 格式"),
    (b"{\\rtf", "是 RTF 文档，不是电子表格", "请把其中的表格复制到 Excel 或 WPS 表格，存为 .xlsx 格式"),
    (b"\x89PNG", "是图片，不是电子表格", "请改用原来的电子表格"),
    (b"\xff\xd8\xff", "是图片，不是电子表格", "请改用原来的电子表格"),
    (b"GIF8", "是图片，不是电子表格", "请改用原来的电子表格"),
    (b"Rar!", "是 RAR 压缩包，不是电子表格", "请先解压，再检查里面的表格"),
    (b"7z\xbc\xaf\x27\x1c", "是 7z 压缩包，不是电子表格", "请先解压，再检查里面的表格"),
    (b"\x1f\x8b", "是 gzip 压缩包，不是电子表格", "请先解压，再检查里面的表格"),
    (b"MZ\x90\0", "是可执行程序，不是电子表格", "请不要打开它，并核对文件来源"),
    (b"\x09\x00", "是 Excel 4.0 或更早的表格", SAVE_AS),
    (b"\x09\x02", "是 Excel 4.0 或更早的表格", SAVE_AS),
    (b"\x09\x04", "是 Excel 4.0 或更早的表格", SAVE_AS),
)


def container_of(data: bytes) -> Container:
    """The container of a file's content.

    Raises ``UnreadableError`` (without the path) that says what the content is and what to do, when it is no workbook.
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return Container.ZIP
    if data[:8] == _OLE:
        return Container.OLE
    if not data:
        raise UnreadableError("文件是空的（0 字节）。请重新下载或复制这个文件")
    for start, what, cure in _FOREIGN:
        if data.startswith(start):
            raise UnreadableError(f"{what}。{cure}")
    if not data.strip(b"\0"):
        raise UnreadableError("文件内容全是空字节，多半没有下载或复制完整。请重新下载或复制这个文件")
    raise UnreadableError(_text_kind(data[:4096]))


def _text_kind(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) & ~1].decode("utf-16", "replace").lower()
    elif b"\0" in head:
        return f"不是电子表格，或者文件已经损坏。{SAVE_AS}"
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lower()
    start = text.lstrip()
    if start.startswith("mime-version") or "multipart/related" in text:
        return f"是网页归档（MHTML），只是改了扩展名。{SAVE_AS}"
    if "<html" in text or "<table" in text or start.startswith("<!doctype html"):
        return f"是网页（HTML），只是改了扩展名，多半由业务系统导出。{SAVE_AS}"
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return f"是 XML 表格（Excel 2003 的 XML 格式）。{SAVE_AS}"
    if start.startswith("<"):
        return f"是 XML 文件，不是电子表格。{SAVE_AS}"
    if "\t" in text or "," in text or "\n" in text:
        return f"是纯文本（如 CSV），不是电子表格。{SAVE_AS}"
    return f"不是电子表格，或者文件已经损坏。{SAVE_AS}"
