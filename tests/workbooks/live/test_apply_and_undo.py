"""What is written into an open workbook, and that taking it back leaves it as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET, Edits, Mark, ResultsSheet, SetValue, SheetCell
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.live.planning import PROTECTED
from gongkai_workbooks.package.notes import SEPARATOR

from .conftest import Opener
from .findings import findings_of, marks_and_fixes
from .memory_engine import workbook_in_memory
from .practice import HIDDEN, LOCKED, SHEET, USER_NOTE
from .state import state_of
from .test_cell_kinds import REF
from .test_excel_habits import sheet_of

if TYPE_CHECKING:
    import xlwings


def cell(row: int, column: int, sheet: str = SHEET) -> CellRef:
    return CellRef(sheet, row, column)


MARKS = (
    Mark(cell=cell(2, 2), severity="error", note="合计不平"),
    Mark(cell=cell(2, 3), severity="warning", note="与公开03不一致"),
    Mark(cell=cell(2, 3), severity="info", note="另有尾差"),
    Mark(cell=cell(6, 2), severity="error", note="公式引用有误"),
    Mark(cell=cell(9, 2), severity="info", note="合并区域内部"),
)
LIST = ResultsSheet(
    rows=(
        (SheetCell(value="校验结果", style="title"),),
        (SheetCell(value="位置", style="header"), SheetCell(value="应为", style="header"), SheetCell(value="处理")),
        (
            SheetCell(value="收入!B2", link=cell(2, 2)),
            SheetCell(value=11.5, style="amount"),
            SheetCell(value="=1+1", style="error"),
        ),
        (SheetCell(value="00123"), SheetCell(value=-3, style="amount"), SheetCell(value="2024年3月", style="wrap")),
    ),
    header_row=2,
    last_filter_row=4,
    widths=(20, 12, 30),
    choices=((3, ("待处理", "已改")),),
)


def test_values_fills_borders_notes_and_the_list(book: xlwings.Book) -> None:
    host = LiveHost(book)
    before = state_of(book, SHEET)
    values = (
        SetValue(cell=cell(2, 2), old=10.5, new=11.5),
        SetValue(cell=cell(3, 2), old="20.25", new=20.25),
        SetValue(cell=cell(4, 3), old="", new=3),
    )
    applied = host.apply(Edits(values=values, marks=MARKS, results=LIST))
    assert applied.refused == ()
    sheet = book.sheets[SHEET]
    grid = host.read(SHEET)
    assert (grid.value(2, 2), grid.value(3, 2), grid.value(4, 3)) == (11.5, 20.25, 3.0)
    # A number in a cell of text counts; the sum under it says so.
    assert grid.value(6, 2) == 11.5 + 20.25 + 30 + 40
    assert grid.formulas == {(6, 2), (6, 3)}
    looks = {place: look for span, look in state_of(book, SHEET)[SHEET][2].items() for place in [span[:2]]}
    assert looks[2, 2].fill == looks[6, 2].fill == "FFC7CE" and looks[2, 3].fill == "FFF2CC"
    assert looks[8, 1].fill == "" and all(side.endswith("1F4E79") for side in looks[8, 1].sides)
    assert all(side.endswith("9C0006") for side in looks[6, 2].sides)
    notes = state_of(book, SHEET)[SHEET][3]
    assert notes[2, 2].text == f"{NOTE_AUTHOR} ✖ 错误\n合计不平"
    assert notes[2, 3].text == f"{USER_NOTE}\n{SEPARATOR}\n{NOTE_AUTHOR} ▲ 警告\n与公开03不一致\n另有尾差"
    assert set(notes) == {(2, 2), (2, 3), (6, 2), (8, 1)}
    listed = host.read(RESULTS_SHEET)
    assert host.sheets()[-1] == RESULTS_SHEET
    assert listed.rows[2:] == [["收入!B2", 11.5, "=1+1"], ["00123", -3.0, "2024年3月"]]
    assert listed.formulas == frozenset()
    assert RESULTS_SHEET not in {grid.sheet for grid in host.read_all()}
    assert sheet.book.name == host.name

    assert host.undo(applied.journal) == ()
    assert state_of(book, SHEET) == before
    assert host.sheets() == (SHEET, LOCKED, HIDDEN)
    assert host.kept() == ()
    assert host.undo(applied.journal) == ()
    assert state_of(book, SHEET) == before


def test_a_second_run_replaces_the_marks_of_the_first_and_keeps_its_values(book: xlwings.Book) -> None:
    host = LiveHost(book)
    before = state_of(book, SHEET)
    first = host.apply(Edits(values=(SetValue(cell=cell(2, 2), old=10.5, new=11.5),), marks=MARKS, results=LIST))
    second = host.apply(Edits(marks=MARKS[:1], results=LIST))
    notes = state_of(book, SHEET)[SHEET][3]
    assert {place: note.text for place, note in notes.items()} == {
        (2, 2): f"{NOTE_AUTHOR} ✖ 错误\n合计不平",
        (2, 3): USER_NOTE,
    }
    assert host.sheets().count(RESULTS_SHEET) == 1
    kept = host.kept()
    assert [len(journal.cells) for journal in kept] == [1, 2]
    assert kept[-1] == second.journal
    assert host.clear_marks() == ()
    assert host.read(SHEET).value(2, 2) == 11.5
    assert RESULTS_SHEET not in host.sheets()
    assert host.undo(host.kept()[0]) == ()
    assert state_of(book, SHEET) == before
    assert len(first.journal.cells) == 1 + 2 * 4


def test_what_must_not_be_written_is_refused_and_the_rest_is_done(book: xlwings.Book) -> None:
    host = LiveHost(book)
    asked: dict[CellRef, tuple[float | str, str]] = {
        cell(6, 2): (100.75, "公式"),
        cell(1, 2): ("", "合并区域内部"),
        cell(1, 1, LOCKED): (1.0, "受保护"),
        cell(10, 1): (5.0, "隐藏"),
        cell(2, 5): (7.0, "隐藏"),
        cell(1, 1, HIDDEN): (3.0, "隐藏"),
        cell(5, 2): (41.0, "现为“40.0”"),
        cell(4, 3): (1.0, "现为空白"),
        cell(1, 1, "没有"): (1.0, "找不到工作表“没有”"),
        cell(2_000_000, 1): ("", "超出"),
    }
    values = tuple(SetValue(cell=place, old=old, new=99) for place, (old, _) in asked.items())
    values += (
        SetValue(cell=cell(5, 3), old=4.0, new=float("inf")),
        SetValue(cell=cell(2, 1, LOCKED), old=2.0, new=9),
        SetValue(cell=cell(4, 2), old=30.0, new=31.25),
    )
    before = state_of(book, SHEET, HIDDEN)
    applied = host.apply(Edits(values=values, marks=(Mark(cell=cell(2, 1, LOCKED), severity="error", note="x"),)))
    reasons = {refusal.cell: refusal.reason for refusal in applied.refused}
    for place, (_, reason) in asked.items():
        assert reason in reasons.pop(place)
    assert reasons == {
        cell(5, 3): "新值不是有效的数字",
        cell(2, 1, LOCKED): "工作表受保护，未作标记，请先撤销工作表保护；说明见结果清单",
    }
    assert host.read(SHEET).value(4, 2) == 31.25
    # This cell is not locked, so the protection of its sheet does not cover it.
    assert host.read(LOCKED).rows == [[1.0], [9.0]]
    assert host.undo(applied.journal) == ()
    assert state_of(book, SHEET, HIDDEN) == before
    assert host.read(LOCKED).rows == [[1.0], [2.0]]


def test_what_the_user_changed_since_is_left_alone(book: xlwings.Book) -> None:
    host, sheet = LiveHost(book), book.sheets[SHEET]
    values = tuple(SetValue(cell=cell(row, 2), old=old, new=old + 1) for row, old in ((2, 10.5), (4, 30.0), (5, 40.0)))
    applied = host.apply(Edits(values=values, marks=MARKS))
    sheet.range("B2").raw_value = 7.0
    sheet.range("B5").formula = "=B2+1"
    refused = {refusal.cell: refusal.reason for refusal in host.undo(applied.journal)}
    assert refused == {
        cell(2, 2): "单元格内容在修正之后又被改动（现为“7.0”），未恢复原值",
        cell(5, 2): "单元格已改为公式，未恢复原值",
    }
    grid = host.read(SHEET)
    assert (grid.value(2, 2), grid.value(4, 2), grid.value(5, 2)) == (7.0, 30.0, 8.0)


def test_a_changed_fill_border_or_note_is_left_alone_and_the_rest_taken_back(book: xlwings.Book) -> None:
    from gongkai_workbooks.live.programs import program_of

    host, sheet, program = LiveHost(book), book.sheets[SHEET], program_of(book)
    before = state_of(book, SHEET)[SHEET]
    applied = host.apply(Edits(marks=(*MARKS, Mark(cell=cell(5, 1), severity="error", note="标签"))))
    spans = {span[:2]: span for span in before[2]}
    looks = program.looks(sheet, [spans[2, 2]])
    # The green cell of the start, and what the user writes below our note.
    program.restore_fill(sheet, [spans[5, 1]], looks[spans[2, 2]]._replace(exact=before[2][spans[2, 2]].exact))
    program.append_note(sheet, (6, 2), "\n已看过")
    program.restore_sides(sheet, [spans[6, 2]], before[2][spans[2, 2]], ["left"])
    refused = {refusal.cell: refusal.reason for refusal in host.undo(applied.journal)}
    assert refused == {
        cell(5, 1): "填充色在标记之后被改动，未恢复",
        cell(6, 2): "边框在标记之后被改动，只恢复未改动的边",
    }
    after = state_of(book, SHEET)[SHEET]
    assert after[3][6, 2].text.strip() == "已看过"
    assert after[2][spans[5, 1]].fill == "92D050"
    assert after[2][spans[6, 2]].sides[1:] == before[2][spans[6, 2]].sides[1:]
    assert after[2][spans[2, 2]] == before[2][spans[2, 2]] and after[2][spans[2, 3]] == before[2][spans[2, 3]]


@pytest.mark.parametrize("name", ["示例-有错误.xlsx"])
def test_a_whole_sample_is_marked_corrected_and_restored(opener: Opener, name: str) -> None:
    book = opener(data_folder("samples") / name)
    host = LiveHost(book)
    found = findings_of(host)
    edits = marks_and_fixes(found)
    touched = sorted({mark.cell.sheet for mark in edits.marks} | {value.cell.sheet for value in edits.values})[:3]
    before = state_of(book, *touched)
    applied = host.apply(edits)
    assert applied.refused == ()
    assert len([entry for entry in applied.journal.cells if entry.kind == "value"]) == len(edits.values) > 2
    left = {finding.code for finding in findings_of(host) if finding.fix}
    assert left < {finding.code for finding in found if finding.fix}
    assert host.undo(applied.journal) == ()
    assert findings_of(host) == found
    assert state_of(book, *touched) == before


@pytest.mark.libreoffice
def test_the_journal_is_saved_closed_and_opened_with_the_workbook(in_office: Opener, practice: Path) -> None:
    book = in_office(practice)
    host = LiveHost(book)
    before = state_of(book, SHEET)
    values = (SetValue(cell=cell(2, 2), old=10.5, new=11.5), SetValue(cell=cell(3, 2), old="20.25", new=20.25))
    applied = host.apply(Edits(values=values, marks=MARKS, results=LIST))
    saved = practice.with_name("另存.xlsx")
    book.save(str(saved))
    book.close()
    book = in_office(saved)
    host = LiveHost(book)
    assert host.kept() == (applied.journal,)
    assert host.undo(host.kept()[0]) == ()
    after = state_of(book, SHEET)
    assert host.sheets() == (SHEET, LOCKED, HIDDEN)
    assert after[SHEET][0] == before[SHEET][0] and after[SHEET][1] == before[SHEET][1]
    assert {place: note.text for place, note in after[SHEET][3].items()} == {(2, 3): USER_NOTE}
    looks = [{span: (look.fill, look.sides) for span, look in one[SHEET][2].items()} for one in (before, after)]
    assert looks[0] == looks[1]


def test_a_sheet_whose_objects_are_protected_takes_no_marks(practice: Path) -> None:
    book = workbook_in_memory(practice)
    sheet_of(book).ProtectDrawingObjects = True
    applied = LiveHost(book).apply(Edits(marks=(Mark(cell=REF, severity="error", note="一"),)))
    assert [(refusal.cell, refusal.reason) for refusal in applied.refused] == [(REF, PROTECTED)]
    assert sheet_of(book).cell(4, 2).comment is None
