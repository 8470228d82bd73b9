"""Recognises the nine tables in the grids of a workbook and reads every amount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

from gongkai_workbooks.amounts import WAN_YUAN, AmountUnit
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import TABLE_NUMBERS, Disclosure, Item, Table, TableStatus
from gongkai_workbooks.grid import Grid
from gongkai_workbooks.labels import plain, printed
from gongkai_workbooks.layouts import EXTRA, Layout

from .amount_cells import all_amounts_zero, lines_with_amounts, read_amounts
from .found_tables import FoundTable, choose_tables, contents_among, find_tables, has_rows
from .header_cells import read_cover, read_header_text
from .outline import Region
from .rounded_yuan import take_rounded_yuan
from .table_foot import Foot, foot_texts

_MOST_NOTES = 40
_SHORTEST_NOTE = 4
_NOTE_STARTS = ("注", "说明", "附注", "备注")
_ROW = itemgetter(Item._fields.index("row"))
T = TypeVar("T")


def locate(grids: Sequence[Grid], layout: Layout, *, path: str = "") -> Disclosure:
    """The nine tables in the grids of a workbook, in the order of its sheets, with every printed amount.

    Tables are bound by their titles, columns and lines by their labels, through ``layout``; never by tab names, printed table
    numbers, rows or columns. What cannot be found or understood is said in the tables; nothing is raised for it.
    """
    found: list[FoundTable] = []
    extra: list[tuple[str, CellRef]] = []
    used: set[str] = set()
    contents: tuple[tuple[str, CellRef], ...] = ()
    for grid in grids:
        on_sheet = find_tables(grid, layout)
        contents = contents or contents_among(on_sheet)
        for one in on_sheet:
            if one.number == EXTRA:
                if has_rows(one.region):
                    extra.append((printed(one.title.text), one.cell))
                continue
            used.add(grid.sheet)
            found.append(one)
    chosen, duplicates = choose_tables(found)
    covers = [read_cover(grid, layout) for grid in grids if grid.sheet not in used]
    headers = [one.header for one in chosen.values()]
    unit = _most_common(header.amount_unit for header in headers)
    department = _most_common(header.department for header in headers if header.department)
    department = department or _most_common(
        one.title.title.department for one in chosen.values() if one.title.title.department
    )
    year = _most_common(header.year for header in headers if header.year is not None)
    for cover in covers:
        department = department or cover.department
        year = year if year is not None else cover.year
        unit = unit or cover.amount_unit
    tables = {number: _table(number, chosen.get(number), unit or WAN_YUAN, layout) for number in TABLE_NUMBERS}
    return Disclosure(
        path=path,
        department=department or "",
        year=year,
        amount_unit=take_rounded_yuan(tables.values(), unit or WAN_YUAN),
        unit_stated=unit is not None,
        tables=tables,
        extra_titles=tuple(extra),
        sheets=tuple(grid.sheet for grid in grids),
        duplicates=duplicates,
        contents=contents,
    )


def _most_common(values: Iterable[T]) -> T | None:
    found = [value for value in values if value is not None]
    if not found or found.count(found[0]) == len(found):
        return found[0] if found else None
    return Counter(found).most_common(1)[0][0]


def _table(number: str, found: FoundTable | None, unit: AmountUnit, layout: Layout) -> Table:
    title = layout.canonical_titles[number]
    if found is None or (found.outline is None and not has_rows(found.region)):
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
        below = found.region.start + 1
        table.notes = (*header.heading, *_notes(found.region, found.region.start, below, last, layout))
        return table
    table.header_row = grid.top + outline.header
    table.columns = outline.columns
    table.unknown_columns = tuple(outline.unknown_columns)
    table.items = outline.items
    if grid.hidden_rows or grid.hidden_columns:
        _mark_hidden(table, grid)
    read_amounts(table, grid, header.amount_unit or unit)
    if outline.unknown:
        table.unknown_lines = lines_with_amounts(
            (table.items[key] for key in outline.items if key in outline.unknown), table
        )
    below = max(map(_ROW, outline.items.values()), default=grid.top + outline.first) + 1 - grid.top
    table.notes = (*header.heading, *_notes(found.region, outline.first, below, last, layout))
    if all_amounts_zero(table):
        table.status = TableStatus.EMPTY
        table.reason = "各金额单元格均为 0" if table.amounts else "各金额单元格均为空"
    else:
        table.status, table.reason = TableStatus.CHECKED, ""
    return table


def _mark_hidden(table: Table, grid: Grid) -> None:
    hidden = grid.hidden_rows
    table.items = {key: item._replace(hidden=True) if item.row in hidden else item for key, item in table.items.items()}
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


def _notes(region: Region, heading: int, below: int, last: int, layout: Layout) -> tuple[tuple[str, CellRef], ...]:
    """Text lines from row ``below`` on, under the last line, and those between title and heading that begin like a note; all indices."""
    grid = region.grid
    notes: list[tuple[str, CellRef]] = []
    for i in (*range(region.start + 1, heading), *range(below, last + 1)):
        for j, value in enumerate(grid.rows[i]):
            if value != "":
                if value.__class__ is str and _is_note(value, i >= below, layout):
                    notes.append((" ".join(value.split()), CellRef(grid.sheet, grid.top + i, grid.left + j)))
                break
        if len(notes) >= _MOST_NOTES:
            break
    return tuple(notes)


def _is_note(text: str, under: bool, layout: Layout) -> bool:
    """Whether a text ``under`` the table, or over it, is a note and neither part of the header nor a signature."""
    label = plain(text)
    return (
        len(label) >= _SHORTEST_NOTE
        and (under or label.startswith(_NOTE_STARTS))
        and read_header_text(text, layout) is None
        and foot_texts(layout)[text] is not Foot.SIGNATURE
    )
