"""What stands around the title: the department, the unit of the amounts, the year and the table number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from gongkai_workbooks.amounts import AMOUNT_UNITS, AmountUnit
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import CellValue, Grid
from gongkai_workbooks.labels import cell_label, plain
from gongkai_workbooks.layouts import Layout
from gongkai_workbooks.remembered import Remembered

from .titles import read_part_heading

_ROWS_BELOW = 6
_ROWS_ABOVE = 3
_ROWS_ABOVE_FIRST = 10
_LONGEST = 200
_UNIT = re.compile(
    r"\(?(?:金额|货币|计量|数据)?单位:?\(?(?:人民币)?:?(百元|千元|万元|亿元|元)\)?(?=$|[^\u4e00-\u9fff]|编制|部门|公开|填报|单位)"
)
_BARE_UNIT = re.compile(r"\(?(?:人民币)?(百元|千元|万元|亿元)\)?")
_HEADING_UNIT = re.compile(r"\((?:单位:?)?(?:人民币)?(百元|千元|万元|亿元|元)\)$")
_CODE = re.compile(r"(?:财决)?公开第?0?(\d{1,2})号?表")
_YEAR = re.compile(r"(20\d\d)年度?")
_STATED_YEAR = re.compile(r"(?:年度|年份|会计年度):(20\d\d)")
_CHINESE_YEAR = re.compile(r"二([〇零○oO0])([〇零○oO0一二三四五六七八九])([〇零○oO0一二三四五六七八九])年度?")
_DIGITS = {**dict.fromkeys("〇零○oO0", "0"), **{digit: str(n) for n, digit in enumerate("一二三四五六七八九", 1)}}
_SEAL = re.compile(r"\((?:公章|盖章|签章|章)\)|\(?盖章\)?$")
_UNIT_LABELS = frozenset({"单位", "金额单位", "货币单位", "计量单位"})
_NOTES = ("注", "说明", "备注", "附注")
_COVER = re.compile(r"(?:20\d\d|二.{3})年(?:度)?(?:部门|单位)?(?:决算|收支决算)")
_COVER_ROWS = 40


class HeaderText(NamedTuple):
    """What one cell says: parts are "" or None where it says nothing.

    ``label_only``: 部门：, the name is in the next cell. ``heading``: it heads all the tables and names something that is no department.
    """

    department: str = ""
    amount_unit: AmountUnit | None = None
    year: int | None = None
    table_code: str = ""
    label_only: bool = False
    heading: bool = False


@dataclass(slots=True)
class HeaderCells:
    """Department, unit, year and printed number of one table, each with its cell.

    ``heading`` holds a heading over all the tables that names something else than a department: a blank form's ××部门.
    """

    department: str = ""
    department_cell: CellRef | None = None
    amount_unit: AmountUnit | None = None
    unit_cell: CellRef | None = None
    year: int | None = None
    year_cell: CellRef | None = None
    table_code: str = ""
    table_code_cell: CellRef | None = None
    heading: tuple[tuple[str, CellRef], ...] = ()

    def take_neighbour(self, label: str, name: str, cell: CellRef, layout: Layout) -> None:
        """Take what stands beside 部门： or 金额单位 in a cell of its own."""
        unit = AMOUNT_UNITS.get(name.removeprefix("人民币"))
        if unit is not None:
            if label.rstrip(":") in _UNIT_LABELS:
                self.take(HeaderText(amount_unit=unit), cell)
        elif name and read_header_text(name, layout) is None and (label.endswith(":") or _is_department(name, layout)):
            self.take(HeaderText(name), cell)

    def take_unit_of_heading(self, grid: Grid, first: int, last: int) -> None:
        """Take the unit from a column heading such as 金额（万元） in the rows ``first`` to ``last``, by index."""
        for i in range(first, last + 1):
            for j, value in enumerate(grid.rows[i]):
                label = cell_label(value)
                match = _HEADING_UNIT.search(label) if label.endswith("元)") else None
                if match:
                    self.amount_unit = AMOUNT_UNITS[match[1]]
                    self.unit_cell = CellRef(grid.sheet, grid.top + i, grid.left + j)
                    return

    def take(self, text: HeaderText, cell: CellRef) -> None:
        """Keep what is not known yet."""
        if text.department and not self.department:
            self.department, self.department_cell = text.department, cell
        if text.amount_unit is not None and self.amount_unit is None:
            self.amount_unit, self.unit_cell = text.amount_unit, cell
        if text.year is not None and self.year is None:
            self.year, self.year_cell = text.year, cell
        if text.table_code and not self.table_code:
            self.table_code, self.table_code_cell = text.table_code, cell


def read_year(label: str) -> int | None:
    """The year in a plain text: 2024年度, 2024年, 二〇二四年度."""
    match = _YEAR.search(label) or _STATED_YEAR.search(label)
    if match:
        return int(match[1])
    match = _CHINESE_YEAR.search(label)
    return int("2" + "".join(_DIGITS[match[n]] for n in (1, 2, 3))) if match else None


@lru_cache(maxsize=16)
def header_texts(layout: Layout) -> Remembered[HeaderText | None]:
    """What a cell of the header says, by its text; None when it says nothing of the kind."""
    return Remembered(partial(_read_header_text, layout))


def read_header_text(text: str, layout: Layout) -> HeaderText | None:
    """What a cell of the header says; None when it says nothing of the kind."""
    return header_texts(layout)[text]


def _read_header_text(layout: Layout, text: str) -> HeaderText | None:
    if len(text) >= 2 * _LONGEST:
        return None
    label = plain(text)
    if not 1 < len(label) < _LONGEST or label.startswith(_NOTES) or "。" in label:
        return None
    code = _CODE.search(label)
    unit = _UNIT.search(label) or _BARE_UNIT.fullmatch(label)
    year = read_year(label) if len(label) < 60 else None
    rest = label.replace(code[0], "") if code else label
    rest = rest.replace(unit[0], "") if unit else rest
    department, label_only, heading = "", False, False
    left, colon, right = rest.partition(":")
    if (part := read_part_heading(rest, layout)) is not None:
        heading = bool(part) and not _is_department(part, layout)
        department = "" if heading else part
    elif colon and left.strip("()") in layout.words["department"]:
        department, label_only = _name(right), not right
    elif rest.rstrip(":") in _UNIT_LABELS or (not colon and rest in layout.words["department"] and not unit):
        label_only = True
    if not (department or unit or year or code or label_only or heading):
        return None
    table_code = f"{int(code[1]):02}" if code else ""
    return HeaderText(department, AMOUNT_UNITS[unit[1]] if unit else None, year, table_code, label_only, heading)


def read_header(grid: Grid, title_row: int, title_column: int, above: int, end: int, layout: Layout) -> HeaderCells:
    """The header of the table whose title stands at these indices; ``above`` is where the rows above it may start.

    ``end`` is the row of the column headings, or the end of the table where these are not known. The title counts first, then the rows below it, then those above.
    """
    header = HeaderCells()
    rows, texts = grid.rows, header_texts(layout)
    found = texts[str(rows[title_row][title_column])]
    if found is not None:
        header.take(found, CellRef(grid.sheet, grid.top + title_row, grid.left + title_column))
    below = range(title_row, min(title_row + _ROWS_BELOW, end))
    reach = _ROWS_ABOVE if above else _ROWS_ABOVE_FIRST
    for i in (*below, *range(title_row - 1, max(above, title_row - reach) - 1, -1)):
        row = rows[i]
        for j, value in enumerate(row):
            if not value or value.__class__ is not str or (said := texts[value]) is None:
                continue
            if i == title_row and j == title_column:
                continue
            header.take(said, CellRef(grid.sheet, grid.top + i, grid.left + j))
            if said.heading:
                header.heading = ((" ".join(value.split()), CellRef(grid.sheet, grid.top + i, grid.left + j)),)
            if said.label_only:
                name, column = _next_text(row, j)
                header.take_neighbour(
                    plain(value), plain(name), CellRef(grid.sheet, grid.top + i, grid.left + column), layout
                )
    return header


def read_cover(grid: Grid, layout: Layout) -> HeaderCells:
    """Department, year and unit from a sheet without tables, such as a cover: 某某局2024年度部门决算."""
    header = HeaderCells()
    for i, row in enumerate(grid.rows[:_COVER_ROWS]):
        for j, value in enumerate(row):
            if value.__class__ is not str or not 3 < len(value) < _LONGEST:
                continue
            cell = CellRef(grid.sheet, grid.top + i, grid.left + j)
            label = plain(value)
            match = _COVER.search(label)
            if match:
                name = label[: match.start()]
                header.take(HeaderText(name if _is_department(name, layout) else "", None, read_year(label)), cell)
            said = read_header_text(value, layout)
            if said is not None and said.amount_unit is not None:
                header.take(HeaderText(amount_unit=said.amount_unit), cell)
    return header


def _name(text: str) -> str:
    """The name of a department without the year, the seal and the bracket that may stand around it."""
    name = _SEAL.sub("", _YEAR.sub("", text)).strip(",;、.")
    return name[1:-1] if name.startswith("(") and name.endswith(")") else name


def _next_text(row: Sequence[CellValue], column: int) -> tuple[str, int]:
    for j in range(column + 1, len(row)):
        value = row[j]
        if value != "":
            return (value, j) if isinstance(value, str) else ("", j)
    return "", column


def _is_department(name: str, layout: Layout) -> bool:
    return len(name) > 2 and name.endswith(tuple(layout.words["organisation"]))
