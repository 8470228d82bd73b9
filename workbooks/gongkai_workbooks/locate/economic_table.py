"""The table by economic classification: 06."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_workbooks.disclosure import Item
from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import cell_label, plain, printed, unnumbered
from gongkai_workbooks.layouts import Layout

from .amount_cells import row_holds_amounts
from .code_cells import CODE_AND_NAME, code_text
from .headings import heading_paths
from .outline import LOST, MOST_COLUMNS, Outline, OutlineError, Region
from .table_foot import is_foot

AMOUNT = "决算数"
_SUM = "合计"
_HEADING_ROWS = 20
_NO_LEVEL = ("0", "00")


@dataclass(slots=True)
class _Block:
    """Columns of one block: code cells, name, amount; ``funds`` are columns that split the amount into 人员 and 公用."""

    codes: list[int]
    name: int
    amount: int
    funds: dict[str, int]
    columns: dict[str, int]
    parent: str = ""


def outline_economic(region: Region, number: str, layout: Layout) -> Outline:
    """The lines of 06. Raises ``OutlineError`` when there is no heading 科目名称 with a column of amounts beside it."""
    return _EconomicReader(region, layout).read()


class _EconomicReader:
    """All rows and columns are indices in ``Grid.rows``."""

    def __init__(self, region: Region, layout: Layout) -> None:
        self.region = region
        self.rows = region.grid.rows
        self.layout = layout
        self.words = layout.words
        self.columns = layout.columns["06"]
        self.totals = layout.lines["06", "totals"]
        self.outline = Outline(region, columns=(AMOUNT,))
        self.blocks: list[_Block] = []
        self.width = 0
        self.foot = -1
        self.found_totals: list[tuple[int, int, str, int]] = []
        self.total_spans: dict[int, list[range]] = {}

    def read(self) -> Outline:
        heading, names = self.find_names()
        first_line = self.first_line(heading)
        self.find_blocks(heading, first_line, names)
        self.outline.first, self.outline.header = heading, first_line - 1
        for block in self.blocks:
            self.read_block(block, first_line)
        for i, j, key, column in self.found_totals:
            name = printed(str(self.rows[i][j]))
            self.outline.add(key, name, i, j, {AMOUNT: self.region.grid.left + column}, "total")
        return self.outline

    def find_names(self) -> tuple[int, list[int]]:
        """The row of 科目名称 and its columns."""
        for wanted in (self.words["name"], self.words["item"]):
            for i in range(self.region.start + 1, min(self.region.start + _HEADING_ROWS, self.region.end)):
                columns = [j for j, value in enumerate(self.rows[i][:MOST_COLUMNS]) if cell_label(value) in wanted]
                if columns:
                    return i, columns
        raise OutlineError("未找到“科目名称”表头")

    def first_line(self, heading: int) -> int:
        for i in range(heading + 1, min(heading + _HEADING_ROWS, self.region.end)):
            for value in self.rows[i]:
                if value.__class__ is str:
                    label = plain(value)
                    if CODE_AND_NAME.fullmatch(label) or self.total_key(value):
                        return i
                elif isinstance(value, (int, float)) and 300 <= value < 400 and value == int(value):
                    return i
        raise OutlineError("未找到经济分类科目编码")

    def find_blocks(self, heading: int, first_line: int, names: Sequence[int]) -> None:
        """The blocks from left to right, each with the amount column nearest to its name that is headed as one."""
        self.width = width = self.region.width()
        top = heading - 1 if heading - 1 > self.region.start and self.is_heading(self.rows[heading - 1]) else heading
        left = 0
        for position, name in enumerate(names):
            right = names[position + 1] if position + 1 < len(names) else width
            paths = heading_paths(self.rows[top:first_line], name + 1, right - 1, self.layout)
            amounts: list[int] = []
            funds: dict[str, int] = {}
            sums: list[int] = []
            for j, path in paths.items():
                if any(label in self.words["budget"] or label in self.words["other_amount"] for label in path):
                    continue
                fund = next((key for label in path if (key := self.columns.get(label, AMOUNT)) != AMOUNT), None)
                if path[-1] in self.words["total"] or path[-1] == "小计":
                    sums.append(j)
                elif path[-1] in self.words["amount"]:
                    amounts.append(j)
                elif fund is not None:
                    funds.setdefault(fund, j)
            if funds and sums and not amounts:
                amounts = sums[:1]
            elif not amounts:
                amounts = sums
            if amounts:
                codes = [j for j in range(left, name) if not self.is_blank_column(j, heading, first_line)] or [name]
                self.blocks.append(
                    _Block(codes, name, amounts[-1], funds, {AMOUNT: self.region.grid.left + amounts[-1]})
                )
                left = amounts[-1] + 1
        if not self.blocks:
            raise OutlineError("未找到“决算数”“金额”等金额栏表头")

    def is_heading(self, row: Sequence[CellValue]) -> bool:
        return any(
            cell_label(value) in self.words["amount"] or cell_label(value) in self.words["code"] for value in row
        )

    def is_blank_column(self, column: int, first: int, first_line: int) -> bool:
        """Whether a column holds nothing in the first lines and in the heading: a gap between blocks."""
        for i in range(first, min(first_line + 8, self.region.end)):
            row = self.rows[i]
            if column < len(row) and row[column] != "":
                return False
        return True

    def read_block(self, block: _Block, first_line: int) -> None:
        """Add the lines of a block from the top down. Below the total, a note or a signature only a line with a code is one of the table."""
        rows, items, width, name_column = self.rows, self.outline.items, self.width, block.name
        grid, new = self.region.grid, tuple.__new__
        top, left, columns = grid.top, grid.left, block.columns
        only = block.codes[0] if len(block.codes) == 1 else -1
        last_code = -1
        ended = False
        for i in range(first_line, self.region.end):
            row = rows[i]
            if len(row) < width:
                row = [*row, *[""] * (width - len(row))]
            if only >= 0:
                value = row[only]
                code, at = code_text(value) if value != "" else "", only
            else:
                code, at = self.read_code(block.codes, row, block.parent)
            name = row[name_column]
            if len(code) >= 3 and at != name_column and code.isdecimal():
                block.parent = code[:3]
                label = printed(name if name.__class__ is str else str(name))
                if code in items:
                    self.outline.add(code, label, i, at, columns, "code", code)
                else:
                    # What Outline.add does, without its call.
                    items[code] = new(Item, (code, label, top + i, columns, "code", code, left + at, False))
                last_code, ended = i, False
            elif code or name != "" or row[block.amount] != "":
                if self.in_total(i, row, block):
                    ended = ended or last_code >= 0
                else:
                    ended = self.read_other(i, block, code, at, name, ended or last_code < self.foot < i)
        self.outline.drop_page_number()

    def read_other(self, i: int, block: _Block, code: str, at: int, name: CellValue, ended: bool) -> bool:
        """Add a line whose code stands in one cell with its name, or that has an amount and no code; whether the table is at its end."""
        match = CODE_AND_NAME.fullmatch(cell_label(name)) if at == block.name or not code else None
        if match is not None:
            block.parent = match[1][:3]
            self.outline.add(match[1], match[2] or "", i, block.name, block.columns, "code", match[1])
            return False
        if ended:
            return True
        if is_foot(self.rows[i], self.layout):
            self.foot = i
            return True
        if row_holds_amounts(self.region.grid, i, (block.amount,)) and not self.is_heading_again(name):
            code = "" if at == block.name else code
            key = code or f"{LOST}{self.region.grid.top + i}"
            self.outline.add(key, printed(str(name)), i, at, block.columns, "code", code)
        return False

    def is_heading_again(self, name: CellValue) -> bool:
        label = cell_label(name)
        return label in self.words["name"] or label in self.words["line_number"]

    def read_code(self, columns: Sequence[int], row: Sequence[CellValue], parent: str) -> tuple[str, int]:
        """The code in several code cells, and the column where it starts: 301 | 01, or 01 under its ``parent`` 301."""
        code, at = "", columns[0]
        for j in columns:
            value = row[j]
            if value == "" or not (part := code_text(value)):
                continue
            if not code:
                at = j
            if part in _NO_LEVEL:
                continue
            if not code:
                code = parent + part.zfill(2) if parent and len(part) <= 2 and part.isdecimal() else part
            elif not (part.isdecimal() and code.isdecimal()):
                code += part
            else:
                code = part if len(part) > 2 and part.startswith(code) else code + part.zfill(2)
        return code, at

    def in_total(self, i: int, row: Sequence[CellValue], block: _Block) -> bool:
        """Whether the cells of a block in a row belong to a total."""
        places = (block.codes[0], block.name, block.amount)
        return any(j in reach for reach in self.totals_of(i, row) for j in places)

    def totals_of(self, i: int, row: Sequence[CellValue]) -> list[range]:
        """Find 人员经费合计 and 公用经费合计 in a row; the columns that belong to them.

        The amount of a total stands in the last amount column before the next total or the next code.
        """
        if i in self.total_spans:
            return self.total_spans[i]
        labels = [(j, key) for j, value in enumerate(row[:MOST_COLUMNS]) if (key := self.total_key(value))]
        ends = [*(j for j, _ in labels), len(row)][1:]
        spans: list[range] = []
        for (j, key), limit in zip(labels, ends, strict=True):
            end = next((k for k in range(j + 1, limit) if self.starts_line(row, k)), limit)
            spans.append(range(j, end))
            reach = [block.amount for block in self.blocks if j < block.amount < end]
            filled = [k for k in reach if row_holds_amounts(self.region.grid, i, (k,))]
            if key == _SUM:
                # The two totals have columns of their own.
                funds = {fund: column for block in self.blocks for fund, column in block.funds.items()}
                self.found_totals += [(i, j, fund, column) for fund, column in funds.items()]
            if reach:
                self.found_totals.append((i, j, key, (filled or reach)[-1]))
        self.total_spans[i] = spans
        return spans

    def total_key(self, value: CellValue) -> str:
        """The canonical label of a total, ``_SUM`` for that of the whole table, "" for any other cell."""
        if value.__class__ is not str or not value:
            return ""
        label = unnumbered(plain(value))
        line = self.totals.get(label)
        return line.key if line is not None else _SUM if label in self.words["total"] else ""

    def starts_line(self, row: Sequence[CellValue], column: int) -> bool:
        """Whether a code stands in this cell, so that another line begins."""
        if not any(column in block.codes and column != block.name for block in self.blocks):
            return False
        code = code_text(row[column])
        return len(code) >= 3 and code.isdecimal()
