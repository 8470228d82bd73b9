"""The nine sheets as a place prints them: headings, lines and notes as data, read from ``workbooks/templates``.

A form holds no amounts. ``form_cells`` lays it out with figures, ``form_workbook`` draws it into a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from .data_folder import data_folder
from .disclosure import TABLE_NUMBERS

CodeCells = Literal["merged", "one", "three"]
TotalPlace = Literal["first", "last"]
Lines = tuple[tuple[str, str], ...]

TOTAL = "合计"
_NOT_AMOUNTS = frozenset({"label", "line", "code", "name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One half of 01 or 04: lines of (item key, printed label), ``upper`` from the top, ``lower`` at the very bottom."""

    upper: Lines
    lower: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One of the nine sheets, without amounts.

    ``columns`` tells what each column holds: ``label``, ``line`` (行次), ``code``, ``name``, or an amount by its canonical label (09:
    ``item/column``). ``heading`` and ``total`` are rows of printed texts, one for each of ``columns``, in which ``<`` joins a cell to the
    one on its left and ``^`` to the one above; in ``total`` an empty text is the amount of its column, ``=key`` the amount of an
    item, any other text is printed. 01 and 04 have ``sides``, 06 has ``blocks`` of (code, name), 02 03 05 07 08 have a ``total`` row.
    """

    table: str
    tab: str
    title: str
    columns: tuple[str, ...]
    heading: tuple[tuple[str, ...], ...]
    landscape: bool = False
    sides: tuple[Side, ...] = ()
    blocks: tuple[Lines, ...] = ()
    total: tuple[str, ...] = ()
    total_place: TotalPlace = "first"
    notes: tuple[str, ...] = ()
    empty_note: str = ""

    @property
    def kind(self) -> Literal["sides", "blocks", "codes", "row"]:
        """How the lines are arranged: two sides, blocks of codes side by side, one line a code, one row of amounts."""
        if self.sides:
            return "sides"
        if self.blocks:
            return "blocks"
        return "codes" if self.total else "row"

    @property
    def amount_columns(self) -> tuple[str, ...]:
        """Canonical labels of the amount columns, in the order of the sheet."""
        return tuple(column for column in self.columns if column not in _NOT_AMOUNTS)

    def takes(self, item: str, column: str) -> bool:
        """Whether the sheet has a cell for this amount. In 02 03 05 07 08 every code has a line, but not every column."""
        if self.kind == "row":
            return f"{item}/{column}" in self.columns
        if self.kind == "codes":
            return any(
                label == column and (item != TOTAL or printed == "")
                for label, printed in zip(self.columns, self.total, strict=True)
                if label not in _NOT_AMOUNTS
            )
        if self.kind == "blocks":
            codes = {code for block in self.blocks for code, _ in block}
            return column in self.columns and (item in codes or f"={item}" in self.total)
        return any(
            item != "" and column in columns and any(key == item for key, _ in (*side.upper, *side.lower))
            for side, columns in zip(self.sides, self.side_columns(), strict=True)
        )

    def side_columns(self) -> tuple[tuple[str, ...], ...]:
        """The ``columns`` of each side of 01 or 04."""
        starts = [place for place, column in enumerate(self.columns) if column == "label"]
        return tuple(self.columns[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The nine sheets of one place, in the order in which it prints them.

    ``above`` are the lines between title and heading: left, middle and right text. ``code_cells`` tells where a code stands:
    ``one`` cell, ``merged`` over the three columns 类 款 项, or split over ``three``. ``widths`` are column widths in characters by kind of
    column, ``amount`` for all amounts. ``blank_rows`` is the number of empty lines of a blank form.
    """

    name: str
    department_label: str
    above: tuple[tuple[str, str, str], ...]
    number_format: str
    code_cells: CodeCells
    blank_rows: int
    widths: Mapping[str, float]
    sheets: tuple[FormSheet, ...]

    def sheet(self, table: str) -> FormSheet:
        """The sheet of a table number."""
        return next(sheet for sheet in self.sheets if sheet.table == table)

    def vary(
        self,
        *,
        code_cells: CodeCells | None = None,
        total_place: TotalPlace | None = None,
        department_label: str | None = None,
    ) -> Form:
        """The same form with codes or the 合计 row elsewhere, or another word than 部门 before the department.

        Where the 合计 row shares its cells with sub-headings (07 and 08 of Shanghai) it stays in its place.
        """
        sheets = self.sheets
        if total_place is not None:
            sheets = tuple(
                replace(sheet, total_place=total_place)
                if sheet.kind == "codes" and all(sheet.takes(TOTAL, column) for column in sheet.amount_columns)
                else sheet
                for sheet in sheets
            )
        return replace(
            self,
            sheets=sheets,
            code_cells=code_cells or self.code_cells,
            department_label=department_label or self.department_label,
        )


def form_names() -> tuple[str, ...]:
    """Names of the forms that come with gongkai, sorted."""
    return tuple(sorted(path.stem for path in data_folder("templates").glob("*.toml")))


def load_form(name: str) -> Form:
    """Read a form by name, ``national`` or ``shanghai``. Raises ``ValueError`` for a name that does not exist."""
    if name not in form_names():
        raise ValueError(f"没有名为 {name} 的式样；现有：{'、'.join(form_names())}")
    return read_form(data_folder("templates") / f"{name}.toml")


def read_form(path: Path) -> Form:
    """Read a form from a TOML file. Raises ``ValueError`` when a heading does not fit its columns or a table is missing."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    classes = _lines(data["classes"])
    sheets = tuple(_sheet(each, classes) for each in data["sheets"])
    if sorted(sheet.table for sheet in sheets) != list(TABLE_NUMBERS):
        raise ValueError(f"{path.name}: a form has the nine tables 01 to 09, each once")
    return Form(
        name=data["name"],
        department_label=data["department_label"],
        above=tuple((left, middle, right) for left, middle, right in data["above"]),
        number_format=data["number_format"],
        code_cells=data["code_cells"],
        blank_rows=data["blank_rows"],
        widths=data["widths"],
        sheets=sheets,
    )


def _lines(rows: Sequence[Sequence[str]]) -> Lines:
    return tuple((key, label) for key, label in rows)


def _sheet(data: Mapping[str, Any], classes: Lines) -> FormSheet:
    sheet = FormSheet(
        table=data["table"],
        tab=data["tab"],
        title=data["title"],
        columns=tuple(data["columns"]),
        heading=tuple(tuple(row) for row in data["heading"]),
        landscape=data.get("landscape", False),
        sides=tuple(
            Side(
                upper=classes if side["upper"] == "classes" else _lines(side["upper"]),
                lower=_lines(side["lower"]),
            )
            for side in data.get("sides", ())
        ),
        blocks=tuple(_lines(block) for block in data.get("blocks", ())),
        total=tuple(data.get("total", ())),
        total_place=data.get("total_place", "first"),
        notes=tuple(data.get("notes", ())),
        empty_note=data.get("empty_note", ""),
    )
    for row in (*sheet.heading, *([sheet.total] if sheet.total else [])):
        if len(row) != len(sheet.columns):
            raise ValueError(f"table {sheet.table}: {row!r} does not fit {len(sheet.columns)} columns")
    return sheet
