"""Rows and cells of one worksheet part: found by an index made once, created in order where they are absent."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from lxml.etree import _Element

from gongkai_workbooks.cells import column_letters, column_number
from gongkai_workbooks.grid import Span

from .archive import DamagedError
from .folding import restyle
from .opc import Package
from .workbook_xml import is_true
from .xml_tree import child, children, whole

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_TALL = 64
"""A merged range of more rows than this is kept apart, so that the index by row stays small."""
_MOST_MERGED_ROWS = 2_000_000
"""More rows of merged ranges than this, counted by range, and the sheet is no honest one."""
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?")


def parse_span(text: str) -> Span | None:
    """The rectangle of ``A1:C3``; ``None`` when it is none (whole columns, a damaged reference)."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    letters, row, last_letters, last_row = match.groups()
    left, top = column_number(letters), int(row)
    if last_letters is None:
        return Span(top, left, top, left)
    right, bottom = column_number(last_letters), int(last_row)
    if top <= bottom and left <= right:
        return Span(top, left, bottom, right)
    return Span(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


class Ranges:
    """Rectangles that can be asked which of them holds a cell."""

    def __init__(self, spans: list[Span]):
        self._tall: list[Span] = []
        self._rows: dict[int, list[Span]] = {}
        rows = 0
        for span in spans:
            top, _, bottom, _ = span
            rows += min(bottom - top + 1, _TALL)
            if rows > _MOST_MERGED_ROWS:
                raise DamagedError("合并单元格过多")
            if bottom - top >= _TALL:
                self._tall.append(span)
                continue
            for row in range(top, bottom + 1):
                self._rows.setdefault(row, []).append(span)

    def holding(self, row: int, column: int) -> Span | None:
        """The rectangle that holds the cell, if any."""
        for span in self._rows.get(row, []):
            if span.left <= column <= span.right:
                return span
        for span in self._tall:
            if span.top <= row <= span.bottom and span.left <= column <= span.right:
                return span
        return None


class SheetXml:
    """A worksheet part that is being edited. Raises ``DamagedError`` for rows or cells that are out of order.

    With ``folded`` the rows are not read before one is asked for, if the part is written plainly; ``restyle`` as a rule asks for none.
    """

    def __init__(self, package: Package, part: str, *, folded: bool = False):
        self.package = package
        self.part = part
        self._cells: dict[int, tuple[list[int], list[_Element]]] = {}
        self._editing = False
        self._added: list[tuple[int, int]] = []
        self._folded = package.fold(part) if folded else None
        if not folded:
            package.unfold(part)
        self._read()

    def _read(self) -> None:
        self.root = self.package.tree(self.part)
        data = child(self.root, "sheetData")
        if data is None:
            raise DamagedError(f"{self.part} 中没有数据区")
        self.data = data
        self._tag = {name: data.tag.replace("sheetData", name) for name in ("row", "c", "f")}
        self._row_numbers: list[int] = []
        self._row_elements: list[_Element] = []
        number = 0
        for row in self.data.iterchildren(self._tag["row"]):
            text = row.get("r")
            following = number + 1 if text is None else whole(text)
            if following <= number or following > LAST_ROW:
                raise DamagedError(f"{self.part} 的行号有误")
            number = following
            self._row_numbers.append(number)
            self._row_elements.append(row)

    def _unfold(self) -> None:
        if self._folded is not None:
            self._folded = None
            self.package.unfold(self.part)
            self._read()

    def row(self, number: int) -> _Element | None:
        """The row of that number, if the part has it."""
        self._unfold()
        at = bisect_left(self._row_numbers, number)
        return self._row_elements[at] if at < len(self._row_numbers) and self._row_numbers[at] == number else None

    def restyle(self, row: int, column: int, change: Callable[[int], int]) -> tuple[int, bool]:
        """Give a cell the style that ``change`` makes of its own; returns its own, and whether the cell was absent."""
        if self._folded is not None:
            restyled = restyle(self._folded.get(row, b""), f"{column_letters(column)}{row}", change)
            if restyled is not None:
                self.package.edit(self.part)
                self._folded[row], index = restyled
                return index, False
        element, absent = self.make_cell(row, column)
        index = style_index(element)
        element.set("s", str(change(index)))
        return index, absent

    def _cells_of(self, number: int, row: _Element) -> tuple[list[int], list[_Element]]:
        if number not in self._cells:
            columns: list[int] = []
            elements = list(row.iterchildren(self._tag["c"]))
            column = 0
            for element in elements:
                address = element.get("r")
                try:
                    following = column + 1 if address is None else column_number(address.rstrip("0123456789"))
                except ValueError:
                    following = 0
                if following <= column or following > LAST_COLUMN:
                    raise DamagedError(f"{self.part} 第 {number} 行的单元格地址有误")
                column = following
                columns.append(column)
            self._cells[number] = (columns, elements)
        return self._cells[number]

    def cell(self, row: int, column: int) -> _Element | None:
        """The cell at a row and column counted from 1, if the part has it."""
        element = self.row(row)
        if element is None:
            return None
        columns, elements = self._cells_of(row, element)
        at = bisect_left(columns, column)
        return elements[at] if at < len(columns) and columns[at] == column else None

    def make_cell(self, row: int, column: int) -> tuple[_Element, bool]:
        """The cell and whether it was absent; then it is created in order, with the style its row or column gives it."""
        if not self._editing:
            self.package.edit(self.part)
            self._editing = True
        found = self.cell(row, column)
        if found is not None:
            return found, False
        style = self.base_style(row, column)
        row_element = self._make_row(row)
        columns, elements = self._cells_of(row, row_element)
        at = bisect_left(columns, column)
        element = row_element.makeelement(self._tag["c"], {"r": f"{column_letters(column)}{row}"})
        if style:
            element.set("s", str(style))
        if at < len(columns):
            elements[at].addprevious(element)
        elif elements:
            elements[-1].addnext(element)
        else:
            row_element.insert(0, element)
        columns.insert(at, column)
        elements.insert(at, element)
        self._widen_spans(row_element, column)
        self._added.append((row, column))
        return element, True

    def _make_row(self, number: int) -> _Element:
        at = bisect_left(self._row_numbers, number)
        if at < len(self._row_numbers) and self._row_numbers[at] == number:
            return self._row_elements[at]
        element = self.data.makeelement(self._tag["row"], {"r": str(number)})
        if at < len(self._row_elements):
            self._row_elements[at].addprevious(element)
        else:
            self.data.append(element)
        self._row_numbers.insert(at, number)
        self._row_elements.insert(at, element)
        return element

    @staticmethod
    def _widen_spans(row: _Element, column: int) -> None:
        first, colon, last = row.get("spans", "").partition(":")
        if colon and whole(first) and whole(last):
            row.set("spans", f"{min(whole(first), column)}:{max(whole(last), column)}")
        elif "spans" in row.attrib:
            # Several spans, or a damaged one: only a hint for readers, so it may go.
            del row.attrib["spans"]

    def remove_cell(self, row: int, column: int) -> None:
        """Remove a cell from its row; an empty row may stay."""
        row_element, element = self.row(row), self.cell(row, column)
        if row_element is None or element is None:
            return
        self.package.edit(self.part)
        columns, elements = self._cells_of(row, row_element)
        at = bisect_left(columns, column)
        if at + 1 < len(elements) and elements[at + 1].get("r") is None:
            elements[at + 1].set("r", f"{column_letters(columns[at + 1])}{row}")
        row_element.remove(element)
        del columns[at], elements[at]

    def base_style(self, row: int, column: int) -> int:
        """The style index that an absent cell shows: that of its row, else of its column."""
        element = self.row(row)
        if element is not None and is_true(element.get("customFormat")):
            return style_index(element)
        return next((whole(group.get("style")) for group in self._columns(column)), 0)

    def _columns(self, column: int) -> Iterator[_Element]:
        groups = child(self.root, "cols")
        for element in () if groups is None else children(groups, "col"):
            if whole(element.get("min"), column + 1) <= column <= whole(element.get("max")):
                yield element

    def hidden(self, row: int, column: int) -> bool:
        """Whether the row or the column is hidden."""
        element = self.row(row)
        if element is not None and is_true(element.get("hidden")):
            return True
        return any(is_true(column_element.get("hidden")) for column_element in self._columns(column))

    @property
    def protected(self) -> bool:
        """Whether locked cells must not be changed."""
        protection = child(self.root, "sheetProtection")
        return protection is not None and is_true(protection.get("sheet"))

    def merged_ranges(self) -> Ranges:
        """The merged ranges of the sheet."""
        merges = child(self.root, "mergeCells")
        spans = [] if merges is None else [parse_span(e.get("ref", "")) for e in children(merges, "mergeCell")]
        return Ranges([span for span in spans if span is not None])

    def formula_ranges(self) -> Ranges:
        """Ranges filled by one array formula or data table; only their first cell carries the formula."""
        self._unfold()
        spans = [
            parse_span(formula.get("ref", ""))
            for formula in self.data.iter(self._tag["f"])
            if formula.get("t") in ("array", "dataTable")
        ]
        return Ranges([span for span in spans if span is not None])

    def close(self) -> None:
        """Let the dimension hold the cells that were added."""
        dimension = child(self.root, "dimension")
        if dimension is None or not self._added:
            return
        span = parse_span(dimension.get("ref", ""))
        rows, columns = [row for row, _ in self._added], [column for _, column in self._added]
        if span is not None:
            rows += [span.top, span.bottom]
            columns += [span.left, span.right]
            first = f"{column_letters(min(columns))}{min(rows)}"
            last = f"{column_letters(max(columns))}{max(rows)}"
            dimension.set("ref", first if first == last else f"{first}:{last}")


def style_index(element: _Element) -> int:
    """The index into ``cellXfs`` of a cell or row."""
    return whole(element.get("s"))
