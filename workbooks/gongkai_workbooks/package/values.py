"""Writing values into the cells of one worksheet, and the reasons why a cell must be left alone."""

from __future__ import annotations

from functools import cached_property

from lxml.etree import _Element

from gongkai_workbooks.edits import JournalCell, Refusal, SetValue
from gongkai_workbooks.grid import Span
from gongkai_workbooks.writable import unwritable

from .cell_value import (
    SharedStrings,
    Stored,
    holds,
    holds_formula,
    read_cell,
    stored_value,
    write_cell,
    write_formula,
)
from .opc import Package
from .sheet_xml import LAST_COLUMN, LAST_ROW, Ranges, SheetXml, parse_span, style_index
from .styles import Styles
from .workbook_xml import Sheet
from .xml_tree import whole

OUT_OF_RANGE = "单元格地址超出工作表的范围"


class ValueWriter:
    """Values of one worksheet; what it needs to know of the sheet is worked out once, when first asked."""

    def __init__(self, package: Package, sheet: Sheet, xml: SheetXml, styles: Styles, shared: SharedStrings):
        self._package = package
        self._sheet = sheet
        self._xml = xml
        self._styles = styles
        self._shared = shared

    @cached_property
    def _merged(self) -> Ranges:
        return self._xml.merged_ranges()

    @cached_property
    def _filled(self) -> Ranges:
        return self._xml.formula_ranges()

    @cached_property
    def _table_headers(self) -> Ranges:
        """The header cells of tables: their text is also the name of a column in the table's own part."""
        spans = []
        for part in self._package.related(self._sheet.part, "table"):
            root = self._package.tree(part)
            span = parse_span(root.get("ref", ""))
            rows = whole(root.get("headerRowCount"), 1)
            if span is not None and rows:
                spans.append(Span(span.top, span.left, span.top + rows - 1, span.right))
        return Ranges(spans)

    def read(self, row: int, column: int) -> Stored:
        """What the cell holds now."""
        return read_cell(self._xml.cell(row, column), self._shared)

    def obstacle(self, row: int, column: int, *, even_hidden: bool = False) -> str:
        """Why nothing may be written into the cell, in Chinese; ``""`` when it may."""
        if row > LAST_ROW or column > LAST_COLUMN:
            return OUT_OF_RANGE
        cell = self._xml.cell(row, column)
        if holds_formula(cell):
            return "单元格含有公式，公式不予覆盖，请核对公式引用的单元格"
        merged = self._merged.holding(row, column)
        if merged is not None and (merged.top, merged.left) != (row, column):
            return "单元格在合并区域内部，内容应写在左上角单元格"
        if self._filled.holding(row, column) is not None:
            return "单元格由数组公式填充，不予覆盖"
        if self._xml.protected and self._styles.locked(self._style(cell, row, column)):
            return "工作表受保护且单元格已锁定，请先撤销工作表保护"
        if not even_hidden and (self._sheet.hidden or self._xml.hidden(row, column)):
            return "单元格所在的工作表、行或列已隐藏，请取消隐藏后再修正"
        if self._table_headers.holding(row, column) is not None:
            return "单元格是表格（列表）的标题，不予改动"
        return ""

    def _style(self, cell: _Element | None, row: int, column: int) -> int:
        return self._xml.base_style(row, column) if cell is None else style_index(cell)

    def put(self, row: int, column: int, stored: Stored) -> None:
        """Let the cell hold ``stored``, without asking whether it may."""
        write_cell(self._xml.make_cell(row, column)[0], stored)

    def put_formula(self, row: int, column: int, formula: str, result: str) -> None:
        """Let the cell hold a formula, as a file spells it, and the number that it gave, without asking whether it may."""
        write_formula(self._xml.make_cell(row, column)[0], formula, result)

    def apply(self, edit: SetValue, date1904: bool) -> JournalCell | Refusal:
        """Carry out one edit, or say why not."""
        _, row, column = edit.cell
        reason = self.obstacle(row, column) or unwritable(edit.new)
        if reason:
            return Refusal(cell=edit.cell, reason=reason)
        before = self.read(row, column)
        if not holds(before, edit.old, date1904):
            shown = f"现为“{before.text[:50]}”" if before.text else "现为空白"
            return Refusal(cell=edit.cell, reason=f"单元格内容与校验时不同（{shown}），未改动")
        after = stored_value(edit.new, date1904)
        self.put(row, column, after)
        return JournalCell(cell=edit.cell, kind="value", before=before.to_json(), after=after.to_json())
