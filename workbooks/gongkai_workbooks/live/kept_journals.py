"""The journals of an open workbook, kept in a hidden sheet of it, so that they are saved, closed and opened with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gongkai_workbooks.edits import JOURNAL_SHEET, Journal
from gongkai_workbooks.errors import LockedError, WorkbookError

from .looks import BAD_RECORD
from .program import Program
from .sheet_values import block

if TYPE_CHECKING:
    import xlwings

_HEAD = "本表由决算公开校验保存修正前的内容，用于撤销；清除标记后自动删除"
_PIECE = 8_000
"""Characters of the record in one cell. Excel takes 32,767, but not all versions more than 8,203 where many cells are written at once."""
_MARK = "|"
"""Begins every piece, so that none can be taken for a formula or a number."""


def kept_journals(book: xlwings.Book, program: Program) -> tuple[Journal, ...]:
    """The journals, oldest first. Raises ``WorkbookError`` when the record was damaged.

    A sheet in which nothing stands holds none: whoever added it was ended before it could write there.
    """
    from gongkai_workbooks.package.archive import DamagedError
    from gongkai_workbooks.package.journal import chain_from_json

    if JOURNAL_SHEET not in program.sheet_names(book):
        return ()
    cells = [row[0] for row in block(book.sheets[JOURNAL_SHEET].used_range.raw_value)]
    pieces = [cell[1:] for cell in cells if isinstance(cell, str) and cell.startswith(_MARK)]
    if not any(cells):
        return ()
    try:
        return chain_from_json("".join(pieces)).journals
    except DamagedError:
        raise WorkbookError(f"{book.name}：{BAD_RECORD}") from None


def keep_journals(book: xlwings.Book, program: Program, journals: Sequence[Journal]) -> None:
    """Let the workbook keep exactly these; the sheet goes with the last. Raises ``LockedError`` when no sheet may be added.

    One call puts the new record in the place of the old one, the rest of which is blanked with it: whoever is ended meanwhile leaves the one or the other.
    """
    from gongkai_workbooks.package.journal import Chain, chain_to_json

    there = JOURNAL_SHEET in program.sheet_names(book)
    if not journals:
        if there:
            if program.structure_locked(book):
                book.sheets[JOURNAL_SHEET].used_range.clear()
            else:
                program.remove_sheet(book.sheets[JOURNAL_SHEET])
        return
    rows = [[_HEAD], *([piece] for piece in _pieces(chain_to_json(Chain(tuple(journals))).decode()))]
    if there:
        sheet = book.sheets[JOURNAL_SHEET]
        rows += [[""]] * (sheet.used_range.last_cell.row - len(rows))
    elif program.structure_locked(book):
        raise LockedError(f"{book.name}：工作簿结构受保护，无法保存撤销所需的校验记录。请先撤销工作簿保护。")
    else:
        sheet = program.add_sheet(book, JOURNAL_SHEET)
    program.put_texts(sheet, rows)
    program.hide_deeply(sheet)


def _pieces(record: str) -> Iterator[str]:
    for start in range(0, len(record), _PIECE):
        yield _MARK + record[start : start + _PIECE]
