"""Carrying out a set of edits on a package in memory: every worksheet in one pass, then the results sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import RESULTS_SHEET, Edits, JournalCell, Mark, Refusal, ResultsSheet, SetValue

from .cell_value import SharedStrings
from .drawing import Drawing, ShapeBlocks
from .marks import Marker
from .notes import Notes
from .opc import Package
from .results_sheet import TAG, ResultsStyles, results_names, results_xml
from .sheet_xml import SheetXml
from .styles import Styles
from .values import ValueWriter
from .workbook_xml import Workbook
from .xml_tree import child, children


@dataclass(slots=True)
class Outcome:
    """What was done, what was not, and the name of the results sheet (``""``: none)."""

    cells: list[JournalCell] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    results: str = ""


def apply_edits(package: Package, edits: Edits) -> Outcome:
    """Write values, marks and the results sheet. Raises ``DamagedError``."""
    workbook = Workbook(package)
    sheets = workbook.sheets()
    styles = Styles(package)
    shared = SharedStrings(package)
    marker = Marker(styles)
    blocks = ShapeBlocks(package)
    outcome = Outcome()
    values: dict[str, list[SetValue]] = {}
    marks: dict[str, list[Mark]] = {}
    for value in edits.values:
        values.setdefault(value.cell.sheet, []).append(value)
    for mark in edits.marks:
        marks.setdefault(mark.cell.sheet, []).append(mark)
    for name in dict.fromkeys([*values, *marks]):
        sheet = sheets.get(name)
        if sheet is None or not sheet.part:
            cells = [value.cell for value in values.get(name, [])] + [mark.cell for mark in marks.get(name, [])]
            outcome.refused += [Refusal(cell=cell, reason=f"找不到工作表“{name}”") for cell in cells]
            continue
        xml = SheetXml(package, sheet.part, folded=name not in values)
        if name in values:
            writer = ValueWriter(package, sheet, xml, styles, shared)
            for value in values[name]:
                result = writer.apply(value, workbook.date1904)
                if isinstance(result, Refusal):
                    outcome.refused.append(result)
                else:
                    outcome.cells.append(result)
        if name in marks:
            notes = Notes(package, sheet.part, Drawing(package, sheet.part, blocks))
            done, refused = marker.apply(name, xml, notes, marks[name])
            notes.close()
            outcome.cells += done
            outcome.refused += refused
        xml.close()
    if any(cell.kind == "value" for cell in outcome.cells) and workbook.has_formulas():
        workbook.calculate_on_load()
    if edits.results is not None:
        _add_results(workbook, edits.results, styles, outcome)
    package.flush()
    return outcome


def _add_results(workbook: Workbook, results: ResultsSheet, styles: Styles, outcome: Outcome) -> None:
    if workbook.structure_locked:
        reason = "工作簿结构受保护，未添加结果清单，请先撤销工作簿保护"
        outcome.refused.append(Refusal(cell=CellRef(RESULTS_SHEET, 1, 1), reason=reason))
        return
    taken = {name.lower() for name in workbook.sheets()}
    name, number = RESULTS_SHEET, 1
    while name.lower() in taken:
        # The user has a sheet of that name which is not ours.
        number += 1
        name = f"{RESULTS_SHEET}({number})"
    content = results_xml(results, workbook.package.dialect, ResultsStyles(styles))
    workbook.add_sheet(name, content, results_names(name, results))
    outcome.results = name


def remove_results(package: Package, name: str) -> bool:
    """Remove the results sheets that carry our tag; whether no sheet called ``name`` is left.

    A sheet of that name without a cell goes, too: a program that had the workbook open was ended before the sheet was tagged.
    """
    workbook = Workbook(package)
    ours = workbook.sheets_with_name(TAG)
    sheet = workbook.sheets().get(name)
    if sheet is not None and sheet.part and name not in ours and _is_blank(package.tree(sheet.part)):
        ours.append(name)
    for one in ours:
        if len(workbook.sheets()) > 1:
            workbook.remove_sheet(one)
    package.flush()
    return name not in workbook.sheets()


def _is_blank(root: _Element) -> bool:
    """Whether a worksheet has nothing in it."""
    data = child(root, "sheetData")
    cells = [] if data is None else [cell for row in children(data, "row") for cell in children(row, "c")]
    return not any(map(len, cells)) and child(root, "drawing") is None
