"""Finds the titles on a sheet, tells which rows belong to each, and reads the outline of each table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import CellValue, Grid
from gongkai_workbooks.layouts import EXTRA, Layout

from .economic_table import outline_economic
from .functional_table import outline_functional
from .header_cells import HeaderCells, read_header
from .outline import Outline, OutlineError, Region
from .table_foot import foot_start
from .three_public_table import outline_three_public
from .titles import TitleCell, find_titles
from .two_sided_table import outline_two_sided

_FAMILIES: dict[str, Callable[[Region, str, Layout], Outline]] = {
    "01": outline_two_sided,
    "02": outline_functional,
    "03": outline_functional,
    "04": outline_two_sided,
    "05": outline_functional,
    "06": outline_economic,
    "07": outline_functional,
    "08": outline_functional,
    "09": outline_three_public,
}
_PAGED = ("02", "03", "05", "07", "08")
_FEWEST_LISTED = 5
"""So many of the nine titles without a table below make a table of contents."""


@dataclass(slots=True)
class FoundTable:
    """A title with its region, its header, and its outline; ``fault`` says in Chinese why there is no outline."""

    title: TitleCell
    region: Region
    header: HeaderCells
    outline: Outline | None = None
    fault: str = ""

    @property
    def number(self) -> str:
        """The number of the table, ``EXTRA`` for a further one."""
        return self.title.title.number

    @property
    def cell(self) -> CellRef:
        """The cell of the title."""
        grid = self.region.grid
        return CellRef(grid.sheet, grid.top + self.title.row, grid.left + self.title.column)


def find_tables(grid: Grid, layout: Layout) -> list[FoundTable]:
    """The titles of a sheet with their regions, outlines made."""
    titles = find_titles(grid.rows, layout)
    if not titles:
        return []
    titles = [title for k, title in enumerate(titles) if not _continues(titles, k)]
    by_row: dict[int, list[TitleCell]] = {}
    for title in titles:
        by_row.setdefault(title.row, []).append(title)
    ends = dict(zip(by_row, [*list(by_row)[1:], len(grid.rows)], strict=True))
    found: list[FoundTable] = []
    above = 0
    for row, beside in by_row.items():
        end = ends[row]
        for title in beside:
            part, where = (grid, title) if len(beside) == 1 else _side_by_side(grid, beside, title, end)
            one = _read_region(Region(part, row, end), where, above, layout)
            if not (found and _join(found[-1], one)):
                found.append(one)
        above = row + 1
    return found


def contents_among(found: Sequence[FoundTable]) -> tuple[tuple[str, CellRef], ...]:
    """Number and cell of each title that the table of contents of a sheet lists, further tables included; empty when there is none."""
    listed = [one for one in found if one.outline is None]
    numbers = {one.number for one in listed if one.number != EXTRA and not has_rows(one.region)}
    return tuple((one.number, one.cell) for one in listed) if len(numbers) >= _FEWEST_LISTED else ()


def _read_region(region: Region, title: TitleCell, above: int, layout: Layout) -> FoundTable:
    """What stands below a title: its outline, if it is one of the nine, and its header."""
    number, doubt = title.title.number, title.title.doubt
    outline, fault = None, ""
    if number != EXTRA:
        body = Region(region.grid, region.start, foot_start(region.grid.rows, region.start, region.end, layout))
        try:
            outline = _FAMILIES[number](body, number, layout)
        except OutlineError as error:
            fault = str(error)
    end = region.end if outline is None else outline.first
    header = read_header(region.grid, title.row, title.column, above, end, layout)
    if doubt and not _names_department(doubt, header.department):
        return FoundTable(title._replace(title=title.title._replace(number=EXTRA)), region, header)
    if outline is not None and header.amount_unit is None:
        header.take_unit_of_heading(region.grid, outline.first, outline.header)
    return FoundTable(title, region, header, outline, fault)


def _join(first: FoundTable, second: FoundTable) -> bool:
    """Join a second page to the first: the same title again on a sheet, with further codes and without a second total."""
    if first.number != second.number or first.number not in _PAGED or first.outline is None or second.outline is None:
        return False
    lines, more = first.outline.items, second.outline.items
    if not more or any(key in lines for key in more) or first.region.grid is not second.region.grid:
        return False
    lines.update(more)
    first.outline.columns = tuple(dict.fromkeys((*first.outline.columns, *second.outline.columns)))
    first.region.end = second.region.end
    return True


def _continues(titles: Sequence[TitleCell], k: int) -> bool:
    """Whether a title repeats the one before it on the same sheet as 续表."""
    return titles[k].title.continued and k > 0 and titles[k].title.number == titles[k - 1].title.number


def _names_department(words: str, department: str) -> bool:
    return bool(department) and len(words) > 1 and (words in department or department in words)


def _side_by_side(grid: Grid, titles: Sequence[TitleCell], title: TitleCell, end: int) -> tuple[Grid, TitleCell]:
    """The part of a grid that belongs to one of several tables beside each other, and its title in that part."""
    bounds = [0]
    for left, right in pairwise(titles):
        gap = right.column
        for j in range(right.column, left.column, -1):
            if all(j >= len(row) or row[j] == "" for row in grid.rows[title.row : end]):
                gap = j
                break
        bounds.append(gap)
    bounds.append(max((len(row) for row in grid.rows), default=0))
    k = titles.index(title)
    first, last = bounds[k], bounds[k + 1]
    rows: list[list[CellValue]] = [row[first:last] if i >= title.row else [] for i, row in enumerate(grid.rows[:end])]
    return replace(grid, rows=rows, left=grid.left + first), title._replace(column=title.column - first)


def choose_tables(found: Sequence[FoundTable]) -> tuple[dict[str, FoundTable], tuple[tuple[str, CellRef], ...]]:
    """For each number the best of the tables found, and the further copies that could be read: number and title cell.

    The best is readable, on a visible sheet, of the department that most tables name, has amounts, the better title, and more cells.
    """
    chosen = {one.number: one for one in found}
    if len(chosen) == len(found):
        return chosen, ()
    named = Counter(one.header.department for one in found if one.outline is not None and one.header.department)
    department = named.most_common(1)[0][0] if named else ""
    chosen = {}
    merits: dict[str, tuple[bool, bool, bool, bool, int, int]] = {}
    for one in found:
        merit = _merit(one, department)
        if one.number not in chosen or merit > merits[one.number]:
            chosen[one.number], merits[one.number] = one, merit
    duplicates = [(one.number, one.cell) for one in found if one.outline is not None and one is not chosen[one.number]]
    return chosen, tuple(duplicates)


def _merit(one: FoundTable, department: str) -> tuple[bool, bool, bool, bool, int, int]:
    if one.outline is None:
        return (False, False, False, has_rows(one.region), 0, 0)
    grid, rows = one.region.grid, one.region.grid.rows
    filled = 0
    for item in one.outline.items.values():
        row = rows[item.row - grid.top]
        for column in item.columns.values():
            j = column - grid.left
            filled += j < len(row) and row[j] != ""
    named = not department or one.header.department in ("", department)
    return (True, grid.visible, named, filled > 0, -one.title.title.rank, filled)


def has_rows(region: Region) -> bool:
    """Whether a table stands below a title: at least two rows with two cells."""
    count = 0
    for row in region.grid.rows[region.start + 1 : region.end]:
        if any(row) and len(row) - row.count("") > 1:
            count += 1
            if count > 1:
                return True
    return False
