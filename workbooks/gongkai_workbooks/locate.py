"""Recognises the nine tables in the grids of a workbook and reads every amount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from .amount_cells import all_amounts_zero, lines_with_amounts, read_amounts
from .amounts import WAN_YUAN, AmountUnit
from .cells import CellRef
from .disclosure import TABLE_NUMBERS, Disclosure, Table, TableStatus
from .economic_table import outline_economic
from .functional_table import outline_functional
from .grid import CellValue, Grid
from .header_cells import HeaderCells, read_cover, read_header, read_header_text
from .labels import plain, printed
from .layouts import EXTRA, Layout
from .outline import Outline, OutlineError, Region
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
_MOST_NOTES = 40
_SHORTEST_NOTE = 4
_NOTE_STARTS = ("注", "说明", "附注", "备注")
T = TypeVar("T")


@dataclass(slots=True)
class _Found:
    """A title with its region and what was read there."""

    title: TitleCell
    region: Region
    header: HeaderCells
    outline: Outline | None = None
    fault: str = ""

    @property
    def number(self) -> str:
        return self.title.title.number

    @property
    def cell(self) -> CellRef:
        grid = self.region.grid
        return CellRef(grid.sheet, grid.top + self.title.row, grid.left + self.title.column)


def locate(grids: Sequence[Grid], layout: Layout, *, path: str = "") -> Disclosure:
    """The nine tables in the grids of a workbook, in the order of its sheets, with every printed amount.

    Tables are bound by their titles, columns and lines by their labels, through ``layout``; never by tab names, printed table
    numbers, rows or columns. What cannot be found or understood is said in the tables; nothing is raised for it.
    """
    found: list[_Found] = []
    extra: list[tuple[str, CellRef]] = []
    used: set[str] = set()
    for grid in grids:
        for one in _on_sheet(grid, layout):
            if one.number == EXTRA:
                if _has_rows(one.region):
                    extra.append((printed(one.title.text), one.cell))
                continue
            used.add(grid.sheet)
            found.append(one)
    chosen, duplicates = _choose(found)
    covers = [read_cover(grid, layout) for grid in grids if grid.sheet not in used]
    headers = [one.header for one in chosen.values()]
    unit = _most_common(header.amount_unit for header in headers)
    department = _most_common(header.department for header in headers if header.department)
    department = department or _most_common(
        one.title.title.department for one in chosen.values() if one.title.title.department
    )
    year = _most_common(header.year for header in headers if header.year is not None)
    for cover_department, cover_year in covers:
        department = department or cover_department
        year = year if year is not None else cover_year
    tables = {number: _table(number, chosen.get(number), unit or WAN_YUAN, layout) for number in TABLE_NUMBERS}
    return Disclosure(
        path=path,
        department=department or "",
        year=year,
        amount_unit=unit or WAN_YUAN,
        unit_stated=unit is not None,
        tables=tables,
        extra_titles=tuple(extra),
        sheets=tuple(grid.sheet for grid in grids),
        duplicates=duplicates,
    )


def _on_sheet(grid: Grid, layout: Layout) -> list[_Found]:
    """The titles of a sheet with their regions, outlines made."""
    titles = find_titles(grid.rows, layout)
    if not titles:
        return []
    found: list[_Found] = []
    titles = [title for k, title in enumerate(titles) if not _continues(titles, k)]
    above = 0
    for k, title in enumerate(titles):
        later = next((other.row for other in titles[k + 1 :] if other.row > title.row), len(grid.rows))
        beside = [other for other in titles if other.row == title.row]
        part, where = (grid, title) if len(beside) == 1 else _side_by_side(grid, beside, title, later)
        region = Region(part, where.row, later)
        header = read_header(part, where.row, where.column, above, later, layout)
        above = later
        one = _Found(where, region, header)
        number = title.title.number
        if number != EXTRA and title.title.doubt and not _names_department(title.title.doubt, header.department):
            one.title = where._replace(title=title.title._replace(number=EXTRA))
        elif number != EXTRA:
            try:
                one.outline = _FAMILIES[number](region, number, layout)
            except OutlineError as error:
                one.fault = str(error)
        found.append(one)
    return found


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


def _choose(found: Sequence[_Found]) -> tuple[dict[str, _Found], tuple[tuple[str, CellRef], ...]]:
    """For each number the most complete table; further copies that could be read are named as duplicates."""
    chosen: dict[str, _Found] = {}
    for one in found:
        best = chosen.get(one.number)
        if best is None or _completeness(one) > _completeness(best):
            chosen[one.number] = one
    duplicates = tuple(
        (one.number, one.cell) for one in found if one.outline is not None and one is not chosen[one.number]
    )
    return chosen, duplicates


def _completeness(one: _Found) -> tuple[bool, bool, bool, int]:
    if one.outline is None:
        return (False, False, _has_rows(one.region), 0)
    grid, rows = one.region.grid, one.region.grid.rows
    amounts = sum(
        1
        for item in one.outline.items.values()
        for column in item.columns.values()
        if column - grid.left < len(rows[item.row - grid.top]) and rows[item.row - grid.top][column - grid.left] != ""
    )
    return (True, grid.visible, True, amounts)


def _has_rows(region: Region) -> bool:
    """Whether a table stands below a title: at least two rows with two cells."""
    count = 0
    for row in region.grid.rows[region.start + 1 : region.end]:
        if any(row) and len(row) - row.count("") > 1:
            count += 1
            if count > 1:
                return True
    return False


def _most_common(values: Iterable[T]) -> T | None:
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None


def _table(number: str, found: _Found | None, unit: AmountUnit, layout: Layout) -> Table:
    title = layout.canonical_titles[number]
    if found is None or (found.outline is None and not _has_rows(found.region)):
        reason = f"未找到标题为“{title}”的表"
        if found is not None:
            reason += f"（{found.cell} 只有表名，下面没有表格）"
        return Table(number, title, TableStatus.MISSING, reason)
    grid, header = found.region.grid, found.header
    table = Table(
        number,
        title,
        TableStatus.UNREADABLE,
        found.fault,
        sheet=grid.sheet,
        printed_title=printed(found.title.text),
        title_cell=found.cell,
        amount_unit=header.amount_unit,
        unit_cell=header.unit_cell,
        department=header.department,
        department_cell=header.department_cell,
        year=header.year,
        year_cell=header.year_cell,
        table_code=header.table_code,
        table_code_cell=header.table_code_cell,
        formulas=grid.formulas,
        first_row=grid.top + found.region.start,
        hidden=not grid.visible,
    )
    outline = found.outline
    last = _last_row(found.region)
    table.last_row = grid.top + last
    if outline is None:
        table.notes = _notes(found.region, found.region.start, last, (), layout)
        return table
    table.header_row = grid.top + outline.header
    table.columns = outline.columns
    table.unknown_columns = tuple(outline.unknown_columns)
    table.items = outline.items
    if grid.hidden_rows or grid.hidden_columns:
        _mark_hidden(table, grid)
    read_amounts(table, grid, header.amount_unit or unit)
    table.unknown_lines = lines_with_amounts(
        (table.items[key] for key in outline.items if key in outline.unknown), table
    )
    rows = [item.row - grid.top for item in table.items.values()]
    table.notes = _notes(found.region, outline.first, last, rows, layout)
    if all_amounts_zero(table):
        table.status = TableStatus.EMPTY
        table.reason = "各金额单元格均为 0" if table.amounts else "各金额单元格均为空"
    else:
        table.status, table.reason = TableStatus.CHECKED, ""
    return table


def _mark_hidden(table: Table, grid: Grid) -> None:
    hidden = grid.hidden_rows
    table.items = {key: replace(item, hidden=True) if item.row in hidden else item for key, item in table.items.items()}
    columns: dict[str, bool] = {}
    for item in table.items.values():
        for label, column in item.columns.items():
            columns[label] = columns.get(label, False) or column in grid.hidden_columns
    table.hidden_columns = tuple(label for label, is_hidden in columns.items() if is_hidden)


def _last_row(region: Region) -> int:
    rows = region.grid.rows
    for i in range(region.end - 1, region.start, -1):
        if any(rows[i]):
            return i
    return region.start


def _notes(
    region: Region, heading: int, last: int, lines: Sequence[int], layout: Layout
) -> tuple[tuple[str, CellRef], ...]:
    """Text lines below the last line, and those between title and heading that begin like a note."""
    grid = region.grid
    below = max(lines, default=heading) + 1
    notes: list[tuple[str, CellRef]] = []
    for i in (*range(region.start + 1, heading), *range(below, last + 1)):
        for j, value in enumerate(grid.rows[i]):
            if value == "":
                continue
            if (
                isinstance(value, str)
                and len(plain(value)) >= _SHORTEST_NOTE
                and (i >= below or plain(value).startswith(_NOTE_STARTS))
                and read_header_text(value, layout) is None
            ):
                notes.append((" ".join(value.split()), CellRef(grid.sheet, grid.top + i, grid.left + j)))
            break
        if len(notes) >= _MOST_NOTES:
            break
    return tuple(notes)
