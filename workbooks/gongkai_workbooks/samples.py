"""The sample workbooks, drawn anew from the published figures kept beside them: ``python -m gongkai_workbooks.samples``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from .amounts import AMOUNT_UNITS, AmountUnit
from .cells import CellRef, parse_a1
from .data_folder import data_folder
from .figures import Figures, TableFigures
from .form_cells import LaidSheet, lay_out
from .form_workbook import write_sheets
from .forms import load_form
from .grid import CellValue


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleError:
    """One mistake put into a sample on purpose: what stood in the cell, what stands there now, and why."""

    cell: CellRef
    was: CellValue
    now: CellValue
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The published figures of a department, and the mistakes put into them, if any. ``workbook`` is the name of the file."""

    workbook: str
    department: str
    department_label: str
    year: int
    amount_unit: AmountUnit
    source: str
    figures: Figures
    errors: tuple[SampleError, ...] = ()

    def sheets(self) -> tuple[LaidSheet, ...]:
        """The nine sheets in the national form, mistakes included."""
        form = load_form("national").vary(department_label=self.department_label)
        sheets = lay_out(form, self.figures, year=self.year, department=self.department, amount_unit=self.amount_unit)
        return tuple(_with_errors(sheet, self.errors) for sheet in sheets)


def load_samples(folder: Path | None = None) -> tuple[Sample, ...]:
    """All samples of ``folder`` (``workbooks/samples``), by file name. Raises ``FileNotFoundError`` where there are none."""
    figures = (folder or data_folder("samples")) / "figures"
    return tuple(_load_sample(path) for path in sorted(figures.glob("*.json")))


def draw_samples(folder: Path, samples: tuple[Sample, ...]) -> tuple[Path, ...]:
    """Write the workbooks of ``samples`` into ``folder``. Raises ``LockedError`` when one cannot be written."""
    paths = []
    for sample in samples:
        path = folder / sample.workbook
        write_sheets(sample.sheets(), path, year=sample.year)
        paths.append(path)
    return tuple(paths)


def _load_sample(path: Path) -> Sample:
    data = json.loads(path.read_text(encoding="utf-8"))
    if "errors" in data:
        errors = tuple(_sample_error(error) for error in data["errors"])
        return replace(_load_sample(path.with_name(data["copy_of"])), workbook=data["workbook"], errors=errors)
    unit = AMOUNT_UNITS[data["amount_unit"]]
    return Sample(
        workbook=data["workbook"],
        department=data["department"],
        department_label=data["department_label"],
        year=data["year"],
        amount_unit=unit,
        source=data["source"],
        figures=Figures(tables={number: _table(table, unit) for number, table in data["tables"].items()}),
    )


def _table(data: Mapping[str, Any], unit: AmountUnit) -> TableFigures:
    """Lines of key, 科目名称 and amounts as printed; a blank amount leaves the cell blank."""
    amounts = {
        (key, column): int(Decimal(printed) * unit.fen)
        for key, _, *line in data["lines"]
        for column, printed in zip(data["columns"], line, strict=True)
        if printed
    }
    return TableFigures(amounts=amounts, names={key: name for key, name, *_ in data["lines"] if name})


def _sample_error(data: Mapping[str, Any]) -> SampleError:
    cell = CellRef(data["sheet"], *parse_a1(data["cell"]))
    return SampleError(cell=cell, was=data["was"], now=data["now"], why=data["why"])


def _with_errors(sheet: LaidSheet, errors: tuple[SampleError, ...]) -> LaidSheet:
    """The sheet with its mistakes. Raises ``ValueError`` when a cell does not hold what the mistake replaces."""
    wrong = {(error.cell.row, error.cell.column): error for error in errors if error.cell.sheet == sheet.tab}
    cells = []
    for cell in sheet.cells:
        error = wrong.pop((cell.row, cell.column), None)
        if error is not None:
            if cell.value != error.was:
                raise ValueError(f"{error.cell} holds {cell.value!r}, not {error.was!r}")
            cell = cell._replace(value=error.now)
        cells.append(cell)
    if wrong:
        raise ValueError(f"no cell for {next(iter(wrong.values())).cell}")
    return replace(sheet, cells=tuple(cells))


if __name__ == "__main__":
    for drawn in draw_samples(data_folder("samples"), load_samples()):
        print(drawn)
