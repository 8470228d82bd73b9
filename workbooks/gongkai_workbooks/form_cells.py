"""A form and its figures as cells: one intermediate list from which a ``Grid`` and a workbook are made.

Amounts are written as published: each is rounded by itself, half up, to two decimals of the amount unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .amounts import AmountUnit
from .figures import Figures, TableFigures
from .forms import TOTAL, Form, FormSheet, Lines
from .grid import CellValue, Grid, Span

Role = Literal[
    "title",
    "left",
    "middle",
    "right",
    "heading",
    "label",
    "line",
    "code",
    "name",
    "amount",
    "total",
    "total amount",
    "note",
]

_EMPTY_ROWS = 4
"""Blank lines of a table that the department has no figures for."""


class FormCell(NamedTuple):
    """One cell of a laid-out sheet. ``role`` decides how it looks; ``value`` is ``""`` in a blank cell that has a border."""

    row: int
    column: int
    value: CellValue
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidSheet:
    """One sheet, laid out.

    ``places`` gives row and column of every amount cell by item key and column label, blank ones included. ``widths`` are in
    characters, a column each. ``heading_rows`` are the first and last row of the heading, ``last_row`` the last one of the table or its notes.
    """

    table: str
    tab: str
    cells: tuple[FormCell, ...]
    merges: tuple[Span, ...]
    places: Mapping[tuple[str, str], tuple[int, int]]
    widths: tuple[float, ...]
    heading_rows: tuple[int, int]
    last_row: int
    landscape: bool

    def grid(self) -> Grid:
        """The sheet as a host would read it from a file."""
        rows: list[list[CellValue]] = [[""] * len(self.widths) for _ in range(self.last_row)]
        for row, column, value, _ in self.cells:
            rows[row - 1][column - 1] = value
        return Grid(sheet=self.tab, rows=rows, merges=self.merges)


def published_value(fen: int, unit: AmountUnit) -> float:
    """The number that is printed for an amount: two decimals of ``unit``, half up, away from zero. 147250 分 in 万元 is 0.15."""
    steps = (abs(fen) + unit.grain // 2) // unit.grain
    return (-steps if fen < 0 else steps) / 100


def lay_out(
    form: Form, figures: Figures | None, *, year: int, department: str, amount_unit: AmountUnit
) -> tuple[LaidSheet, ...]:
    """The cells of the nine sheets, in the order of the form; a blank form when ``figures`` is None.

    Raises ``ValueError`` for an amount that the form has no cell for, and for a code without a name.
    """
    words = {"year": year, "department": department, "amount_unit": amount_unit.name}
    return tuple(_Drawing(form, sheet, figures, words, amount_unit).finish() for sheet in form.sheets)


class _Drawing:
    """One sheet in the making: the next row to write, and what was written."""

    def __init__(
        self, form: Form, sheet: FormSheet, figures: Figures | None, words: Mapping[str, object], unit: AmountUnit
    ) -> None:
        self.form = form
        self.sheet = sheet
        self.blank = figures is None
        self.figures = TableFigures(amounts={}) if figures is None else figures.table(sheet.table)
        self.words = {**words, "table": sheet.table, "department_label": form.department_label}
        self.unit = unit
        self.row = 1
        self.cells: list[FormCell] = []
        self.merges: list[Span] = []
        self.places: dict[tuple[str, str], tuple[int, int]] = {}
        self.code_width = {
            "codes": 1 if form.code_cells == "one" else 3,
            "blocks": 2 if form.code_cells == "three" else 1,
        }.get(sheet.kind, 0)
        self.starts: list[int] = []
        """First sheet column of each of the form's columns."""
        next_column = 1
        for column in sheet.columns:
            self.starts.append(next_column)
            next_column += self.code_width if column == "code" else 1
        self.width = next_column - 1

    def finish(self) -> LaidSheet:
        """Draw everything from top to bottom."""
        self._above()
        first = self.row
        heading = [row for row in map(self._expand, self.sheet.heading) if any(text not in "^" for text in row)]
        heading_roles: list[Role] = ["heading"] * len(heading)
        if self.sheet.kind == "codes" and self.sheet.total_place == "first":
            total = self._expand(self._total_texts())
            self._printed([*heading, total], [*heading_roles, "total"])
            self._total_amounts(self.row - 1)
            last = self.row - 2
        else:
            self._printed(heading, heading_roles)
            last = self.row - 1
        {"sides": self._sides, "blocks": self._blocks, "codes": self._codes, "row": self._one_row}[self.sheet.kind]()
        unplaced = [key for key in self.figures.amounts if key not in self.places]
        if unplaced:
            raise ValueError(f"table {self.sheet.table} of form {self.form.name} has no cell for {unplaced[0]}")
        self._notes()
        return LaidSheet(
            table=self.sheet.table,
            tab=self.sheet.tab,
            cells=tuple(self.cells),
            merges=tuple(self.merges),
            places=self.places,
            widths=self._widths(),
            heading_rows=(first, last),
            last_row=self.row - 1,
            landscape=self.sheet.landscape,
        )

    def _put(self, row: int, column: int, value: CellValue, role: Role) -> None:
        self.cells.append(FormCell(row, column, value, role))

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append(Span(top, left, bottom, right))

    def _amount(self, row: int, column: int, item: str, label: str, role: Role) -> None:
        self.places[item, label] = (row, column)
        fen = self.figures.amounts.get((item, label))
        self._put(row, column, "" if fen is None else published_value(fen, self.unit), role)

    def _above(self) -> None:
        """Title, and the lines with table number, department and amount unit."""
        self._put(1, 1, self.sheet.title.format_map(self.words), "title")
        self._merge(1, 1, 1, self.width)
        self.row = 2
        roles: tuple[Role, Role, Role] = ("left", "middle", "right")
        for texts in self.form.above:
            for text, role, column in zip(texts, roles, (1, self.width // 2 + 1, self.width), strict=True):
                if text:
                    self._put(self.row, column, text.format_map(self.words), role)
            self.row += 1

    def _expand(self, texts: Sequence[str]) -> list[str]:
        """One text a form column, to one text a sheet column: codes may take two or three."""
        row: list[str] = []
        for text, column in zip(texts, self.sheet.columns, strict=True):
            wide = self.code_width if column == "code" else 1
            if "|" in text:
                row += text.split("|") if wide > 1 else ["^"]
            else:
                row += [text] + [text if text in ("^", "") else "<"] * (wide - 1)
        return row

    def _total_texts(self) -> tuple[str, ...]:
        """The total row; where codes have one column, or the row is the last, it does not hang on the heading."""
        hangs = self.sheet.total_place == "first" and self.code_width > 1
        return self.sheet.total if hangs else tuple("" if text == "^" else text for text in self.sheet.total)

    def _printed(self, texts: list[list[str]], roles: list[Role]) -> None:
        """Rows of printed texts with their joined cells; leaves out the cells of amounts in a total row."""
        owners: list[list[tuple[int, int]]] = []
        ends: dict[tuple[int, int], tuple[int, int]] = {}
        for i, row in enumerate(texts):
            owners.append([])
            for j, text in enumerate(row):
                owner = owners[i][j - 1] if text == "<" else owners[i - 1][j] if text == "^" else (i, j)
                owners[i].append(owner)
                ends[owner] = (i, j)
                is_amount = (
                    roles[i] == "total" and self._column_at(j + 1) not in ("code", "name") and text[:1] in ("", "=")
                )
                if not is_amount:
                    self._put(self.row + i, j + 1, "" if text in ("<", "^") else text, roles[i])
        for (top, left), (bottom, right) in ends.items():
            self._merge(self.row + top, left + 1, self.row + bottom, right + 1)
        self.row += len(texts)

    def _column_at(self, column: int) -> str:
        """What stands in a sheet column, as the form says it."""
        return next(
            label
            for label, start in zip(reversed(self.sheet.columns), reversed(self.starts), strict=True)
            if start <= column
        )

    def _total_amounts(self, row: int) -> None:
        for label, text, column in zip(self.sheet.columns, self.sheet.total, self.starts, strict=True):
            if text == "" and label not in ("code", "name"):
                self._amount(row, column, TOTAL, label, "total amount")
            elif text[:1] == "=":
                self._amount(row, column, text[1:], label, "total amount")

    def _code(self, row: int, column: int, code: str) -> None:
        """A code in its one cell, over the merged ones, or split over 类, 款 and 项."""
        parts = [code] + [""] * (self.code_width - 1)
        if self.form.code_cells == "three":
            parts = [code[:3], code[3:5], code[5:]][: self.code_width]
        elif self.code_width > 1:
            self._merge(row, column, row, column + self.code_width - 1)
        for offset, part in enumerate(parts):
            self._put(row, column + offset, part, "code")

    def _codes(self) -> None:
        """One line a code; blank lines where there are none."""
        lines: Iterable[tuple[str, str]] = self.figures.names.items()
        if not self.figures.names:
            lines = [("", "")] * (self.form.blank_rows if self.blank else _EMPTY_ROWS)
        for key, name in lines:
            for label, column in zip(self.sheet.columns, self.starts, strict=True):
                if label == "code":
                    self._code(self.row, column, key.partition("#")[0])
                elif label == "name":
                    self._put(self.row, column, name, "name")
                elif key:
                    self._amount(self.row, column, key, label, "amount")
                else:
                    self._put(self.row, column, "", "amount")
            self.row += 1
        if self.sheet.total_place == "last":
            self._printed([self._expand(self._total_texts())], ["total"])
            self._total_amounts(self.row - 1)

    def _blocks(self) -> None:
        """06: blocks of codes side by side, and the total row."""
        starts = [start for start, label in zip(self.starts, self.sheet.columns, strict=True) if label == "code"]
        height = max(map(len, self.sheet.blocks))
        for block, start in zip(self.sheet.blocks, starts, strict=True):
            for offset in range(height):
                code, name = block[offset] if offset < len(block) else ("", "")
                row, after = self.row + offset, start + self.code_width
                self._code(row, start, code)
                self._put(row, after, name, "name")
                if code:
                    self._amount(row, after + 1, code, self.sheet.amount_columns[0], "amount")
                else:
                    self._put(row, after + 1, "", "amount")
        self.row += height
        self._printed([self._expand(self.sheet.total)], ["total"])
        self._total_amounts(self.row - 1)

    def _sides(self) -> None:
        """01 and 04: the upper lines from the top, the lower ones at the bottom of both sides."""
        upper = max(len(side.upper) for side in self.sheet.sides)
        lower = max(len(side.lower) for side in self.sheet.sides)
        column = 1
        for number, (side, columns) in enumerate(zip(self.sheet.sides, self.sheet.side_columns(), strict=True)):
            lines: Lines = (*side.upper, *[("", "")] * (upper - len(side.upper)), *side.lower)
            for offset, (key, label) in enumerate(lines):
                is_total = key.endswith(("合计", "总计"))
                for shift, kind in enumerate(columns):
                    row, at = self.row + offset, column + shift
                    if kind == "label":
                        self._put(row, at, label, "total" if is_total else "label")
                    elif kind == "line":
                        self._put(row, at, float(number * (upper + lower) + offset + 1), "line")
                    elif key:
                        self._amount(row, at, key, kind, "total amount" if is_total else "amount")
                    else:
                        self._put(row, at, "", "amount")
            column += len(columns)
        self.row += upper + lower

    def _one_row(self) -> None:
        """09: every amount in one line."""
        for label, column in zip(self.sheet.columns, self.starts, strict=True):
            item, _, of = label.partition("/")
            self._amount(self.row, column, item, of, "amount")
        self.row += 1

    def _notes(self) -> None:
        printed = [*self.sheet.notes]
        if not self.blank and not self.figures.amounts and not self.figures.notes and self.sheet.empty_note:
            printed.append(self.sheet.empty_note)
        for note in (*(text.format_map(self.words) for text in printed), *self.figures.notes):
            self._put(self.row, 1, note, "note")
            self._merge(self.row, 1, self.row, self.width)
            self.row += 1

    def _widths(self) -> tuple[float, ...]:
        widths = []
        for label in self.sheet.columns:
            if label == "code":
                widths += [self.form.widths["code"] / self.code_width] * self.code_width
            else:
                widths.append(self.form.widths.get(label, self.form.widths["amount"]))
        return tuple(widths)
