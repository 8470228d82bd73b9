"""Taking back what a journal records, cell by cell; what the user changed since is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Journal, JournalCell, Refusal
from gongkai_workbooks.mark_look import MARK_LOOKS

from .cell_content import Content, lines
from .looks import SIDES, Look, before_from_json, mark_from_json
from .program import Place, Program
from .writing import put_content, remove_results

if TYPE_CHECKING:
    import xlwings

    from gongkai_workbooks.grid import Span

_COLOURS = frozenset(mark.colour for mark in MARK_LOOKS.values())
_FOREIGN_LIST = "无法确认该表是本程序生成的结果清单，未删除，请自行处理"


def take_back(book: xlwings.Book, program: Program, journal: Journal, *, values: bool) -> tuple[Refusal, ...]:
    """Take back marks, notes and the results sheet of a journal, and with ``values`` the values too.

    Returns the cells that were changed since and left alone, with the reason.
    """
    refused: list[Refusal] = []
    names = program.sheet_names(book)
    by_sheet: dict[str, list[JournalCell]] = {}
    for entry in journal.cells:
        if values or entry.kind != "value":
            by_sheet.setdefault(entry.cell.sheet, []).append(entry)
    for name, entries in by_sheet.items():
        if name not in names:
            gone = dict.fromkeys(entry.cell for entry in entries)
            refused += [Refusal(cell=cell, reason=f"找不到工作表“{name}”") for cell in gone]
            continue
        refused += _SheetBack(book.sheets[name], program).all(entries)
    if journal.results and not remove_results(book, program, journal.results):
        refused.append(Refusal(cell=CellRef(journal.results, 1, 1), reason=_FOREIGN_LIST))
    return tuple(_joined(refused))


def _joined(refused: Iterable[Refusal]) -> list[Refusal]:
    reasons: dict[CellRef, list[str]] = {}
    for refusal in refused:
        reasons.setdefault(refusal.cell, []).append(refusal.reason)
    return [Refusal(cell=cell, reason="；".join(dict.fromkeys(texts))) for cell, texts in reasons.items()]


def _stretch(raw: str, start: int, length: int) -> tuple[int, int]:
    """Where a stretch of ``lines(raw)`` begins in ``raw``, and its length there: a line may end in two characters."""
    places = [at for at, letter in enumerate(raw) if letter != "\n" or raw[at - 1 : at] != "\r"] + [len(raw)]
    return places[start], places[start + length] - places[start]


class _SheetBack:
    """Takes back the entries of one sheet."""

    def __init__(self, sheet: xlwings.Sheet, program: Program) -> None:
        self._sheet = sheet
        self._program = program
        self._refused: list[Refusal] = []

    def all(self, entries: Sequence[JournalCell]) -> list[Refusal]:
        """Values, notes, looks; the last done first."""
        by_kind: dict[str, list[JournalCell]] = {"value": [], "note": [], "look": []}
        for entry in reversed(entries):
            by_kind[entry.kind].append(entry)
        for entry in by_kind["value"]:
            self._value(entry)
        marked = [*by_kind["note"], *by_kind["look"]]
        if marked and self._program.locked_for_marks(self._sheet):
            reason = "工作表受保护，标记未清除，请先撤销工作表保护"
            self._refused += [Refusal(cell=entry.cell, reason=reason) for entry in marked]
            return self._refused
        self._notes(by_kind["note"])
        self._looks(by_kind["look"])
        return self._refused

    def _refuse(self, entry: JournalCell, reason: str) -> None:
        self._refused.append(Refusal(cell=entry.cell, reason=reason))

    def _value(self, entry: JournalCell) -> None:
        place = (entry.cell.row, entry.cell.column)
        before, after = Content.from_json(entry.before), Content.from_json(entry.after)
        if self._program.holds_formula(self._sheet, place):
            if before.kind != "formula" or self._program.formula(self._sheet, place) != before.text:
                self._refuse(entry, "单元格已改为公式，未恢复原值")
            return
        current = self._program.content(self._sheet, place)
        if current.same(before):
            return
        if not current.same(after):
            self._refuse(entry, f"单元格内容在修正之后又被改动（{current.shown}），未恢复原值")
            return
        reason = self._program.obstacle(self._sheet, place)
        if reason:
            self._refuse(entry, reason)
        else:
            put_content(self._sheet, self._program, place, before)

    def _notes(self, entries: Sequence[JournalCell]) -> None:
        from gongkai_workbooks.package.notes import SEPARATOR

        current = self._program.notes(self._sheet, [(entry.cell.row, entry.cell.column) for entry in entries])
        empty: list[Place] = []
        for entry in entries:
            place = (entry.cell.row, entry.cell.column)
            if place not in current:
                continue
            text, block = lines(current[place].text), lines(entry.after)
            start, length = text.find(f"\n{SEPARATOR}\n{block}"), len(f"\n{SEPARATOR}\n{block}")
            if start < 0:
                start, length = text.find(block), len(block)
            if start < 0:
                if text != lines(entry.before):
                    self._refuse(entry, "批注在标记之后被改动，未恢复")
            elif not entry.before and not (text[:start] + text[start + length :]).strip():
                empty.append(place)
            else:
                # What the user has written before or after our lines stays.
                self._program.cut_note(self._sheet, place, *_stretch(current[place].text, start, length))
        if empty:
            self._program.remove_notes(self._sheet, empty)

    def _looks(self, entries: Sequence[JournalCell]) -> None:
        befores = {entry.cell: before_from_json(entry.before) for entry in entries}
        # Cells that were marked alike stand together: a program that is asked for many at once answers sooner.
        alike = sorted(entries, key=lambda entry: (entry.after, entry.before))
        looks = self._program.looks(self._sheet, [befores[entry.cell].span for entry in alike])
        fills: dict[Look, list[Span]] = {}
        sides: dict[tuple[Look, tuple[str, ...]], list[Span]] = {}
        for entry in entries:
            before, span = befores[entry.cell]
            current, after = looks[span], mark_from_json(entry.after)
            if after.fill:
                if current.fill == after.fill:
                    fills.setdefault(before, []).append(span)
                elif current.fill != before.fill:
                    self._refuse(entry, "填充色在标记之后被改动，未恢复")
            pairs = list(zip(SIDES, before.sides, current.sides, strict=True))
            ours = tuple(side for side, old, new in pairs if new != old and new.rpartition(" ")[2] in _COLOURS)
            if any(new != old and side not in ours for side, old, new in pairs):
                self._refuse(entry, "边框在标记之后被改动，只恢复未改动的边")
            if ours:
                sides.setdefault((before, ours), []).append(span)
        for look, spans in fills.items():
            self._program.restore_fill(self._sheet, spans, look)
        for (look, names), spans in sides.items():
            self._program.restore_sides(self._sheet, spans, look, names)
