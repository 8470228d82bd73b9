"""Records of an ``.xls`` or ``.et`` workbook stream (BIFF5, BIFF8): sorted into what calamine may see and what it would lose."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.grid import Span

from .limits import MAX_AREA, MAX_COLUMN, MAX_SHEETS
from .zip_archive import DAMAGED, TOO_LARGE

BOF, EOF, CONTINUE, FILE_PASS = 0x0809, 0x000A, 0x003C, 0x002F
BOUND_SHEET, CODE_PAGE, DATE_MODE, FORMAT, XF, SST = 0x0085, 0x0042, 0x0022, 0x041E, 0x00E0, 0x00FC
NUMBER, LABEL, RICH_LABEL, BOOL_OR_ERROR, STRING, RK = 0x0203, 0x0204, 0x00D6, 0x0205, 0x0207, 0x027E
LABEL_SST, MUL_RK, FORMULA, MERGES, ROW, COLUMN_INFO = 0x00FD, 0x00BD, 0x0006, 0x00E5, 0x0208, 0x007D

_PLAIN_CELLS = {NUMBER: 14, LABEL: 8, RICH_LABEL: 8, RK: 10, LABEL_SST: 10}
"""Cell records that are passed on as they are, with their least length."""

_CODECS = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", **{page: f"cp{page}" for page in range(1250, 1259)}}

ERROR_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


class CellRecord(NamedTuple):
    """A cell record for calamine; row and column count from 1, ``last`` is the last column of a row of numbers."""

    kind: int
    row: int
    column: int
    last: int
    content: bytes


class SheetRecords:
    """What the records of one worksheet say."""

    def __init__(self) -> None:
        self.cells: list[CellRecord] = []
        self.faults: dict[tuple[int, int], str] = {}
        self.formulas: set[tuple[int, int]] = set()
        self.blank_results: set[tuple[int, int]] = set()
        """Formulas with a blank text as result and no sign of a calculation."""
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Span] = []
        self.texts = 0
        """Cells that name a shared text."""


def records(stream: bytes, position: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records of the substream that begins at ``position`` and has to end before ``end``."""
    depth = 0
    unpack = struct.Struct("<2H").unpack_from
    while position + 4 <= end:
        kind, length = unpack(stream, position)
        position += 4
        if position + length > end:
            break
        if kind == BOF:
            depth += 1
        # Charts inside a sheet have cell-like records of their own.
        if depth == 1 or kind == EOF:
            yield kind, stream[position : position + length]
        position += length
        if kind == EOF:
            depth -= 1
            if depth <= 0:
                return
    raise UnreadableError(DAMAGED)


def whole_records(stream: bytes) -> bytes:
    """The stream up to the end of its last whole record, encrypted or not; programs fill it up to some size."""
    position, end = 0, len(stream)
    while position + 4 <= end:
        following = position + 4 + stream[position + 2] + 256 * stream[position + 3]
        if following > end:
            break
        position = following
    return stream[:position]


class Globals(NamedTuple):
    """The workbook's own records: ``kept`` for calamine, ``sheets`` as (position, state, kind, raw name).

    ``codec`` is how BIFF5 stores text, "" for BIFF8.
    """

    kept: list[tuple[int, bytes]]
    sheets: list[tuple[int, int, int, bytes]]
    codec: str
    encrypted: bool
    strings: list[bytes]


def read_globals(stream: bytes) -> Globals:
    """Read the substream of the workbook itself. Raises ``UnreadableError``."""
    kept: list[tuple[int, bytes]] = []
    sheets: list[tuple[int, int, int, bytes]] = []
    biff8, code_page, encrypted = True, 1252, False
    strings: list[bytes] = []
    previous = 0
    for kind, content in records(stream, 0, len(stream)):
        if kind == CONTINUE and previous == SST:
            strings.append(content)
            kept.append((kind, content))
            continue
        previous = kind
        if kind == BOF:
            biff8 = content[:2] != b"\0\5"
        elif kind == FILE_PASS:
            encrypted = True
            break
        elif kind == BOUND_SHEET and len(content) >= 8:
            position, state, sheet_kind = struct.unpack_from("<LBB", content)
            sheets.append((position, state & 0x3F, sheet_kind, content[6:]))
        elif kind == CODE_PAGE and len(content) >= 2:
            code_page = struct.unpack_from("<H", content)[0]
        elif kind == SST:
            strings.append(content)
            kept.append((kind, content))
        elif (kind == DATE_MODE and len(content) >= 2) or (kind == FORMAT) or (kind == XF and len(content) >= 4):
            kept.append((kind, content))
    if len(sheets) > MAX_SHEETS:
        raise UnreadableError(TOO_LARGE)
    # calamine takes the next piece of the texts off a list from its front: many tiny pieces would take hours.
    if len(strings) > 64 + sum(map(len, strings)) // 256:
        raise UnreadableError(DAMAGED)
    codec = "" if biff8 else _CODECS.get(code_page, "gb18030")
    if codec:
        kept = [(kind, _wide_format(content, codec) if kind == FORMAT else content) for kind, content in kept]
    return Globals(kept, sheets, codec, encrypted, strings)


def read_sheet(stream: bytes, position: int, end: int, codec: str) -> SheetRecords:
    """Read the substream of one worksheet, which has to end before ``end``; ``codec`` as in ``Globals``.

    Raises ``UnreadableError``.
    """
    sheet = SheetRecords()
    pending: tuple[int, int] | None = None
    for kind, content in records(stream, position, end):
        if kind in _PLAIN_CELLS and len(content) >= _PLAIN_CELLS[kind]:
            row, column = struct.unpack_from("<2H", content)
            if codec and kind in (LABEL, RICH_LABEL):
                content = content[:6] + _wide_text(content[6:], codec)
            sheet.cells.append(CellRecord(kind, row + 1, column + 1, column + 1, content))
            sheet.texts += kind == LABEL_SST
        elif kind == MUL_RK and len(content) >= 12:
            row, column = struct.unpack_from("<2H", content)
            count = (len(content) - 6) // 6
            content = content[: 4 + 6 * count] + struct.pack("<H", column + count - 1)
            sheet.cells.append(CellRecord(kind, row + 1, column + 1, column + count, content))
        elif kind == BOOL_OR_ERROR and len(content) >= 8:
            row, column = struct.unpack_from("<2H", content)
            if content[7]:
                sheet.faults[row + 1, column + 1] = ERROR_CODES.get(content[6], "#VALUE!")
            else:
                sheet.cells.append(CellRecord(kind, row + 1, column + 1, column + 1, content))
        elif kind == FORMULA and len(content) >= 20:
            row, column = struct.unpack_from("<2H", content)
            pending = (row + 1, column + 1)
            _read_formula(sheet, pending, content)
        elif kind == STRING and pending is not None and len(content) >= 2:
            text = _wide_text(content, codec) if codec else content
            sheet.cells.append(CellRecord(kind, *pending, pending[1], text))
            pending = None
        elif kind == MERGES and len(content) >= 2:
            whole = content[2 : 2 + (len(content) - 2) // 8 * 8]
            sheet.merges += [
                Span(top + 1, left + 1, bottom + 1, right + 1)
                for top, bottom, left, right in struct.iter_unpack("<4H", whole)
            ]
        elif kind == ROW and len(content) >= 16 and content[12] & 0x20:
            sheet.hidden_rows.add(struct.unpack_from("<H", content)[0] + 1)
        elif kind == COLUMN_INFO and len(content) >= 10 and content[8] & 1:
            first, last = struct.unpack_from("<2H", content)
            sheet.hidden_columns.update(range(first + 1, min(last, MAX_COLUMN) + 2))
        if len(sheet.cells) > MAX_AREA:
            raise UnreadableError(TOO_LARGE)
    return sheet


def _read_formula(sheet: SheetRecords, place: tuple[int, int], content: bytes) -> None:
    sheet.formulas.add(place)
    if content[12:14] == b"\xff\xff":
        result = content[6]
        if result == 2:
            sheet.faults[place] = ERROR_CODES.get(content[8], "#VALUE!")
            return
        if result == 3:
            if content[14:20] == bytes(6):
                sheet.blank_results.add(place)
            return
    # The formula itself is cut off: calamine would translate it, at its own risk, and nobody could get at the text.
    sheet.cells.append(CellRecord(FORMULA, *place, place[1], content[:20] + b"\0\0"))


def _wide_text(content: bytes, codec: str) -> bytes:
    """Text of BIFF5 as BIFF8 stores it: calamine cannot read the double-byte code pages, Chinese among them."""
    return wide_text(content[2 : 2 + struct.unpack_from("<H", content)[0]].decode(codec, "replace"))


def _wide_format(content: bytes, codec: str) -> bytes:
    return (
        content[:2] + wide_text(content[3 : 3 + content[2]].decode(codec, "replace")) if len(content) > 2 else content
    )


def wide_text(text: str) -> bytes:
    """Text as BIFF8 stores it."""
    raw = text.encode("utf-16-le")
    return struct.pack("<HB", len(raw) // 2, 1) + raw


def text_lengths(pieces: list[bytes]) -> list[int]:
    """Characters of each shared text; ``pieces`` are the SST record and those that continue it. Stops where they break off."""
    lengths: list[int] = []
    number, position = 0, 8
    try:
        while True:
            while position >= len(pieces[number]):
                number, position = number + 1, 0
            piece = pieces[number]
            length, flags = struct.unpack_from("<HB", piece, position)
            position += 3
            skip = 0
            if flags & 8:
                skip += 4 * struct.unpack_from("<H", piece, position)[0]
                position += 2
            if flags & 4:
                skip += struct.unpack_from("<L", piece, position)[0]
                position += 4
            lengths.append(length)
            left, width = length, 1 + (flags & 1)
            while left:
                taken = min(left, (len(piece) - position) // width)
                left -= taken
                position += taken * width
                if left:
                    number += 1
                    piece = pieces[number]
                    position, width = 1, 1 + (piece[0] & 1)
            while skip:
                taken = min(skip, len(piece) - position)
                skip -= taken
                position += taken
                if skip:
                    number += 1
                    piece, position = pieces[number], 0
    except (IndexError, struct.error):
        return lengths
