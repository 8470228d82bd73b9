"""Tables of income on one side and expenditure on the other: 01 and 04."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from .amount_cells import row_holds_amounts
from .cells import CellRef
from .grid import CellValue
from .headings import PASSED_OVER, Path, column_label, heading_paths
from .labels import cell_label, plain, printed, unnumbered, without_last_bracket
from .layouts import Layout, LineName
from .outline import LOST, MOST_COLUMNS, Outline, OutlineError, Region

Side = Literal["revenue", "expenditure"]
AMOUNT = "决算数"
_HEADING_ROWS = 20
_SHORTEST_CUT = 5
_OPENING = "年初财政拨款结转和结余"
_OF_WHICH = ("其中", "#")
_CACHED = 120
_MOST_UNKNOWN = 30
_LONGEST_HEADING = 30
_THIRD_BLOCK = ("性质", "经济")


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
        for item in self.outline.items.values():
            columns.update(dict.fromkeys(item.columns))
        self.outline.columns = tuple(columns)
        if not any(
            item.key in ("本年收入合计", "本年支出合计", "收入总计", "支出总计") for item in self.outline.items.values()
        ):
            raise OutlineError("未找到“本年收入合计”“本年支出合计”或“总计”行")
        return self.outline

    # The heading

    def heading_rows(self) -> list[int]:
        """Rows that head the columns: the first with 项目, and further ones with 项目 in the same column."""
        found: list[int] = []
        column = -1
        for i in range(self.region.start + 1, self.region.end):
            row = self.rows[i]
            if not found:
                column = next((j for j, value in enumerate(row[:MOST_COLUMNS]) if self.is_item_heading(value)), -1)
                if column >= 0:
                    found.append(i)
                elif i > self.region.start + _HEADING_ROWS:
                    break
            elif (
                column < len(row)
                and self.is_item_heading(row[column])
                and (i - found[-1] > 2 or self.has_lines(found[-1] + 1, i))
            ):
                found.append(i)
        return found

    def is_item_heading(self, value: CellValue) -> bool:
        if value.__class__ is not str or not value or len(value) > _LONGEST_HEADING:
            return False
        label = plain(value)
        return label in self.words["item"] or label.startswith(("项目(", "支出项目(", "收入项目("))

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
        paths = heading_paths(self.rows[heading:first_line], block.label + 1, block.last, self.words["line_number"])
        funds: dict[str, int] = {}
        plain_amounts: list[int] = []
        for j, path in paths.items():
            kind = self.column_kind(path)
            if kind == AMOUNT:
                plain_amounts.append(j)
            elif kind and kind != PASSED_OVER:
                funds.setdefault(kind, j)
            elif (
                kind is None
                and len(self.outline.unknown_columns) < _MOST_UNKNOWN
                and any(row_holds_amounts(self.region.grid, i, (j,)) for i in range(first_line, end))
            ):
                cell = CellRef(self.region.grid.sheet, self.region.grid.top + heading, self.region.grid.left + j)
                self.outline.unknown_columns.append((path[-1], cell))
        if self.number == "04" and len(funds) > 1:
            block.columns = funds
        elif plain_amounts:
            block.columns = {
                AMOUNT: plain_amounts[-1] if len(plain_amounts) == 1 else self.fullest(plain_amounts, first_line, end)
            }
        elif funds:
            block.columns = {AMOUNT: next(iter(funds.values()))}

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
                        scores[side] += read_line_label(value, self.number, side, self.layout)[1] is not None
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
        grid = self.region.grid
        side: Side = "revenue" if block.mixed else block.side or "revenue"
        columns = {label: grid.left + j for label, j in self.side_columns(block, side).items()}
        opened = False
        indices = list(block.columns.values())
        for i in range(first_line, end):
            row = self.rows[i]
            value = row[block.label] if block.label < len(row) else ""
            if value == "":
                if any(row[block.label + 1 : block.last + 1]) and row_holds_amounts(grid, i, indices):
                    key = self.outline.add(f"{LOST}{grid.top + i}", "", i, block.label, columns, "line")
                    self.outline.unknown.add(key)
                continue
            if value.__class__ is not str:
                continue
            label, line = read_line_label(value, self.number, side, self.layout)
            if not label and not row_holds_amounts(grid, i, indices):
                continue
            if block.mixed and side == "revenue" and self.turns(label):
                side = "expenditure"
                columns = {text: grid.left + j for text, j in self.side_columns(block, side).items()}
                if label == "支出":
                    continue
                line = find_line(label, self.number, side, self.layout)
            if label == "合计":
                line = find_line(self.bare_total(side), self.number, side, self.layout)
            if line is not None and self.number == "04":
                opened = opened or line.key == _OPENING
                line = self.fund_line(line, side, opened)
            of_which = label.startswith(_OF_WHICH)
            if line is None and of_which and opened:
                line = self.opening_part(label)
            if line is None:
                if not row_holds_amounts(grid, i, indices):
                    continue
                name = printed(value)
                role = "line" if of_which else self.zone(side)
                key = self.outline.add(name, name, i, block.label, columns, role)
                if not of_which:
                    self.outline.unknown.add(key)
            else:
                self.seen[side].add(line.key)
                self.outline.add(line.key, printed(value), i, block.label, columns, line.role)

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


def read_line_label(text: str, number: str, side: Side, layout: Layout) -> tuple[str, LineName | None]:
    """The plain label of a cell without its number, and the line of 01 or 04 that it names on a side."""
    if len(text) <= _CACHED:
        return _short_line_label(text, number, side, layout)
    label = unnumbered(plain(text))
    return label, find_line(label, number, side, layout)


@lru_cache(maxsize=8192)
def _short_line_label(text: str, number: str, side: Side, layout: Layout) -> tuple[str, LineName | None]:
    label = unnumbered(plain(text))
    return label, find_line(label, number, side, layout)


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
