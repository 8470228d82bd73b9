"""Tables by functional classification: 02, 03, 05, 07 and 08."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Item
from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import cell_label, plain, printed
from gongkai_workbooks.layouts import Layout
from gongkai_workbooks.remembered import Remembered

from .amount_cells import consecutive, row_holds_amounts
from .code_cells import CODE_AND_NAME, CODE_LENGTHS, code_of_text, code_text
from .headings import PASSED_OVER, SUBTOTALS, column_labels, heading_label
from .outline import LOST, Outline, OutlineError, Region
from .table_foot import foot_texts, is_foot

TOTAL = "合计"
_HEADING_ROWS = 20
_SUBTOTAL = "小计"
_MOST_UNKNOWN = 30
_NO_LEVEL = ("0", "00")
_LEVELS = frozenset({"类", "款", "项"})


def outline_functional(region: Region, number: str, layout: Layout) -> Outline:
    """The lines and columns of a table by functional classification. Raises ``OutlineError`` when it has no such heading."""
    reader = _FunctionalReader(region, number, layout)
    heading = reader.find_labels()
    first_line = reader.first_line(heading)
    reader.read_columns(heading, first_line)
    reader.read_lines(first_line)
    return reader.outline


class _FunctionalReader:
    """Reads one table from the heading down; all rows and columns are indices in ``Grid.rows``."""

    def __init__(self, region: Region, number: str, layout: Layout) -> None:
        self.region = region
        self.rows = region.grid.rows
        self.words = layout.words
        self.layout = layout
        self.number = number
        self.names = layout.columns[number]
        self.outline = Outline(region)
        self.name_column = -1
        self.code_columns: list[int] = []
        self.label_end = 0
        self.columns: dict[str, int] = {}
        self.parents = ("", "")
        self.ended = False
        self.foots = foot_texts(layout)

    def find_labels(self) -> int:
        """Find the columns of codes and names; the index of the first row of the heading."""
        name_row = code_row = item_row = -1
        code_column = item_column = -1
        levels: dict[str, int] = {}
        kinds = label_headings(self.layout)
        for i in range(self.region.start + 1, min(self.region.start + _HEADING_ROWS, self.region.end)):
            for j, value in enumerate(self.rows[i]):
                if not value or value.__class__ is not str or not (kind := kinds[value]):
                    continue
                if kind in _LEVELS:
                    levels.setdefault(kind, j)
                elif kind == "code":
                    if code_row < 0:
                        code_row, code_column = i, j
                elif kind == "name":
                    if name_row < 0:
                        name_row, self.name_column = i, j
                elif item_row < 0:
                    item_row, item_column = i, j
            if name_row >= 0 and (levels or i >= name_row + 2):
                break
        if name_row < 0 and code_row < 0 and item_row < 0:
            raise OutlineError("未找到“科目编码”“科目名称”表头")
        if name_row >= 0:
            self.code_columns = self.codes_beside_name(levels, code_column)
        else:
            # Code and name stand in one cell, or the name has no heading of its own.
            self.code_columns = sorted(levels.values()) or [code_column if code_row >= 0 else item_column]
            self.name_column = self.code_columns[-1]
        self.label_end = max(self.name_column, *self.code_columns)
        return min(row for row in (name_row, code_row, item_row) if row >= 0)

    def codes_beside_name(self, levels: Mapping[str, int], code_column: int) -> list[int]:
        columns = sorted(column for column in levels.values() if column != self.name_column)
        if not columns and code_column >= 0:
            columns = list(range(code_column, self.name_column)) if code_column < self.name_column else [code_column]
        return columns or list(range(self.name_column)) or [self.name_column]

    def first_line(self, heading: int) -> int:
        """The index of the first line of the table; of the row after the heading when there is none."""
        end = min(heading + _HEADING_ROWS, self.region.end)
        totals, line_numbers = self.words["total"], self.words["line_number"]
        for i in range(heading, end):
            row = self.rows[i]
            if i > heading and self.starts_with_code(row):
                return i
            for value in row[: self.label_end + 1]:
                if value.__class__ is str and value and plain(value).rstrip(":") in totals:
                    return i
        for i in range(end - 1, heading, -1):
            labels = [cell_label(value) for value in self.rows[i]]
            if any(label in _LEVELS or label in line_numbers or label in self.names for label in labels):
                return i + 1
        return heading + 1

    def starts_with_code(self, row: Sequence[CellValue]) -> bool:
        for j in self.code_columns:
            value = row[j] if j < len(row) else ""
            if value != "":
                if isinstance(value, str):
                    return CODE_AND_NAME.match(plain(value)) is not None
                return isinstance(value, (int, float)) and value >= 200
        return False

    def read_columns(self, heading: int, first_line: int) -> None:
        """Find the amount columns under their headings."""
        top = heading
        while top - 1 > self.region.start and top > heading - 3 and self.is_heading(self.rows[top - 1]):
            top -= 1
        levels: list[Sequence[CellValue]] = list(self.rows[top:first_line])
        if first_line < self.region.end and (shared := self.shared_headings(self.rows[first_line])):
            # The row of the total carries the lowest headings (Shanghai's 07 and 08): they are a level of the heading.
            levels.append([value if j in shared else "" for j, value in enumerate(self.rows[first_line])])
        unknown: list[int] = []
        width = self.region.width() - 1
        for j, path, label in column_labels(levels, self.label_end + 1, width, self.number, self.layout):
            if label is None:
                unknown.append(j)
            elif label in self.columns and path[-1] in SUBTOTALS and _SUBTOTAL in self.names.values():
                # 本年支出 stands over the middle of its columns, not over the first.
                self.columns.setdefault(_SUBTOTAL, j)
            elif label != PASSED_OVER:
                self.columns.setdefault(label, j)
        if not self.columns:
            wanted = "、".join(list(dict.fromkeys(self.names.values()))[:3])
            raise OutlineError(f"未找到金额栏表头（如{wanted}）")
        self.outline.columns = tuple(self.columns)
        self.outline.first, self.outline.header = top, first_line - 1
        if unknown:
            self.add_unknown_columns(unknown[:_MOST_UNKNOWN], top, first_line)

    def add_unknown_columns(self, unknown: Sequence[int], top: int, first_line: int) -> None:
        """Note the columns with amounts whose heading no layout knows, but not what stands beyond a blank column."""
        grid, rows, end = self.region.grid, self.rows, self.region.end
        gap = self.region.gap(max(self.columns.values()), max(unknown) + 1, top, end)
        for j in unknown:
            if j < gap and any(row_holds_amounts(grid, i, (j,)) for i in range(first_line, end)):
                where = next(
                    i for i in range(first_line, top - 1, -1) if j < len(rows[i]) and heading_label(rows[i][j])
                )
                cell = CellRef(grid.sheet, grid.top + where, grid.left + j)
                self.outline.unknown_columns.append((printed(str(rows[where][j])), cell))

    def is_heading(self, row: Sequence[CellValue]) -> bool:
        for value in row:
            label = heading_label(value)
            if label and (label in self.words["item"] or label in self.words["code"] or label in self.names):
                return True
        return False

    def shared_headings(self, row: Sequence[CellValue]) -> frozenset[int]:
        """Amount columns of the total row in which a heading stands instead of an amount."""
        first = self.label_end + 1
        texts = [j for j, value in enumerate(row[first:], first) if value.__class__ is str and value]
        return frozenset([j for j in texts if heading_label(row[j]) in self.names])

    def read_lines(self, first_line: int) -> None:
        """Add every line down to the end of the region."""
        grid, rows, items = self.region.grid, self.rows, self.outline.items
        top, left, new = grid.top, grid.left, tuple.__new__
        columns = {label: left + j for label, j in self.columns.items()}
        first_code, name_column, width = self.code_columns[0], self.name_column, self.label_end + 1
        after, levels = first_code + 1, len(self.code_columns) - 1
        alone, end = [""] * levels, first_code + 1 + levels
        joined = levels > 0 and self.code_columns[-1] - first_code != levels
        for i in range(first_line, self.region.end):
            row = rows[i]
            if len(row) < width:
                row = [*row, *[""] * (width - len(row))]
            head = row[first_code]
            code, at = "", first_code
            if head != "" and not joined and row[after:end] == alone:
                code = code_of_text(head) if head.__class__ is str else code_text(head)
            elif levels:
                code, at = self.joined_code(row)
            if len(code) >= 3 and at != name_column and code.isdecimal():
                if levels:
                    self.parents = (code[:3], code[3:5])
                name = row[name_column]
                name = printed(name if name.__class__ is str else str(name))
                if code in items:
                    self.outline.add(code, name, i, at, columns, "code", code)
                else:
                    # What Outline.add does, without its call.
                    items[code] = new(Item, (code, name, top + i, columns, "code", code, left + at, False))
                self.ended = False
            elif code or any(row):
                self.add_other(i, row, code, at, columns)
        self.outline.drop_page_number()

    def add_other(self, i: int, row: Sequence[CellValue], code: str, at: int, columns: Mapping[str, int]) -> None:
        """Add a row that is no plain code line: a total, code and name in one cell, or amounts without a code."""
        totals, outline, grid = self.words["total"], self.outline, self.region.grid
        if (head := row[0]).__class__ is str and head and self.foots[head]:
            # Below the last line, until another code shows that the table goes on.
            self.ended = True
            return
        labels = [cell_label(value).rstrip(":") for value in row[: self.label_end + 1]]
        total_at = next((j for j, label in enumerate(labels) if label in totals), -1)
        amounts = row_holds_amounts(grid, i, self.columns.values())
        if total_at >= 0:
            first = TOTAL not in outline.items
            if (
                not first
                and amounts
                and not row_holds_amounts(grid, outline.items[TOTAL].row - grid.top, self.columns.values())
            ):
                # 合计 was printed in the heading too; this is the line with the amounts.
                del outline.items[TOTAL]
                first = True
            if first or amounts:
                if shared := self.shared_headings(row):
                    columns = {label: grid.left + j for label, j in self.columns.items() if j not in shared}
                self.ended = any(item.code for item in outline.items.values())
                outline.add(TOTAL, printed(str(row[total_at])), i, total_at, columns, "total" if first else "line")
            return
        name = labels[self.name_column]
        match = CODE_AND_NAME.fullmatch(code or name)
        if match is not None and (amounts or len(match[1]) in CODE_LENGTHS):
            self.parents = (match[1][:3], match[1][3:5])
            rest = match[2] or ("" if at == self.name_column or not code else name)
            outline.add(match[1], rest, i, at if code else self.name_column, columns, "code", match[1])
            self.ended = False
            return
        if self.ended or not amounts:
            return
        if is_foot(row, self.layout):
            self.ended = True
            return
        if any(label in self.words["line_number"] for label in labels):
            return
        printed_numbers = [row[j] for j in self.columns.values() if j < len(row) and row[j] != ""]
        if len(printed_numbers) > 2 and consecutive(printed_numbers):
            return
        key = code or f"{LOST}{grid.top + i}"
        outline.add(key, printed(str(row[self.name_column])), i, at, columns, "code", code)

    def joined_code(self, row: Sequence[CellValue]) -> tuple[str, int]:
        """The code that 类, 款 and 项 make, completed by the parents above, and the column where it starts."""
        code, at = "", self.code_columns[0]
        for level, j in enumerate(self.code_columns):
            value = row[j]
            if value == "" or not (part := code_text(value)):
                continue
            if not code:
                at, code = j, part
                if 0 < level < 3 and len(part) <= 2 and part.isdecimal() and all(self.parents[:level]):
                    code = "".join(self.parents[:level]) + part.zfill(2)
            elif part in _NO_LEVEL:
                continue
            elif not (part.isdecimal() and code.isdecimal()):
                code += part
            else:
                code = part if len(part) > 2 and part.startswith(code) else code + part.zfill(2)
        return code, at


@lru_cache(maxsize=16)
def label_headings(layout: Layout) -> Remembered[str]:
    """What a text heads as a heading of the labels: 类, 款, 项, "code", "name", "item", or "" when it is none."""
    words = layout.words

    def read(text: str) -> str:
        label = plain(text)
        if label in _LEVELS:
            return label
        if label in words["code"]:
            return "code"
        if label in words["name"]:
            return "name"
        return "item" if label in words["item"] or label.startswith("项目(") else ""

    return Remembered(read)
