"""The table of 三公 expenses: 09."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import cell_label, plain, printed, unnumbered, without_last_bracket
from gongkai_workbooks.layouts import Layout, LineName, Role

from .amount_cells import consecutive, row_holds_amounts
from .headings import HEADINGS, SUBTOTALS, WIDEST, Levels, Path, heading_label, heading_levels, heading_paths, paths_of
from .outline import Outline, OutlineError, Region
from .table_foot import is_foot

TOTAL = "合计"
BUDGET = "预算数"
FINAL = "决算数"
_HEADING_ROWS = 20


def outline_three_public(region: Region, number: str, layout: Layout) -> Outline:
    """The items of 09, which stand side by side or one below the other. Raises ``OutlineError`` when there are none."""
    reader = _ThreePublicReader(region, layout)
    return reader.read()


class _ThreePublicReader:
    """All rows and columns are indices in ``Grid.rows``."""

    def __init__(self, region: Region, layout: Layout) -> None:
        self.region = region
        self.rows = region.grid.rows
        self.layout = layout
        self.words = layout.words
        self.names: Mapping[str, LineName] = layout.lines["09", "items"]
        self.kinds: Mapping[str, str] = layout.columns["09"]
        self.outline = Outline(region)

    def read(self) -> Outline:
        heading, last = self.find_heading()
        if not self.read_across(heading, last) and not self.read_final_row(heading, last):
            self.read_down(heading)
        used: dict[str, None] = {}
        for item in self.outline.items.values():
            used.update(dict.fromkeys(item.columns))
        self.outline.columns = self.outline.columns or tuple(used)
        return self.outline

    def find_heading(self) -> tuple[int, int]:
        """The indices of the first and last row of the heading."""
        first = last = -1
        right = 0
        names, kinds, items = self.names, self.kinds, self.words["item"]
        for i in range(self.region.start + 1, min(self.region.start + _HEADING_ROWS, self.region.end)):
            row = self.rows[i]
            labels = [HEADINGS[value] if value.__class__ is str else "" for value in row]
            known = [j for j, label in enumerate(labels) if label and (label in names or label in kinds)]
            if first < 0:
                if len(known) < 2 and not any(label in items for label in labels if label):
                    continue
                first = last = i
            right = max(right, *known[-1:], 0)
            if i > first:
                # A number to the right of the headings is none of the table's.
                if self.holds_figures(row[: right + 1] if right else row):
                    break
                last = i if known else last
        if first < 0:
            raise OutlineError("未找到“预算数”“决算数”和“因公出国（境）费”“公务接待费”等表头")
        return first, last

    def holds_figures(self, row: Sequence[CellValue]) -> bool:
        return any(value.__class__ is float or value.__class__ is int for value in row)

    # Items side by side

    def read_across(self, heading: int, last: int) -> bool:
        """Read items that stand side by side; False when they stand one below the other."""
        grid = self.region.grid
        top = heading - 1 if heading - 1 > self.region.start and self.is_banner(self.rows[heading - 1]) else heading
        width = self.region.width()
        levels = heading_levels(self.rows[top : last + 1], 0, width - 1, self.layout)
        across = (read_levels if width <= WIDEST else read_levels.__wrapped__)(levels, width, self.layout)
        if across is None:
            return False
        data = self.data_row(last + 1, across.used)
        self.outline.first, self.outline.header = top, (data if data is not None else last + 1) - 1
        self.outline.columns = across.kinds
        if across.unknown:
            gap = self.region.gap(across.used[-1], width, top, self.region.end)
            self.outline.unknown_columns += [
                (label, CellRef(grid.sheet, grid.top + last, grid.left + j)) for label, j in across.unknown if j < gap
            ]
        if data is None:
            return True
        for key, found in across.columns.items():
            places = {kind: grid.left + j for kind, j in found.items()}
            self.outline.add(key, key, data, min(found.values()), places, self.role(key))
        return True

    def is_banner(self, row: Sequence[CellValue]) -> bool:
        labels = [heading_label(value) for value in row if value != ""]
        return len(labels) == 1 and labels[0] in self.names

    def role(self, key: str) -> Role:
        return "total" if key == TOTAL else "line"

    def data_row(self, first: int, columns: Sequence[int]) -> int | None:
        """The row of the amounts: that of 合计, else the first that does not number the columns, else a blank one before any note.

        What stands to the right of the columns is not looked at.
        """
        grid = self.region.grid
        width = columns[-1] + 1
        blank = found = None
        for i in range(first, self.region.end):
            row = self.rows[i]
            values = [row[j] for j in columns if j < len(row) and row[j] != ""]
            if len(values) > 1 or (values and row_holds_amounts(grid, i, columns)):
                if is_foot(row, self.layout):
                    break
                if len(values) > 2 and consecutive(values):
                    continue
                if any(cell_label(value) in self.words["total"] for value in row[: columns[0]]):
                    return i
                found = i if found is None else found
            elif any(value != "" for value in row[:width]):
                break
            elif found is None and blank is None:
                blank = i
        return found if found is not None else blank

    def read_final_row(self, heading: int, last: int) -> bool:
        """Read items that stand side by side with one row of 预算数 and one of 决算数: of these the latter only."""
        grid = self.region.grid
        paths = heading_paths(self.rows[heading : last + 1], 0, self.region.width() - 1, self.layout)
        found = {j: item for j, path in paths.items() if (item := column_meaning(path, self.layout)[1]) is not None}
        if len(set(found.values())) < 3:
            return False
        for i in range(last + 1, self.region.end):
            label = next((cell_label(value) for value in self.rows[i] if value != ""), "")
            if self.kinds.get(label) == FINAL:
                self.outline.first, self.outline.header = heading, last
                for j, item in found.items():
                    if item not in self.outline.items:
                        self.outline.add(item, item, i, j, {FINAL: grid.left + j}, self.role(item))
                return True
        return False

    # Items one below the other

    def read_down(self, heading: int) -> None:
        """Read items that stand one below the other, 预算数 and 决算数 side by side."""
        grid = self.region.grid
        label_column = self.label_column(heading)
        first_line = heading + 1
        while first_line < self.region.end and self.known(self.rows[first_line], label_column) is None:
            first_line += 1
        levels = self.rows[heading : min(first_line, heading + _HEADING_ROWS)]
        paths = heading_paths(levels, label_column + 1, self.region.width() - 1, self.layout)
        columns: dict[str, int] = {}
        for j, path in paths.items():
            kind = column_meaning(path, self.layout)[0]
            if kind is not None:
                columns.setdefault(kind, grid.left + j)
        if FINAL not in columns or first_line >= self.region.end:
            raise OutlineError("未找到“预算数”“决算数”和“因公出国（境）费”“公务接待费”等表头")
        self.outline.first, self.outline.header = heading, first_line - 1
        indices = [column - grid.left for column in columns.values()]
        for i in range(first_line, self.region.end):
            row = self.rows[i]
            value = row[label_column] if label_column < len(row) else ""
            if value.__class__ is not str or not value:
                continue
            line = self.known(row, label_column)
            if unnumbered(plain(value)) in self.words["beyond"]:
                break
            name = printed(value)
            if line is None:
                if is_foot(row, self.layout):
                    break
                if row_holds_amounts(grid, i, indices):
                    self.outline.unknown.add(self.outline.add(name, name, i, label_column, columns, "line"))
            elif line.key not in self.outline.items:
                self.outline.add(line.key, name, i, label_column, columns, line.role)
            elif self.is_filled_total(line, i, indices):
                del self.outline.items[line.key]
                self.outline.add(line.key, name, i, label_column, columns, line.role)

    def label_column(self, heading: int) -> int:
        for j, value in enumerate(self.rows[heading]):
            if cell_label(value) in self.words["item"]:
                return j
        for i in range(heading, self.region.end):
            for j, value in enumerate(self.rows[i]):
                line = find_item(cell_label(value), self.layout) if value.__class__ is str and value else None
                if line is not None and line.key != TOTAL:
                    return j
        return 0

    def known(self, row: Sequence[CellValue], column: int) -> LineName | None:
        value = row[column] if column < len(row) else ""
        return find_item(plain(value), self.layout) if value.__class__ is str and value else None

    def is_filled_total(self, line: LineName, i: int, indices: Sequence[int]) -> bool:
        """Whether a second line of the total has the amounts that the first, a mere heading, has not."""
        if line.key != TOTAL:
            return False
        first = self.outline.items[TOTAL].row - self.region.grid.top
        return not row_holds_amounts(self.region.grid, first, indices) and row_holds_amounts(
            self.region.grid, i, indices
        )


def find_item(label: str, layout: Layout) -> LineName | None:
    """The item that a plain label names, with or without its number and 其中."""
    label = unnumbered(label)
    if label.startswith("其中"):
        label = unnumbered(label.removeprefix("其中").lstrip(":,、"))
    names = layout.lines["09", "items"]
    return names.get(label) or names.get(without_last_bracket(label))


class Across(NamedTuple):
    """Items that stand side by side: their columns by item and kind, all columns in order, the kinds in the order of the sheet.

    ``unknown`` are further columns under 预算数 or 决算数 with their headings. All are indices.
    """

    columns: Mapping[str, Mapping[str, int]]
    used: Sequence[int]
    kinds: tuple[str, ...]
    unknown: Sequence[tuple[str, int]]


@lru_cache(maxsize=256)
def read_levels(levels: Levels, width: int, layout: Layout) -> Across | None:
    """What the headings of 09 say; None when its items stand one below the other."""
    kinds, other = layout.columns["09"], layout.words["other_amount"]
    columns: dict[str, dict[str, int]] = {}
    totals: dict[str, int] = {}
    unknown: list[tuple[str, int]] = []
    for j, path in paths_of(levels, 0, width - 1).items():
        kind, item, named = column_meaning(path, layout)
        if kind is not None and item is not None:
            if item == TOTAL and named:
                # “三公”经费 with 会议费 and 培训费 beside it: its 小计 is meant, not the sum of all.
                totals.setdefault(kind, j)
            columns.setdefault(item, {}).setdefault(kind, j)
        elif kind is not None and len(path) > 1 and not any(label in other for label in path):
            unknown.append((path[-1] if path[-1] not in kinds else path[-2], j))
    if len(columns) < 2 or not any(FINAL in found for found in columns.values()):
        return None
    columns.setdefault(TOTAL, {}).update(totals)
    if not columns[TOTAL]:
        del columns[TOTAL]
    firsts = {
        kind: min(found[kind] for found in columns.values() if kind in found)
        for kind in (BUDGET, FINAL)
        if any(kind in found for found in columns.values())
    }
    used = sorted(j for found in columns.values() for j in found.values())
    return Across(columns, used, tuple(sorted(firsts, key=firsts.__getitem__)), unknown)


@lru_cache(maxsize=1024)
def column_meaning(path: Path, layout: Layout) -> tuple[str | None, str | None, bool]:
    """What the headings over a column say: 预算数 or 决算数, the item, and whether “三公”经费 is among them, not only 合计.

    小计 and 合计 mean the heading above.
    """
    kinds = layout.columns["09"]
    kind = next((kinds[label] for label in path if label in kinds), None)
    labels = [label for label in path if label not in kinds and label not in layout.words["item"]]
    lines = [(label, find_item(label, layout)) for label in labels]
    named = any(label not in SUBTOTALS and line is not None and line.key == TOTAL for label, line in lines)
    if not labels:
        return kind, None, named
    label, line = lines[-1]
    if label in SUBTOTALS:
        above = [known for word, known in lines[:-1] if word not in SUBTOTALS and known is not None]
        return kind, above[-1].key if above else TOTAL, named
    return kind, None if line is None else line.key, named
