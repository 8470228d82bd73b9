"""From the bytes of a file to the reader of its format."""

from __future__ import annotations

from gongkai_workbooks.errors import UnreadableError

from .calamine_reader import contained
from .relationships import main_part
from .saved_book import SavedBook
from .signature import SAVE_AS, Container, container_of
from .xlsx_book import XlsxBook
from .zip_archive import DAMAGED, ZipArchive

_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.text": "是文字文档（ODT），不是电子表格。请改用原来的电子表格",
    "application/vnd.oasis.opendocument.presentation": "是演示文稿（ODP），不是电子表格。请改用原来的电子表格",
}
_FOREIGN_FOLDERS = {
    "word": "是 Word 文档，不是电子表格。请改用原来的电子表格",
    "ppt": "是 PowerPoint 演示文稿，不是电子表格。请改用原来的电子表格",
    "visio": "是 Visio 绘图，不是电子表格。请改用原来的电子表格",
}
_NO_SHEETS = "里面没有工作表。请检查文件，或用 Excel、WPS 打开后另存为 .xlsx 格式"


def open_book(data: bytes, password: str | None) -> SavedBook:
    """Open a workbook by its content. Raises ``WorkbookError`` with a sentence that lacks the path."""
    with contained():
        ole = container_of(data) is Container.OLE
        book = _open_ole(data, password) if ole else _open_zip(ZipArchive(data))
        if not book.sheets:
            raise UnreadableError(_NO_SHEETS)
        names = [entry.name for entry in book.sheets]
        sources = [entry.source.lower() for entry in book.sheets if entry.source]
        # A thousand sheets that are one part would be read a thousand times.
        if len(set(names)) != len(names) or len(set(sources)) != len(sources):
            raise UnreadableError(DAMAGED)
        return book


def _open_ole(data: bytes, password: str | None) -> SavedBook:
    from .biff_records import read_globals, whole_records
    from .compound_file import compound_file, workbook_stream
    from .password import decrypted
    from .xls_book import XlsBook

    stream = workbook_stream(data)
    if stream is None:
        content = decrypted(data, password)
        if container_of(content) is not Container.ZIP:
            raise UnreadableError(DAMAGED)
        return _open_zip(ZipArchive(content))
    workbook = read_globals(stream)
    if workbook.encrypted:
        stream = workbook_stream(decrypted(compound_file(whole_records(stream)), password))
        if stream is None:
            raise UnreadableError(DAMAGED)
        workbook = read_globals(stream)
    return XlsBook(stream, workbook)


def _open_zip(archive: ZipArchive) -> SavedBook:
    main = main_part(archive)
    if main is not None:
        foreign = _FOREIGN_FOLDERS.get(main.partition("/")[0])
        if foreign is not None:
            raise UnreadableError(foreign)
        if not main.endswith(".bin"):
            return XlsxBook(archive, main)
        from .xlsb_book import XlsbBook

        return XlsbBook(archive, main)
    if "content.xml" in archive:
        kind = archive.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in archive else ""
        if kind in _OPEN_DOCUMENTS:
            raise UnreadableError(_OPEN_DOCUMENTS[kind])
        from .ods_book import OdsBook

        return OdsBook(archive)
    if "OFD.xml" in archive:
        raise UnreadableError("是 OFD 版式文件，不是电子表格。请改用原来的电子表格")
    if any(name.startswith("Index/") for name in archive.names):
        raise UnreadableError("是 Numbers 表格。请在 Numbers 里导出为 .xlsx 格式后再试")
    if any(name.lower().startswith("xl/") for name in archive.names):
        raise UnreadableError(DAMAGED)
    raise UnreadableError(f"是 ZIP 压缩包，不是电子表格。请先解压；如果它原本是表格，{SAVE_AS}")
