"""Undo and clear after another program saved the marked workbook: cell by cell, and what was changed since stays."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Side

from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET, Edits
from gongkai_workbooks.package import clear_marks, journal_path, read_journals, undo_edits

from .edits import FIRST, SECOND, THIRD, all_edits, change, mark, ref, results, write
from .reading import cell_facts, contents, openpyxl_book, openpyxl_saved
from .rich import SHEETS, USER_NOTE, USER_NOTE_CELL


@pytest.fixture
def resaved(rich: Path, output: Path) -> Path:
    """The marked workbook, loaded and saved by openpyxl: the journal inside is gone, the one beside it is there."""
    write(rich, all_edits(), output)
    openpyxl_saved(output, output)
    assert not any(name.startswith("customXml") for name in contents(output))
    return output


def edited(path: Path, **cells: Any) -> None:
    book = openpyxl_book(path)
    for address, change_cell in cells.items():
        change_cell(book[FIRST][address])
    book.save(path)


def test_everything_is_taken_back(rich: Path, resaved: Path, tmp_path: Path) -> None:
    reference = tmp_path / "reference.xlsx"
    openpyxl_saved(rich, reference)
    assert undo_edits(resaved, resaved) == ()
    assert openpyxl_book(resaved).sheetnames == list(SHEETS)
    before, after = cell_facts(reference, SHEETS), cell_facts(resaved, SHEETS)
    assert {cell: (before[cell], after.get(cell)) for cell in before if before[cell] != after.get(cell)} == {}
    # Cells that were not there before are blank and look like any blank cell.
    blank = openpyxl_book(rich)[THIRD]["Z99"]
    bare = (repr(blank.value), repr(blank.fill), repr(blank.border))
    assert {after[cell][:3] for cell in after if cell not in before} <= {bare}
    assert b'r="I40"' not in contents(resaved)["xl/worksheets/sheet1.xml"]
    assert not journal_path(resaved).exists()


def test_clear_leaves_the_values(rich: Path, resaved: Path) -> None:
    assert clear_marks(resaved, resaved) == ()
    book = openpyxl_book(resaved)
    sheet = book[FIRST]
    assert RESULTS_SHEET not in book.sheetnames
    assert (sheet["C8"].value, sheet["C9"].value, book[SECOND]["G50"].value) == (11.5, "文字\n第二行", 5)
    assert sheet["C8"].fill.fgColor.rgb == "FF92D050" and sheet["C8"].comment is None
    assert sheet["C8"].border.left.color.rgb == "FF7030A0"
    assert sheet[USER_NOTE_CELL].comment.text == USER_NOTE
    # The values can be taken back later all the same.
    assert undo_edits(resaved, resaved) == ()
    assert openpyxl_book(resaved)[FIRST]["C8"].value == 10


def test_cells_that_were_changed_since_are_named_and_left(resaved: Path) -> None:
    green = PatternFill("solid", fgColor="FF00FF00")

    def repaint(cell: Any) -> None:
        cell.fill = green

    def reborder(cell: Any) -> None:
        border = copy.copy(cell.border)
        border.left = Side("double")
        cell.border = border

    edited(
        resaved,
        C8=lambda cell: setattr(cell, "value", 12),
        C9=lambda cell: setattr(cell, "value", "=1+2"),
        D6=repaint,
        E5=reborder,
        I40=lambda cell: setattr(cell, "comment", Comment("我已核对", "王五")),
    )
    refused = {refusal.cell.a1: refusal.reason for refusal in undo_edits(resaved, resaved)}
    assert set(refused) == {"C8", "C9", "D6", "E5", "I40"}
    assert "现为“12”" in refused["C8"] and "公式" in refused["C9"] and "填充色" in refused["D6"]
    assert "边框" in refused["E5"] and "批注" in refused["I40"]
    sheet = openpyxl_book(resaved)[FIRST]
    assert (sheet["C8"].value, sheet["C9"].value, sheet["A26"].value) == (12, "=1+2", "其中红字部分")
    assert sheet["C8"].fill.fgColor.rgb == "FF92D050"  # its look was not changed, so it is taken back
    assert sheet["D6"].fill.fgColor.rgb == "FF00FF00" and sheet["D6"].comment.text == USER_NOTE
    assert (sheet["E5"].border.left.style, sheet["E5"].border.right.style) == ("double", "thin")
    assert sheet["I40"].comment.text == "我已核对"


def test_what_the_user_took_back_himself_is_no_refusal(resaved: Path) -> None:
    def restore(cell: Any) -> None:
        cell.value = 10
        cell.comment = None

    edited(resaved, C8=restore, D6=lambda cell: setattr(cell, "comment", None))
    assert undo_edits(resaved, resaved) == ()
    sheet = openpyxl_book(resaved)[FIRST]
    assert sheet["C8"].value == 10 and sheet["D6"].comment is None


def test_only_our_lines_leave_a_note_the_user_went_on_writing(resaved: Path) -> None:
    def more(cell: Any) -> None:
        cell.comment.text = cell.comment.text.replace("请复核", "已复核") + "\n补充说明"

    edited(resaved, **{USER_NOTE_CELL: more})
    assert undo_edits(resaved, resaved) == ()
    text = openpyxl_book(resaved)[FIRST][USER_NOTE_CELL].comment.text
    assert text == "已复核\n本行数据\n补充说明"


def test_a_renamed_sheet_is_named(resaved: Path) -> None:
    book = openpyxl_book(resaved)
    book[SECOND].title = "改名"
    book.save(resaved)
    refused = undo_edits(resaved, resaved)
    assert {refusal.cell for refusal in refused} == {ref(SECOND, name) for name in ("G50", "A23", "A24", "B23", "B24")}
    assert all(f"找不到工作表“{SECOND}”" in refusal.reason for refusal in refused)
    assert openpyxl_book(resaved)[FIRST]["C8"].value == 10


def test_a_renamed_or_moved_results_sheet_is_found(resaved: Path) -> None:
    book = openpyxl_book(resaved)
    book[RESULTS_SHEET].title = "清单"
    book.move_sheet("清单", -2)
    book.active = 2
    assert book.active.title == SECOND
    book.save(resaved)
    assert undo_edits(resaved, resaved) == ()
    after = openpyxl_book(resaved)
    assert after.sheetnames == list(SHEETS)
    assert after.active.title == SECOND
    assert [after[name].print_title_rows for name in SHEETS] == ["$1:$2"] * 3
    assert after[SECOND].auto_filter.ref == "A2:E22"


def test_a_sheet_of_that_name_that_is_not_ours_stays(resaved: Path) -> None:
    book = openpyxl_book(resaved)
    del book[RESULTS_SHEET]
    book.create_sheet(RESULTS_SHEET)["A1"] = "本单位自建"
    book.save(resaved)
    (refused,) = undo_edits(resaved, resaved)
    assert refused.cell.sheet == RESULTS_SHEET and "无法确认" in refused.reason
    assert openpyxl_book(resaved)[RESULTS_SHEET]["A1"].value == "本单位自建"


def test_marking_the_resaved_workbook_replaces_the_marks(resaved: Path) -> None:
    write(resaved, Edits(marks=(mark("C10"),), results=results()), resaved)
    book = openpyxl_book(resaved)
    noted = {
        cell.coordinate
        for row in book[FIRST].iter_rows()
        for cell in row
        if cell.comment and NOTE_AUTHOR in cell.comment.text
    }
    assert noted == {"C10"}
    assert book.sheetnames == [*SHEETS, RESULTS_SHEET]
    assert book[FIRST]["C8"].value == 11.5
    # Two runs: the marks of the second, then the values of the first.
    assert undo_edits(resaved, resaved) == ()
    assert openpyxl_book(resaved)[FIRST]["C8"].value == 11.5
    assert undo_edits(resaved, resaved) == ()
    assert openpyxl_book(resaved)[FIRST]["C8"].value == 10
    assert read_journals(resaved) == ()


def test_a_second_results_sheet_is_not_added_when_the_journal_is_lost(resaved: Path) -> None:
    journal_path(resaved).unlink()
    assert read_journals(resaved) == ()
    write(resaved, Edits(results=results()), resaved)
    assert openpyxl_book(resaved).sheetnames == [*SHEETS, RESULTS_SHEET]


def test_a_stale_journal_beside_the_file_harms_nothing(rich: Path, output: Path, tmp_path: Path) -> None:
    """The marked file was replaced by the original under the same name; its old journal is still beside it."""
    write(rich, all_edits(), output)
    shutil.copy(rich, output)
    assert undo_edits(output, tmp_path / "back.xlsx") == ()
    assert cell_facts(tmp_path / "back.xlsx", SHEETS) == cell_facts(rich, SHEETS)
    write(output, Edits(values=(change("C8", 10, 11),)), output)
    assert len(read_journals(output)) == 1
