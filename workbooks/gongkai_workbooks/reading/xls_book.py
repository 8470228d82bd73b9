"""Workbooks in the old binary format: ``.xls`` of Excel, ``.et`` of WPS."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.grid import NEVER_CALCULATED, Grid

from .biff_records import (
    BOF,
    BOUND_SHEET,
    CODE_PAGE,
    EOF,
    LABEL_SST,
    STRING,
    Globals,
    SheetRecords,
    read_sheet,
    text_lengths,
)
from .calamine_reader import read_values
from .compound_file import compound_file
from .far_cells import Layout, layout_of, spread
from .limits import MAX_TEXT_BYTES, MAX_WORKBOOK_AREA
from .saved_book import SheetEntry
from .zip_archive import DAMAGED, TOO_LARGE

_LONGEST_TEXT = 65_535 * 3
_BEGIN = struct.pack("<10H", BOF, 16, 0x0600, 0x0005, 0, 0, 0, 0, 0, 0)


class XlsBook:
    """An opened record stream. calamine gets a stream written anew, with the records it needs and no others."""

    def __init__(self, stream: bytes, workbook: Globals) -> None:
        self._workbook = workbook
        self._records: list[SheetRecords] = []
        entries = []
        # Each sheet has to end before the next begins: sheets that lie inside each other would be read over and over.
        starts = sorted(position for position, _, _, _ in workbook.sheets)
        if len(set(starts)) != len(starts):
            raise UnreadableError(DAMAGED)
        ends = dict(zip(starts, [*starts[1:], len(stream)], strict=True))
        for position, state, kind, raw in workbook.sheets:
            if kind == 0:
                entries.append(SheetEntry(self._name(raw), state == 0, ""))
                self._records.append(read_sheet(stream, position, ends[position], workbook.codec))
        self._find_never_calculated()
        self.sheets: Sequence[SheetEntry] = tuple(entries)

    def read(self, chosen: Sequence[int]) -> list[Grid]:
        """See ``SavedBook``."""
        self._check_text(chosen)
        layouts = []
        for place in chosen:
            cells = self._records[place].cells
            columns = {column for cell in cells for column in range(cell.column, cell.last + 1)}
            layouts.append(layout_of((cell.row for cell in cells), columns))
        if sum(layout.area for layout in layouts) > MAX_WORKBOOK_AREA:
            raise UnreadableError(TOO_LARGE)
        content = compound_file(self._stream(chosen, layouts))
        names = [str(number) for number in range(len(chosen))]
        values = read_values(content, names, lambda number: self.sheets[chosen[number]].name)
        grids = []
        for place, layout, found in zip(chosen, layouts, values, strict=True):
            records, entry = self._records[place], self.sheets[place]
            rows, top, left = spread(found.rows, found.top, found.left, layout)
            grids.append(
                Grid(
                    entry.name,
                    rows,
                    top,
                    left,
                    entry.visible,
                    tuple(records.merges),
                    records.faults,
                    frozenset(records.formulas),
                    frozenset(records.hidden_rows),
                    frozenset(records.hidden_columns),
                )
            )
        return grids

    def formulas(self, place: int) -> Mapping[tuple[int, int], str]:
        """See ``SavedBook``: positions only, the text is compiled into tokens."""
        return dict.fromkeys(sorted(self._records[place].formulas), "=")

    def _name(self, raw: bytes) -> str:
        length = raw[0]
        if self._workbook.codec:
            return raw[1 : 1 + length].decode(self._workbook.codec, "replace")
        if raw[1] & 1:
            return raw[2 : 2 + 2 * length].decode("utf-16-le", "replace")
        return raw[2 : 2 + length].decode("latin-1")

    def _find_never_calculated(self) -> None:
        """A program that cannot calculate stores a blank text for every formula; one that can never does so for all."""
        formulas = sum(len(records.formulas) for records in self._records)
        blank = sum(len(records.blank_results) for records in self._records)
        if formulas and formulas == blank:
            for records in self._records:
                records.faults.update(dict.fromkeys(records.blank_results, NEVER_CALCULATED))

    def _check_text(self, chosen: Sequence[int]) -> None:
        texts = sum(self._records[place].texts for place in chosen)
        longest = min(sum(map(len, self._workbook.strings)), _LONGEST_TEXT)
        if texts * longest <= MAX_TEXT_BYTES:
            return
        lengths = text_lengths(self._workbook.strings)
        total = 0
        for place in chosen:
            for cell in self._records[place].cells:
                if cell.kind == LABEL_SST:
                    index = struct.unpack_from("<L", cell.content, 6)[0]
                    total += 3 * lengths[index] if index < len(lengths) else 0
        if total > MAX_TEXT_BYTES:
            raise UnreadableError(TOO_LARGE)

    def _stream(self, chosen: Sequence[int], layouts: Sequence[Layout]) -> bytes:
        # Always BIFF8, where a text says itself how it is stored; some programs write code pages that nobody knows.
        head = [_BEGIN, _record(CODE_PAGE, struct.pack("<H", 1200))]
        head += [_record(kind, content) for kind, content in self._workbook.kept]
        names = [str(number).encode("ascii") for number in range(len(chosen))]
        position = sum(map(len, head)) + sum(4 + 8 + len(name) for name in names) + 4
        bodies = []
        for name, place, layout in zip(names, chosen, layouts, strict=True):
            body = _sheet(self._records[place], layout)
            head.append(_record(BOUND_SHEET, struct.pack("<L4B", position, 0, 0, len(name), 0) + name))
            bodies.append(body)
            position += len(body)
        return b"".join((*head, _record(EOF, b""), *bodies))


def _sheet(sheet: SheetRecords, layout: Layout) -> bytes:
    rows = {row: place for place, row in enumerate(layout.row_numbers or (), 1)}
    columns = {column: place for place, column in enumerate(layout.column_numbers or (), 1)}
    pieces = [_BEGIN]
    for cell in sheet.cells:
        content = cell.content
        if rows and cell.kind != STRING:
            place = struct.pack("<2H", rows[cell.row] - 1, columns[cell.column] - 1)
            content = place + content[4:]
            if cell.last != cell.column:
                content = content[:-2] + struct.pack("<H", columns[cell.last] - 1)
        pieces.append(_record(cell.kind, content))
    pieces.append(_record(EOF, b""))
    return b"".join(pieces)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<2H", kind, len(content)) + content
