"""Tables of income on one side and expenditure on the other: 01 and 04."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import cell_label, plain, printed, unnumbered, without_last_bracket
from gongkai_workbooks.layouts import Layout, LineName
from gongkai_workbooks.remembered import Remembered

from .amount_cells import row_holds_amounts
from .headings import PASSED_OVER, Path, column_label, heading_paths
from .outline import LOST, MOST_COLUMNS, Outline, OutlineError, Region
from .table_foot import is_foot

Side = Literal["revenue", "expenditure"]
AMOUNT = "决算数"
_HEADING_ROWS = 20
_SHORTEST_CUT = 5
_OPENING = "年初财政拨款结转和结余"
_OF_WHICH = ("其中", "#")
_MOST_UNKNOWN = 30
_LONGEST_HEADING = 30
_THIRD_BLOCK = ("性质", "经济")
_ENDS = ("收入总计", "支出总计")
_TOTALS = frozenset({"本年收入合计", "本年支出合计", *_ENDS})


@dataclass(slots=True)
class _Block:
    """One label column with the amount columns that belong to it, from one heading down to the next."""

    label: int
    last: int
    heading: str
    side: Side | None = None
    columns: dict[str, int] = field(default_factory=dict)
    mixed: bool = False


def outline_two_sided(region: Region, number: str, layout: Layout) -> Outline:
    """The lines and columns of 01 or 04. Raises ``OutlineError`` when it has no heading 项目 or no column of amounts."""
    return _TwoSidedReader(region, number, layout).read()


class _TwoSidedReader:
    """All rows and columns are indices in ``Grid.rows``."""

    def __init__(self, region: Region, number: str, layout: Layout) -> None:
        self.region = region
        self.rows = region.grid.rows
        self.number = number
        self.layout = layout
        self.words = layout.words
        self.outline = Outline(region)
        self.seen: dict[Side, set[str]] = {"revenue": set(), "expenditure": set()}
        self.item_headings = item_headings(layout)
        self.labels: dict[Side, LineLabels] = {
            "revenue": line_labels(number, "revenue", layout),
            "expenditure": line_labels(number, "expenditure", layout),
        }

    def read(self) -> Outline:
        headings = self.heading_rows()
        if not headings:
            raise OutlineError("未找到“项目”表头")
        ends = [*headings[1:], self.region.end]
        found = False
        for heading, end in zip(headings, ends, strict=True):
            first_line, blocks = self.read_heading(heading, end)
            if not found:
                self.outline.first, self.outline.header = heading, first_line - 1
            self.tell_sides(blocks, heading, first_line, end)
            for block in blocks:
                if block.side is not None and block.columns:
                    found = True
                    self.read_block(block, first_line, end)
        if not found:
            raise OutlineError("未找到“金额”“决算数”等金额栏表头")
        columns: dict[str, None] = {}
        shared: Mapping[str, int] = {}
        for item in self.outline.items.values():
            if item.columns is not shared:
                shared = item.columns
                columns.update(dict.fromkeys(shared))
        self.outline.columns = tuple(columns)
        if _TOTALS.isdisjoint(self.outline.items):
            raise OutlineError("未找到“本年收入合计”“本年支出合计”或“总计”行")
        return self.outline

    # The heading

    def heading_rows(self) -> list[int]:
        """Rows that head the columns: the first with 项目, and further ones with 项目 in the same column."""
        rows, end, is_heading = self.rows, self.region.end, self.item_headings
        found: list[int] = []
        column = -1
        for i in range(self.region.start + 1, min(self.region.start + _HEADING_ROWS + 2, end)):
            column = next((j for j, value in enumerate(rows[i][:MOST_COLUMNS]) if self.is_item_heading(value)), -1)
            if column >= 0:
                found.append(i)
                break
        for i in range(found[0] + 1 if found else end, end):
            row = rows[i]
            if (
                column < len(row)
                and (value := row[column]).__class__ is str
                and is_heading[value]
                and (i - found[-1] > 2 or self.has_lines(found[-1] + 1, i))
            ):
                found.append(i)
        return found

    def is_item_heading(self, value: CellValue) -> bool:
        return value.__class__ is str and self.item_headings[value]

    def has_lines(self, first: int, end: int) -> bool:
        return any(row_holds_amounts(self.region.grid, i, range(len(self.rows[i]))) for i in range(first, end))

    def read_heading(self, heading: int, end: int) -> tuple[int, list[_Block]]:
        """The index of the first line below a heading, and the blocks with their amount columns."""
        row = self.rows[heading]
        labels = [j for j, value in enumerate(row[:MOST_COLUMNS]) if self.is_item_heading(value)]
        width = max((len(self.rows[i]) for i in range(heading, min(heading + _HEADING_ROWS, end))), default=0)
        lasts = [*(j - 1 for j in labels[1:]), min(width, MOST_COLUMNS) - 1]
        blocks = [_Block(j, last, plain(str(row[j]))) for j, last in zip(labels, lasts, strict=True)]
        first_line = heading + 1
        while first_line < end and self.is_heading_row(self.rows[first_line], labels):
            first_line += 1
        for block in blocks:
            if not any(word in block.heading for word in _THIRD_BLOCK):
                self.read_columns(block, heading, first_line, end)
        return first_line, blocks

    def is_heading_row(self, row: Sequence[CellValue], labels: Sequence[int]) -> bool:
        """Whether a row below 项目 still belongs to the heading: its label cells are blank, 栏次 or 项目 again."""
        texts = [unnumbered(cell_label(row[j])) if j < len(row) else "" for j in labels]
        if any(text and text not in self.words["line_number"] and text not in self.words["item"] for text in texts):
            return False
        return any(value != "" for value in row)

    def read_columns(self, block: _Block, heading: int, first_line: int, end: int) -> None:
        paths = heading_paths(self.rows[heading:first_line], block.label + 1, block.last, self.layout)
        funds: dict[str, int] = {}
        plain_amounts: list[int] = []
        unknown: dict[int, str] = {}
        for j, path in paths.items():
            kind = self.column_kind(path)
            if kind == AMOUNT:
                plain_amounts.append(j)
            elif kind:
                funds.setdefault(kind, j)
            elif kind is None:
                unknown[j] = path[-1]
        if unknown:
            known = max((*plain_amounts, *funds.values()), default=block.last)
            self.add_unknown_columns(
                unknown, self.region.gap(known, block.last + 1, heading, end), heading, first_line, end
            )
        if self.number == "04" and len(funds) > 1:
            block.columns = funds
        elif plain_amounts:
            block.columns = {
                AMOUNT: plain_amounts[-1] if len(plain_amounts) == 1 else self.fullest(plain_amounts, first_line, end)
            }
        elif funds:
            block.columns = {AMOUNT: next(iter(funds.values()))}

    def add_unknown_columns(
        self, unknown: Mapping[int, str], gap: int, heading: int, first_line: int, end: int
    ) -> None:
        """Note the columns left of ``gap`` that have amounts and a heading that no layout knows."""
        grid, found = self.region.grid, self.outline.unknown_columns
        for j, label in unknown.items():
            if (
                j < gap
                and len(found) < _MOST_UNKNOWN
                and any(row_holds_amounts(grid, i, (j,)) for i in range(first_line, end))
            ):
                found.append((label, CellRef(grid.sheet, grid.top + heading, grid.left + j)))

    def column_kind(self, path: Path) -> str | None:
        words = self.words
        if any(label in words["budget"] or label in words["other_amount"] for label in path):
            return PASSED_OVER
        if path[-1] in words["amount"]:
            return AMOUNT
        return column_label(path, "04", self.layout)

    def fullest(self, columns: Sequence[int], first_line: int, end: int) -> int:
        """Of several columns of final accounts, the one with the most amounts."""
        grid = self.region.grid
        return max(columns, key=lambda j: sum(row_holds_amounts(grid, i, (j,)) for i in range(first_line, end)))

    # The sides

    def tell_sides(self, blocks: list[_Block], heading: int, first_line: int, end: int) -> None:
        """Which block is income and which expenditure: by what their lines are and the word over the block."""
        for block in blocks:
            if any(word in block.heading for word in _THIRD_BLOCK):
                continue
            scores = self.word_over(block, heading)
            for i in range(first_line, end):
                row = self.rows[i]
                value = row[block.label] if block.label < len(row) else ""
                if value.__class__ is str and value:
                    for side in scores:
                        scores[side] += self.labels[side][value][1] is not None
                    if len(blocks) > 1 and abs(scores["revenue"] - scores["expenditure"]) > 1:
                        break
            both = min(scores.values())
            if not any(scores.values()):
                continue
            block.side = "revenue" if scores["revenue"] >= scores["expenditure"] else "expenditure"
            block.mixed = len(blocks) == 1 and both > 2

    def word_over(self, block: _Block, heading: int) -> dict[Side, int]:
        """One point for the side whose word, 收入 or 支出, stands over the block."""
        scores: dict[Side, int] = {"revenue": 0, "expenditure": 0}
        row = self.rows[heading - 1] if heading - 1 > self.region.start else []
        for value in row[block.label : block.last + 1]:
            label = cell_label(value)
            if label.startswith(("收入", "支出")):
                scores["revenue" if label.startswith("收入") else "expenditure"] += 1
                break
        return scores

    # The lines

    def read_block(self, block: _Block, first_line: int, end: int) -> None:
        """Add the lines of a block from the top down. Below 总计, a note or a signature no unknown line is one of the table."""
        grid, rows, at, outline, is_04 = self.region.grid, self.rows, block.label, self.outline, self.number == "04"
        side: Side = "revenue" if block.mixed else block.side or "revenue"
        labels, seen, turning = self.labels[side], self.seen[side], block.mixed
        columns = {label: grid.left + j for label, j in self.side_columns(block, side).items()}
        opened = ended = False
        indices = list(block.columns.values())
        for i in range(first_line, end):
            row = rows[i]
            value = row[at] if at < len(row) else ""
            if value == "":
                if not ended and any(row[at + 1 : block.last + 1]) and row_holds_amounts(grid, i, indices):
                    ended = is_foot(row, self.layout)
                    if not ended:
                        outline.unknown.add(outline.add(f"{LOST}{grid.top + i}", "", i, at, columns, "line"))
                continue
            if value.__class__ is not str:
                continue
            label, line = labels[value]
            if not label and not row_holds_amounts(grid, i, indices):
                continue
            if turning and self.turns(label):
                side, turning, ended = "expenditure", False, False
                labels, seen = self.labels[side], self.seen[side]
                columns = {text: grid.left + j for text, j in self.side_columns(block, side).items()}
                if label == "支出":
                    continue
                line = find_line(label, self.number, side, self.layout)
            if label == "合计":
                line = find_line(self.bare_total(side), self.number, side, self.layout)
            if is_04:
                if line is not None:
                    opened = opened or line.key == _OPENING
                    line = self.fund_line(line, side, opened)
                elif opened and label.startswith(_OF_WHICH):
                    line = self.opening_part(label)
            if line is not None:
                key, role = line
                seen.add(key)
                outline.add(key, printed(value), i, at, columns, role)
                ended = ended or key in _ENDS
            elif not ended:
                ended = is_foot(row, self.layout)
                if not ended and row_holds_amounts(grid, i, indices):
                    self.add_unknown(printed(value), label, i, at, columns, side)

    def add_unknown(self, name: str, label: str, i: int, at: int, columns: Mapping[str, int], side: Side) -> None:
        """Add a line with amounts whose label no layout knows; 其中 belongs to the line above and counts in no sum."""
        of_which = label.startswith(_OF_WHICH)
        key = self.outline.add(name, name, i, at, columns, "line" if of_which else self.zone(side))
        if not of_which:
            self.outline.unknown.add(key)

    def side_columns(self, block: _Block, side: Side) -> dict[str, int]:
        """The amount columns as the side calls them: 决算数, or 小计 on the expenditure side of 04."""
        if self.number != "04":
            return block.columns
        if side == "expenditure" and AMOUNT in block.columns:
            return {"小计": block.columns[AMOUNT]}
        if side == "revenue" and AMOUNT not in block.columns:
            return {AMOUNT: next(iter(block.columns.values()))}
        return block.columns

    def turns(self, label: str) -> bool:
        """Whether a label in a single block of income and expenditure begins the expenditure."""
        if label in ("支出", "支出项目"):
            return True
        revenue = self.layout.lines[self.number, "revenue"]
        line = self.layout.lines[self.number, "expenditure"].get(label)
        return line is not None and line.role != "line" and label not in revenue

    def fund_line(self, line: LineName, side: Side, opened: bool) -> LineName:
        """Of the three funds of 04, the second set on the income side is the opening balance, any on the other the closing one."""
        if side == "revenue" and line.role == "income" and (opened or line.key in self.seen[side]):
            return LineName(f"年初{line.key}", "line")
        return line

    def opening_part(self, label: str) -> LineName | None:
        """One of the funds of the opening balance of 04, printed with 其中."""
        line = find_line(label.removeprefix("其中").lstrip(":"), "04", "revenue", self.layout)
        return LineName(f"年初{line.key}", "line") if line is not None and line.role == "income" else None

    def bare_total(self, side: Side) -> str:
        """What a line 合计 is: the total of the year, or 总计 when that one was printed before."""
        year = "本年收入合计" if side == "revenue" else "本年支出合计"
        return "总计" if year in self.seen[side] else year

    def zone(self, side: Side) -> Literal["income", "class", "line"]:
        """The role of a line that no layout knows: income or function above the total of the year, else a line."""
        if side == "revenue":
            return "line" if "本年收入合计" in self.seen[side] else "income"
        return "line" if "本年支出合计" in self.seen[side] else "class"


@lru_cache(maxsize=16)
def item_headings(layout: Layout) -> Remembered[bool]:
    """Which texts head a column of labels: 项目 and the like, 项目（按功能分类）."""

    def read(text: str) -> bool:
        if not text or len(text) > _LONGEST_HEADING:
            return False
        label = plain(text)
        return label in layout.words["item"] or label.startswith(("项目(", "支出项目(", "收入项目("))

    return Remembered(read)


LineLabels = Remembered[tuple[str, LineName | None]]
"""By the text of a cell: its plain label without its number, and the line of 01 or 04 that it names on a side."""


@lru_cache(maxsize=32)
def line_labels(number: str, side: Side, layout: Layout) -> LineLabels:
    """What the cells of labels of 01 or 04 say on one side."""

    def read(text: str) -> tuple[str, LineName | None]:
        label = unnumbered(plain(text))
        return label, find_line(label, number, side, layout)

    return Remembered(read)


def find_line(label: str, number: str, side: Side, layout: Layout) -> LineName | None:
    """The line that a plain label without number names; labels that were cut at the end match by a unique beginning."""
    names = layout.lines[number, side]
    line = names.get(label)
    if line is not None:
        return line
    short = without_last_bracket(label)
    if short != label and (line := names.get(short)) is not None:
        return line
    if len(label) < _SHORTEST_CUT:
        return None
    found = _beginnings(number, side, layout).get(label[:_SHORTEST_CUT], ())
    lines = {known for name, known in found if name.startswith(label)}
    if len(lines) > 1:
        lines = {known for known in lines if known.role == "class"} or lines
    return lines.pop() if len(lines) == 1 else None


@lru_cache(maxsize=16)
def _beginnings(number: str, side: Side, layout: Layout) -> dict[str, list[tuple[str, LineName]]]:
    """The names of a side by their first characters."""
    found: dict[str, list[tuple[str, LineName]]] = {}
    for name, line in layout.lines[number, side].items():
        found.setdefault(name[:_SHORTEST_CUT], []).append((name, line))
    return found
