"""Taking a run back: by the original bytes where nobody touched the parts since, else cell by cell from the journal."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Journal, JournalCell, JournalPart, Refusal

from .apply import remove_results
from .cell_value import SharedStrings, Stored, formula_text, holds_formula, same_stored
from .drawing import Drawing, ShapeBlocks
from .formula_spelling import NotExactError, spelt_in_file
from .journal import as_written, record_parts, restore_part
from .marks import read_look
from .notes import SEPARATOR, Notes, note_text
from .opc import Package, relationships_name
from .sheet_xml import SheetXml, style_index
from .styles import Styles, fill_colour, sides_of, with_sides
from .values import ValueWriter
from .workbook_xml import Sheet, Workbook
from .xml_tree import namespace, text_xml

_GONE = "找不到工作表"


def take_back(package: Package, journal: Journal, *, values: bool) -> tuple[Journal | None, list[Refusal]]:
    """Take back marks, notes and the results sheet, and with ``values`` the values too.

    Returns what of the journal is still to be taken back (``None``: nothing) and the cells that were changed since and so left
    alone. Raises ``DamagedError``.
    """
    written = tuple(cell for cell in journal.cells if cell.kind == "value")
    exact = bool(journal.parts) and all(as_written(package, part) for part in journal.parts)
    if exact and not values and len(written) == len(journal.cells) and not journal.results:
        return journal, []
    if exact:
        for part in journal.parts:
            restore_part(package, part)
        return (None if values or not written else _write_again(package, journal, written)), []
    restored = _restore_sheets(package, journal) if values or not written else set()
    pending = [cell for cell in journal.cells if cell.cell.sheet not in restored]
    refused = _by_cells(package, [cell for cell in pending if values or cell.kind != "value"])
    if journal.results and not remove_results(package, journal.results):
        reason = "无法确认该表是本程序生成的结果清单，未删除，请自行处理"
        refused.append(Refusal(cell=CellRef(journal.results, 1, 1), reason=reason))
    kept = [] if values else _still_there(package, written)
    left = dataclasses.replace(journal, cells=tuple(kept), parts=(), results="") if kept else None
    return left, refused


def _write_again(package: Package, journal: Journal, written: tuple[JournalCell, ...]) -> Journal:
    """Write only the values of a run that was taken back, so that its marks are gone without a trace."""
    before = package.snapshot()
    workbook = Workbook(package)
    styles, shared = Styles(package), SharedStrings(package)
    for sheet, cells in _by_sheet(workbook, written):
        xml = SheetXml(package, sheet.part)
        writer = ValueWriter(package, sheet, xml, styles, shared)
        for cell in cells:
            writer.put(cell.cell.row, cell.cell.column, Stored.from_json(cell.after))
        xml.close()
    if workbook.has_formulas():
        workbook.calculate_on_load()
    return dataclasses.replace(journal, cells=written, parts=record_parts(package, before), results="")


def _by_sheet(workbook: Workbook, cells: Iterable[JournalCell]) -> list[tuple[Sheet, list[JournalCell]]]:
    grouped: dict[str, list[JournalCell]] = {}
    for cell in cells:
        grouped.setdefault(cell.cell.sheet, []).append(cell)
    sheets = workbook.sheets()
    return [(sheets.get(name, Sheet(name, "", False, -1)), entries) for name, entries in grouped.items()]


def _restore_sheets(package: Package, journal: Journal) -> set[str]:
    """Put back the sheets whose parts are all as written although other parts of the workbook are not; returns their names.

    The formats they refer to must be there still, so the styles part has to be as written too.
    """
    parts = {part.name: part for part in journal.parts}
    workbook = Workbook(package)
    styles = package.related(package.workbook, "styles")
    if any(name in parts and not as_written(package, parts[name]) for name in styles) or not parts:
        return set()
    restored = set()
    for sheet, _ in _by_sheet(workbook, journal.cells):
        if not sheet.part:
            continue
        names = [sheet.part, relationships_name(sheet.part)]
        names += [name for kind in ("comments", "vmlDrawing") for name in package.related(sheet.part, kind)]
        group = [parts[name] for name in names if name in parts]
        if sheet.part in parts and all(as_written(package, part) for part in group):
            _restore_group(package, group)
            restored.add(sheet.name)
    return restored


def _restore_group(package: Package, group: list[JournalPart]) -> None:
    for part in group:
        if part.data is None and package.has(part.name):
            package.drop(part.name)
        else:
            restore_part(package, part)


def _still_there(package: Package, written: Iterable[JournalCell]) -> list[JournalCell]:
    """The written values that the cells still hold; the others are the user's by now."""
    styles, shared = Styles(package), SharedStrings(package)
    kept = []
    for sheet, entries in _by_sheet(Workbook(package), written):
        if sheet.part:
            writer = ValueWriter(package, sheet, SheetXml(package, sheet.part), styles, shared)
            kept += [
                entry
                for entry in entries
                if same_stored(writer.read(entry.cell.row, entry.cell.column), Stored.from_json(entry.after))
            ]
    return kept


def _by_cells(package: Package, cells: list[JournalCell]) -> list[Refusal]:
    workbook = Workbook(package)
    styles, shared = Styles(package), SharedStrings(package)
    refused: list[Refusal] = []
    changed = False
    for sheet, entries in _by_sheet(workbook, cells):
        if not sheet.part:
            named = dict.fromkeys(entry.cell for entry in entries)
            refused += [Refusal(cell=cell, reason=f"{_GONE}“{sheet.name}”") for cell in named]
            continue
        back = _SheetBack(package, sheet, styles, shared, workbook.sheets())
        # A cell's value and note go first: an absent cell that is empty again is removed with its look.
        for kind in ("value", "note", "look"):
            for entry in entries:
                if entry.kind == kind:
                    back.entry(entry)
        back.close()
        refused += back.refused
        changed |= back.values_changed
        if back.formulas_changed:
            workbook.forget_calculation_order()
    if changed and workbook.has_formulas():
        workbook.calculate_on_load()
    package.flush()
    return _joined(refused)


def _joined(refused: list[Refusal]) -> list[Refusal]:
    reasons: dict[CellRef, list[str]] = {}
    for refusal in refused:
        reasons.setdefault(refusal.cell, []).append(refusal.reason)
    return [Refusal(cell=cell, reason="；".join(dict.fromkeys(texts))) for cell, texts in reasons.items()]


class _SheetBack:
    """Takes back the entries of one worksheet."""

    def __init__(
        self, package: Package, sheet: Sheet, styles: Styles, shared: SharedStrings, sheets: Collection[str]
    ) -> None:
        self.refused: list[Refusal] = []
        self.values_changed = False
        self.formulas_changed = False
        self._sheets = sheets
        self._xml = SheetXml(package, sheet.part)
        self._writer = ValueWriter(package, sheet, self._xml, styles, shared)
        self._notes = Notes(package, sheet.part, Drawing(package, sheet.part, ShapeBlocks(package)))
        self._styles = styles

    def entry(self, entry: JournalCell) -> None:
        """Take back one thing, or note why not."""
        reason = {"value": self._value, "note": self._note, "look": self._look}[entry.kind](entry)
        if reason:
            self.refused.append(Refusal(cell=entry.cell, reason=reason))

    def close(self) -> None:
        """Write what was gathered."""
        self._notes.close()
        self._xml.close()

    def _value(self, entry: JournalCell) -> str:
        _, row, column = entry.cell
        before, after = Stored.from_json(entry.before), Stored.from_json(entry.after)
        current = self._writer.read(row, column)
        formula = ""
        if before.kind == "formula":
            try:
                formula = spelt_in_file(before.text, self._sheets)
            except NotExactError as error:
                if same_stored(current, after):
                    return (
                        f"原为公式 {before.text[:200]}，其中“{error}”在文件里的写法不能确定，未恢复，请打开后手工填回"
                    )
        if holds_formula(self._xml.cell(row, column)):
            same = formula and formula_text(self._xml.cell(row, column)) == formula
            return "" if same else "单元格已改为公式，未恢复原值"
        if same_stored(current, before):
            return ""
        if not same_stored(current, after):
            shown = f"现为“{current.text[:50]}”" if current.text else "现为空白"
            return f"单元格内容在修正之后又被改动（{shown}），未恢复原值"
        reason = self._writer.obstacle(row, column, even_hidden=True)
        if reason:
            return reason
        if formula:
            self._writer.put_formula(row, column, formula, before.result)
            self.formulas_changed = True
        else:
            self._writer.put(row, column, before)
        self.values_changed = True
        return ""

    def _note(self, entry: JournalCell) -> str:
        _, row, column = entry.cell
        current = self._notes.text(row, column)
        if current is None:
            return ""
        text, block = _plain(current), _plain(entry.after)
        if block not in text:
            return "批注在标记之后被改动，未恢复" if _plain(note_text(entry.before)) != text else ""
        if text == block and not entry.before:
            self._notes.remove(row, column)
        elif entry.before and text == _plain(f"{note_text(entry.before)}\n{SEPARATOR}\n{block}"):
            self._notes.set_text_xml(row, column, entry.before)
        else:
            # The user has added to the note: only our lines go.
            for ours in (f"\n{SEPARATOR}\n{block}", block):
                if self._notes.cut(row, column, ours):
                    break
            else:
                rest = text.replace(f"\n{SEPARATOR}\n{block}", "").replace(block, "").strip("\n")
                self._notes.set_text(row, column, rest)
        return ""

    def _look(self, entry: JournalCell) -> str:
        _, row, column = entry.cell
        cell = self._xml.cell(row, column)
        if cell is None:
            return ""
        before, after = read_look(entry)
        index = style_index(cell)
        fill, border = self._styles.fill(index), self._styles.border(index)
        new_fill: str | None = None
        reasons = []
        if after.fill:
            if fill_colour(fill) == after.fill:
                new_fill = before.fill
            elif not after.inner and text_xml(fill) != before.fill:
                reasons.append("填充色在标记之后被改动，未恢复")
        sides = sides_of(border)
        ours = {side for side, drawn in sides.items() if drawn == (after.side, after.colour)}
        old = self._styles.sides_in(before.border)
        if not after.inner and any(sides[side] != old[side] for side in sides.keys() - ours):
            reasons.append("边框在标记之后被改动，只恢复未改动的边")
        new_border = with_sides(border, before.border, ours, namespace(cell)) if ours else None
        if new_fill is not None or new_border is not None:
            cell, _ = self._xml.make_cell(row, column)
            cell.set("s", str(self._styles.with_parts(index, new_fill, new_border)))
        if before.absent and not reasons and len(cell) == 0:
            self._xml.remove_cell(row, column)
        return "；".join(reasons)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
