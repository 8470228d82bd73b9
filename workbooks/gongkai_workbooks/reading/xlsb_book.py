"""Workbooks in the binary format of Excel 2007 and later: ``.xlsb``."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.grid import Grid, Span

from .biff_records import ERROR_CODES
from .calamine_reader import read_values
from .far_cells import layout_of, spread
from .limits import MAX_AREA, MAX_COLUMN, MAX_ROW, MAX_SHEETS, MAX_TEXT_BYTES, MAX_WORKBOOK_AREA
from .relationships import relationships_of
from .saved_book import SheetEntry
from .stored_zip import stored_zip
from .zip_archive import DAMAGED, TOO_LARGE, ZipArchive

_ROW, _SHARED_TEXT = 0, 7
_VALUES = {2: 12, 4: 9, 5: 16, 6: 12, _SHARED_TEXT: 12, 8: 12, 9: 16, 10: 9}
"""Cell records with a value, with their least length."""
_ERRORS = (3, 11)
_FORMULAS = (8, 9, 10, 11)
_SST_ITEM, _COLUMN, _MERGE = 19, 60, 176
_PROPERTIES, _SHEET = 153, 156
_FORMAT, _STYLES, _STYLES_END, _STYLE = 44, 617, 618, 47
_SHEET_START = bytes((0x81, 1, 0, 0x94, 1, 16, *bytes(16), 0x91, 1, 0))
_SHEET_END = bytes((0x92, 1, 0, 0x82, 1, 0))


class _Sheet(NamedTuple):
    cells: list[tuple[int, int, int, bytes]]
    faults: dict[tuple[int, int], str]
    formulas: set[tuple[int, int]]
    hidden_rows: set[int]
    hidden_columns: set[int]
    merges: list[Span]


class XlsbBook:
    """An opened ``.xlsb`` package. calamine gets a package written anew, with the records it needs and no others."""

    def __init__(self, archive: ZipArchive, main: str) -> None:
        self._archive = archive
        relationships = relationships_of(archive, main)
        kinds = {relationship.kind: relationship.target for relationship in relationships.values()}
        self._texts = self._kept(kinds.get("sharedStrings", ""), {_SST_ITEM: 5})
        self._styles = self._kept(kinds.get("styles", ""), {_FORMAT: 6, _STYLES: 4, _STYLES_END: 0, _STYLE: 4})
        self._date_1904 = False
        entries = []
        for kind, content in _records(archive.read(main)):
            if kind == _PROPERTIES and content:
                self._date_1904 = bool(content[0] & 1)
            elif kind == _SHEET and len(content) >= 16:
                state = struct.unpack_from("<L", content)[0]
                key, position = _text(content, 8)
                name, _ = _text(content, position)
                found = relationships.get(key)
                if found is None:
                    raise UnreadableError(DAMAGED)
                if found.kind == "worksheet":
                    entries.append(SheetEntry(name, state == 0, found.target))
        if len(entries) > MAX_SHEETS:
            raise UnreadableError(TOO_LARGE)
        self.sheets: Sequence[SheetEntry] = tuple(entries)

    def read(self, chosen: Sequence[int]) -> list[Grid]:
        """See ``SavedBook``."""
        sheets = [self._sheet(place) for place in chosen]
        self._check_text(sheets)
        layouts = [
            layout_of((row for _, row, _, _ in sheet.cells), (column for _, _, column, _ in sheet.cells))
            for sheet in sheets
        ]
        if sum(layout.area for layout in layouts) > MAX_WORKBOOK_AREA:
            raise UnreadableError(TOO_LARGE)
        parts = self._shared()
        links, listing = [], [_record(_PROPERTIES, struct.pack("<3L", self._date_1904, 0, 0))]
        for number, (sheet, layout) in enumerate(zip(sheets, layouts, strict=True)):
            key, name = (_wide(f"r{number}"), _wide(str(number)))
            listing.append(_record(_SHEET, struct.pack("<2L", 0, number + 1) + key + name))
            links.append(f'<Relationship Id="r{number}" Target="worksheets/s{number}.bin"></Relationship>')
            parts[f"xl/worksheets/s{number}.bin"] = _written(sheet, layout.row_numbers, layout.column_numbers)
        parts["xl/workbook.bin"] = b"".join((*listing, _record(144, b""), _record(132, b"")))
        parts["xl/_rels/workbook.bin.rels"] = f"<Relationships>{''.join(links)}</Relationships>".encode()
        names = [str(number) for number in range(len(sheets))]
        values = read_values(stored_zip(parts.items()), names, lambda number: self.sheets[chosen[number]].name)
        grids = []
        for place, sheet, layout, found in zip(chosen, sheets, layouts, values, strict=True):
            entry = self.sheets[place]
            rows, top, left = spread(found.rows, found.top, found.left, layout)
            grids.append(
                Grid(
                    entry.name,
                    rows,
                    top,
                    left,
                    entry.visible,
                    tuple(sheet.merges),
                    sheet.faults,
                    frozenset(sheet.formulas),
                    frozenset(sheet.hidden_rows),
                    frozenset(sheet.hidden_columns),
                )
            )
        return grids

    def formulas(self, place: int) -> Mapping[tuple[int, int], str]:
        """See ``SavedBook``: positions only, the text is compiled into tokens."""
        return dict.fromkeys(sorted(self._sheet(place).formulas), "=")

    def _kept(self, name: str, least: Mapping[int, int]) -> list[tuple[int, bytes]]:
        """Records of these kinds out of a part that may be absent, each with its least length."""
        if name not in self._archive:
            return []
        found = [record for record in _records(self._archive.read(name)) if record[0] in least]
        if any(len(content) < least[kind] for kind, content in found):
            raise UnreadableError(DAMAGED)
        return found

    def _shared(self) -> dict[str, bytes]:
        """Texts and styles for calamine, which trusts the numbers of records that they declare: counted here."""
        texts = [_record(kind, content) for kind, content in self._texts]
        formats = [_record(kind, content) for kind, content in self._styles if kind == _FORMAT]
        styles = []
        inside = False
        for kind, content in self._styles:
            # Cell formats follow the formats of named styles, in records of the same kind.
            inside = kind == _STYLES or (inside and kind != _STYLES_END)
            if inside and kind == _STYLE:
                styles.append(_record(kind, content))
        return {
            "xl/sharedStrings.bin": _record(159, struct.pack("<2L", len(texts), len(texts))) + b"".join(texts),
            "xl/styles.bin": b"".join(
                (
                    _record(615, struct.pack("<L", len(formats))),
                    *formats,
                    _record(_STYLES, struct.pack("<L", len(styles))),
                    *styles,
                )
            ),
        }

    def _check_text(self, sheets: Sequence[_Sheet]) -> None:
        lengths = [len(content) for _, content in self._texts]
        total = 0
        for sheet in sheets:
            for kind, _, _, content in sheet.cells:
                if kind == _SHARED_TEXT:
                    index = struct.unpack_from("<L", content, 8)[0]
                    if index >= len(lengths):
                        raise UnreadableError(DAMAGED)
                    total += 2 * lengths[index]
        if total > MAX_TEXT_BYTES:
            raise UnreadableError(TOO_LARGE)

    def _sheet(self, place: int) -> _Sheet:
        sheet = _Sheet([], {}, set(), set(), set(), [])
        row = 0
        for kind, content in _records(self._archive.read(self.sheets[place].source)):
            if kind == _ROW and len(content) >= 12:
                row = struct.unpack_from("<L", content)[0] + 1
                if row > MAX_ROW:
                    raise UnreadableError(DAMAGED)
                if content[11] & 0x10:
                    sheet.hidden_rows.add(row)
            elif (kind in _VALUES or kind in _ERRORS) and len(content) >= _VALUES.get(kind, 9):
                column = struct.unpack_from("<L", content)[0] + 1
                if column > MAX_COLUMN or len(sheet.cells) > MAX_AREA:
                    raise UnreadableError(DAMAGED)
                if kind in _FORMULAS:
                    sheet.formulas.add((row, column))
                if kind in _ERRORS:
                    sheet.faults[row, column] = ERROR_CODES.get(content[8], "#VALUE!")
                else:
                    sheet.cells.append((kind, row, column, content))
            elif kind == _COLUMN and len(content) >= 18 and content[16] & 1:
                first, last = struct.unpack_from("<2L", content)
                sheet.hidden_columns.update(range(first + 1, min(last + 1, MAX_COLUMN) + 1))
            elif kind == _MERGE and len(content) >= 16:
                top, bottom, left, right = struct.unpack_from("<4L", content)
                sheet.merges.append(Span(top + 1, left + 1, bottom + 1, right + 1))
        return sheet


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    position, end = 0, len(content)
    while position < end:
        kind = content[position]
        position += 1
        if kind & 0x80:
            kind = kind & 0x7F | (content[position] & 0x7F) << 7
            position += 1
        length = shift = 0
        while shift < 28:
            byte = content[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if position + length > end:
            raise UnreadableError(DAMAGED)
        yield kind, content[position : position + length]
        position += length


def _written(sheet: _Sheet, row_numbers: Sequence[int] | None, column_numbers: Sequence[int] | None) -> bytes:
    rows = {row: place for place, row in enumerate(row_numbers or (), 1)}
    columns = {column: place for place, column in enumerate(column_numbers or (), 1)}
    pieces = [_SHEET_START]
    current = 0
    for kind, row, column, content in sheet.cells:
        if row != current:
            current = row
            pieces.append(_record(_ROW, struct.pack("<L", rows.get(row, row) - 1).ljust(17, b"\0")))
        pieces.append(_record(kind, struct.pack("<L", columns.get(column, column) - 1) + content[4:]))
    pieces.append(_SHEET_END)
    return b"".join(pieces)


def _record(kind: int, content: bytes) -> bytes:
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length = len(content)
    size = bytearray()
    while True:
        size.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if not length:
            return head + bytes(size) + content


def _wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def _text(content: bytes, position: int) -> tuple[str, int]:
    length = struct.unpack_from("<L", content, position)[0]
    end = position + 4 + 2 * length
    if length == 0xFFFFFFFF or end > len(content):
        raise UnreadableError(DAMAGED)
    return content[position + 4 : end].decode("utf-16-le", "replace"), end
