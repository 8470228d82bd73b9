"""Accounts as they are published: figures, grids, a workbook."""

from __future__ import annotations

from pathlib import Path

from gongkai_workbooks.amounts import AMOUNT_UNITS
from gongkai_workbooks.figures import Figures, TableFigures
from gongkai_workbooks.form_cells import LaidSheet, lay_out
from gongkai_workbooks.form_workbook import write_sheets
from gongkai_workbooks.forms import Form, FormSheet, load_form
from gongkai_workbooks.grid import Grid

from .accounts import Accounts
from .codes import functional_names
from .shape import Shape
from .truth import TableAmounts, true_amounts


def publish(accounts: Accounts) -> Figures:
    """The figures to print: what the form has cells for; an amount of exactly 0 as the shape says."""
    form = _form(accounts.shape)
    truth = true_amounts(accounts)
    return Figures(
        tables={sheet.table: _table(sheet, truth.get(sheet.table, {}), accounts.shape) for sheet in form.sheets}
    )


def lay_out_accounts(accounts: Accounts) -> tuple[LaidSheet, ...]:
    """The nine sheets, with the place of every amount."""
    shape = accounts.shape
    return lay_out(
        _form(shape),
        publish(accounts),
        year=shape.year,
        department=shape.department,
        amount_unit=AMOUNT_UNITS[shape.amount_unit],
    )


def to_grids(accounts: Accounts) -> tuple[Grid, ...]:
    """The nine sheets as a host reads them, without a file."""
    return tuple(sheet.grid() for sheet in lay_out_accounts(accounts))


def to_workbook(accounts: Accounts, path: Path) -> Path:
    """The nine sheets as an .xlsx file; returns ``path``."""
    write_sheets(lay_out_accounts(accounts), path, year=accounts.shape.year)
    return path


def _form(shape: Shape) -> Form:
    return load_form(shape.form).vary(code_cells=shape.code_cells, total_place=shape.total_place)


def _table(sheet: FormSheet, truth: TableAmounts, shape: Shape) -> TableFigures:
    amounts = {key: fen for key, fen in truth.items() if sheet.takes(*key)}
    names = {}
    if sheet.kind == "codes":
        codes = sorted({item for item, _ in amounts if item != "合计"})
        names = {code: functional_names()[code] for code in codes}
    if amounts and shape.zeros == "printed":
        zeros = {key: 0 for key in _cells(sheet, tuple(names)) if key not in amounts}
        amounts = {**amounts, **zeros}
    return TableFigures(amounts=amounts, names=names)


def _cells(sheet: FormSheet, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every amount cell of a table with these codes."""
    if sheet.kind == "row":
        cells = [tuple(column.split("/", 1)) for column in sheet.amount_columns]
        return [(item, column) for item, column in cells]
    items = {
        "codes": ["合计", *codes],
        "sides": [key for side in sheet.sides for key, _ in (*side.upper, *side.lower) if key],
        "blocks": [code for block in sheet.blocks for code, _ in block]
        + [text[1:] for text in sheet.total if text.startswith("=")],
    }[sheet.kind]
    columns = dict.fromkeys(sheet.amount_columns)
    return [(item, column) for item in items for column in columns if sheet.takes(item, column)]
