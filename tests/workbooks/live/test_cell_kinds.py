"""Numbers, texts, dates, truth values and errors: read as from the file, written as meant, restored as they were."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark, SetValue
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.live.cell_content import Content, content_of, holds
from gongkai_workbooks.live.program import ARRAY_PART, LIST_HEADER, LOCKED_CELL, PARTLY_FORMATTED
from gongkai_workbooks.live.sheet_values import cell_value, error_code, error_text, sheet_values
from gongkai_workbooks.writable import unwritable

from .findings import comparable
from .memory_engine import model_of, workbook_in_memory
from .object_model import RangeObject
from .practice import SHEET, USER_NOTE
from .state import state_of
from .test_excel_habits import sheet_of

if TYPE_CHECKING:
    import xlwings

    from .conftest import Opener

REF, NEW = CellRef(SHEET, 4, 2), CellRef(SHEET, 4, 3)


def write_kinds(path: Path) -> Path:
    """One of each kind, formulas with each kind of result, a table that does not begin at A1."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    values: tuple[float | str | datetime.date | datetime.time | datetime.timedelta, ...] = (
        14.72,
        "14.72",
        0.1 + 0.2,
        12345678901234.5,
        "文字\n第二行",
        " 空格 ",
        "'=1+1",
        datetime.date(2024, 3, 1),
        datetime.datetime(2024, 3, 1, 12, 30, 15),
        datetime.time(1, 30),
        datetime.timedelta(hours=30, minutes=15),
        "#N/A 见说明",
    )
    for row, value in enumerate(values, 3):
        sheet.cell(row, 2, "项目")
        sheet.cell(row, 3, value)
    for row, formula in enumerate(("=C3+1", "=1/0", "=NA()", '="甲"&"乙"', "=C10+1", "=SUM(C3:C4)", "=1=2"), 3):
        sheet.cell(row, 5, formula)
    sheet["E7"].number_format = "yyyy-mm-dd"
    sheet["C20"], sheet["C20"].data_type = "=1+1", "s"
    sheet["C21"] = 7
    sheet["C21"].number_format = '"￥"#,##0.00'
    book.save(path)
    return path


@pytest.mark.libreoffice
def test_all_kinds_are_read_as_from_the_saved_file(in_office: Opener, tmp_path: Path) -> None:
    book = in_office(write_kinds(tmp_path / "各种.xlsx"))
    saved = tmp_path / "算好.xlsx"
    # Saved by a spreadsheet program, the file has the results of its formulas.
    book.save(str(saved))
    live, read = LiveHost(book), FileHost(saved)
    (name,) = live.sheets()
    one, other = comparable(live.read(name)), comparable(read.read(name))
    assert [*one.cells()] == [*other.cells()]
    assert one == other
    assert live.read(name).faults == {(4, 5): "#DIV/0!", (5, 5): "#N/A"}
    assert live.read(name).value(13, 3) == datetime.timedelta(hours=30, minutes=15)
    assert set(live.formulas(name)) == set(read.formulas(name)) == {(row, 5) for row in range(3, 10)}
    assert live.formulas(name)[8, 5] == "=SUM(C3:C4)"


def test_errors_have_the_numbers_of_com() -> None:
    assert error_text(-2146826281) == "#DIV/0!" and error_text(-2146826265) == "#REF!"
    assert error_text(-2146826246) == "#N/A" and error_text(-2146826273) == "#VALUE!"
    assert error_text(-1) == "#VALUE!" and error_code("Err:502") == error_code("#VALUE!")
    assert all(error_text(error_code(text)) == text for text in ("#NULL!", "#NAME?", "#NUM!", "#SPILL!"))


def test_a_block_becomes_a_grid_with_true_addresses() -> None:
    raw = (
        (None, None, None, None),
        (None, "甲", datetime.datetime(2024, 3, 1), None),
        (None, -2146826265, Decimal("1234.5"), None),
        (None, True, datetime.datetime(1899, 12, 30, 1, 30), None),
        (None, None, None, None),
    )
    found = sheet_values(raw, 5, 3)
    assert found.rows == [["甲", datetime.date(2024, 3, 1)], ["", 1234.5], [True, datetime.time(1, 30)]]
    assert (found.top, found.left, found.faults) == (6, 4, {(7, 4): "#REF!"})
    assert sheet_values("甲", 1, 1).rows == [["甲"]] and sheet_values(None, 1, 1).rows == []
    assert sheet_values((1.0, None, 2.0), 2, 1).rows == [[1.0, "", 2.0]]


def test_currency_is_read_unrounded(practice: Path) -> None:
    book = workbook_in_memory(practice)
    sheet = model_of(book).worksheets[0]
    sheet.cell(2, 2).value = 1234.56789
    shown = type(sheet).shown
    with pytest.MonkeyPatch.context() as patch:
        # COM hands currency over with four decimals.
        patch.setattr(
            type(sheet),
            "shown",
            lambda self, cell: Decimal("1234.5679") if cell.value == 1234.56789 else shown(self, cell),
        )
        assert LiveHost(book).read(SHEET).value(2, 2) == 1234.56789


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("", "blank"),
        ("00123", "text"),
        (True, "bool"),
        (3, "number"),
        (14.72, "number"),
        (datetime.date(2024, 3, 1), "number"),
    ],
)
def test_contents_are_kept_exactly(value: CellValue, kind: str) -> None:
    content = content_of(value)
    assert content.kind == kind and holds(content, value)
    assert Content.from_json(content.to_json()) == content
    assert not holds(content, "别的") and not holds(content, 99.25)
    assert unwritable(value) == ""


def test_contents_that_differ_or_cannot_be() -> None:
    assert content_of(datetime.date(2024, 3, 1)).number == 45352
    assert content_of(datetime.datetime(1900, 1, 1, 12)).number == 1.5
    assert content_of(datetime.time(6)).number == 0.25
    assert not holds(Content("number", "1.0"), True) and not holds(Content("text", "1"), 1)
    assert "32767" in unwritable("长" * 32_768) and unwritable(float("nan")) and unwritable(10**400)
    for broken in (
        "",
        "{}",
        '{"kind": "number", "text": "x", "quoted": false}',
        '{"kind": "y", "text": "", "quoted": false}',
    ):
        with pytest.raises(WorkbookError, match="校验记录有误"):
            Content.from_json(broken)


@pytest.mark.parametrize("text", ["00123", "1.50", "=1+1", "2024年3月", "'甲", "TRUE"])
def test_a_text_stays_a_text_and_comes_back_as_one(book: xlwings.Book, text: str) -> None:
    host = LiveHost(book)
    before = state_of(book, SHEET)
    first = host.apply(Edits(values=(SetValue(cell=REF, old=30.0, new=text),)))
    assert first.refused == ()
    grid = host.read(SHEET)
    assert grid.value(4, 2) == text and (4, 2) not in grid.formulas
    second = host.apply(Edits(values=(SetValue(cell=REF, old=text, new=12.5),)))
    assert second.refused == () and host.read(SHEET).value(4, 2) == 12.5
    assert host.undo(second.journal) == ()
    assert host.read(SHEET).value(4, 2) == text
    assert host.undo(first.journal) == ()
    assert state_of(book, SHEET) == before


def test_a_text_that_excel_was_told_by_an_apostrophe_gets_it_back(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, sheet = LiveHost(book), model_of(book).worksheets[0]
    sheet.type_in(4, 2, "'00123")
    assert (sheet.cell(4, 2).value, sheet.cell(4, 2).prefix) == ("00123", "'")
    applied = host.apply(Edits(values=(SetValue(cell=REF, old="00123", new=123),)))
    assert (sheet.cell(4, 2).value, sheet.cell(4, 2).prefix) == (123.0, "")
    assert host.undo(applied.journal) == ()
    assert (sheet.cell(4, 2).value, sheet.cell(4, 2).prefix) == ("00123", "'")


@pytest.mark.parametrize("what", ["Bold", "Color", "Name"])
def test_a_text_of_which_a_part_is_formatted_is_left_alone(practice: Path, what: str) -> None:
    book = workbook_in_memory(practice)
    host, sheet = LiveHost(book), model_of(book).worksheets[0]
    sheet.cell(3, 2).partly = {what}
    sheet.cell(4, 2).style["Font.Bold"] = True  # the whole of it
    texts = (SetValue(cell=CellRef(SHEET, 3, 2), old="20.25", new=20.25), SetValue(cell=REF, old=30.0, new=31.0))
    applied = host.apply(Edits(values=texts))
    assert [(refusal.cell.a1, refusal.reason) for refusal in applied.refused] == [("B3", PARTLY_FORMATTED)]
    assert (sheet.cell(3, 2).value, sheet.cell(4, 2).value) == ("20.25", 31.0)


@pytest.mark.libreoffice
def test_such_a_text_is_left_alone_in_libreoffice_too(in_office: Opener, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = SHEET
    sheet["B2"] = CellRichText("20", TextBlock(InlineFont(b=True), ".25"))
    sheet["B3"], sheet["B4"] = "20.25", CellRichText(TextBlock(InlineFont(b=True), "30.25"))
    made.save(tmp_path / "部分加粗.xlsx")
    host = LiveHost(in_office(tmp_path / "部分加粗.xlsx"))
    edits = tuple(SetValue(cell=CellRef(SHEET, row, 2), old=old, new=1.0) for row, old in ((2, "20.25"), (3, "20.25")))
    applied = host.apply(Edits(values=edits))
    assert [(refusal.cell.a1, refusal.reason) for refusal in applied.refused] == [("B2", PARTLY_FORMATTED)]
    assert host.read(SHEET).value(3, 2) == 1.0 and host.read(SHEET).value(2, 2) == "20.25"


def test_what_excel_cannot_give_back_is_left_alone(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, sheet = LiveHost(book), model_of(book).worksheets[0]
    sheet.cell(4, 2).interior = {"Pattern": 4000}
    sheet.cell(4, 3).threaded = object()
    marks = (Mark(cell=REF, severity="error", note="一"), Mark(cell=NEW, severity="error", note="二"))
    applied = host.apply(Edits(marks=marks))
    assert {refusal.cell: refusal.reason for refusal in applied.refused} == {
        REF: "单元格为渐变填充，未作填充和边框标记，只写批注；说明见结果清单",
        NEW: "单元格已有会话式批注，未写批注，只作填充和边框标记；说明见结果清单",
    }
    assert sheet.cell(4, 2).interior == {"Pattern": 4000} and sheet.cell(4, 3).comment is None
    assert sheet.cell(4, 3).interior["Color"] == 0xCEC7FF
    assert host.undo(applied.journal) == ()
    assert sheet.cell(4, 2).comment is None and sheet.cell(4, 3).interior == {"Pattern": -4142}


def test_colours_of_the_theme_and_hatched_fills_come_back(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, sheet = LiveHost(book), model_of(book).worksheets[0]
    theme = {"Pattern": 1, "Color": 0x123456, "ThemeColor": 5, "TintAndShade": 0.4}
    hatched = {"Pattern": -4124, "Color": 0x00FF00, "PatternColor": 0x0000FF}
    sheet.cell(4, 2).interior, sheet.cell(4, 3).interior = dict(theme), dict(hatched)
    marks = tuple(Mark(cell=cell, severity="error", note="一") for cell in (REF, NEW))
    applied = host.apply(Edits(marks=marks))
    assert sheet.cell(4, 2).interior["Color"] == sheet.cell(4, 3).interior["Color"] == 0xCEC7FF
    assert host.undo(applied.journal) == ()
    first, second = sheet.cell(4, 2).interior, sheet.cell(4, 3).interior
    assert (first["Pattern"], first["ThemeColor"], first["TintAndShade"]) == (1, 5, 0.4)
    assert {name: second[name] for name in hatched} == hatched


@pytest.mark.libreoffice
def test_a_note_keeps_its_bold_words(in_office: Opener, practice: Path) -> None:
    book = in_office(practice)
    host = LiveHost(book)

    def cursor_of_note() -> Any:
        note = book.sheets[SHEET].range("C2").note
        assert note is not None
        return note.api.createTextCursor()

    cursor = cursor_of_note()
    cursor.gotoStart(False)
    cursor.goRight(4, True)
    cursor.CharWeight = 150.0

    def weights() -> list[float]:
        """The weight of each character."""
        cursor, found = cursor_of_note(), []
        cursor.gotoStart(False)
        while cursor.goRight(1, True):
            found.append(cursor.CharWeight)
            cursor.collapseToEnd()
        return found

    before = weights()
    assert before == [150.0] * 4 + [100.0] * (len(USER_NOTE) - 4)
    applied = host.apply(Edits(marks=(Mark(cell=CellRef(SHEET, 2, 3), severity="error", note="一\n二"),)))
    assert weights()[: len(before)] == before and len(weights()) > len(before) + 20
    assert host.undo(applied.journal) == ()
    assert weights() == before


@pytest.mark.libreoffice
def test_what_was_written_is_one_step_of_the_users_own_undo(in_office: Opener, practice: Path) -> None:
    book = in_office(practice)
    host = LiveHost(book)
    before = state_of(book, SHEET)
    host.apply(
        Edits(values=(SetValue(cell=REF, old=30.0, new=31.0),), marks=(Mark(cell=REF, severity="error", note="一"),))
    )
    manager = book.api.getUndoManager()
    assert manager.getCurrentUndoActionTitle() == "决算公开校验"
    manager.undo()
    assert state_of(book, SHEET) == before


def test_a_sheet_with_cells_far_away_is_refused_with_a_sentence(practice: Path) -> None:
    book = workbook_in_memory(practice)
    model_of(book).worksheets[0].cell(1_000_000, 200).value = 1.0
    with pytest.raises(WorkbookError, match=r"工作表「收入」的使用区域过大（到 GR1000000）.*删除"):
        LiveHost(book).read(SHEET)


def test_comparable_forgets_only_the_order(practice: Path) -> None:
    grid = FileHost(practice).read(SHEET)
    assert comparable(replace(grid, merges=tuple(reversed(grid.merges)))) == comparable(grid)
    assert comparable(replace(grid, merges=())) != comparable(grid)


def test_dates_of_pywin32_become_plain_ones() -> None:
    class Moment(datetime.datetime):
        """As pywin32 hands dates over: a class of its own, with a zone that means nothing."""

    found = cell_value(Moment(2024, 12, 31, 12, 30, tzinfo=datetime.UTC))
    assert type(found) is datetime.datetime
    assert found == datetime.datetime(2024, 12, 31, 12, 30)
    assert cell_value(Moment(2024, 12, 31, tzinfo=datetime.UTC)) == datetime.date(2024, 12, 31)


def test_a_text_where_a_date_was_is_another_content() -> None:
    day = datetime.date(2024, 3, 1)
    assert not any(
        holds(Content(kind, text), day) for kind, text in (("text", "三月"), ("text", "45352"), ("blank", ""))
    )


def test_a_mark_has_no_shade_of_the_colour_before(practice: Path) -> None:
    book = workbook_in_memory(practice)
    cell = sheet_of(book).cell(4, 2)
    cell.interior = {"Pattern": 1, "Color": 0x123456, "ThemeColor": 5, "TintAndShade": 0.4}
    LiveHost(book).apply(Edits(marks=(Mark(cell=REF, severity="error", note="一"),)))
    assert cell.interior["TintAndShade"] == 0


def test_what_was_protected_since_is_named_and_the_rest_is_taken_back(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, sheet = LiveHost(book), sheet_of(book)
    values = (SetValue(cell=REF, old=30.0, new=31.0), SetValue(cell=NEW, old="", new=3.0))
    marks = (Mark(cell=NEW, severity="error", note="一"),)
    applied = host.apply(Edits(values=values, marks=marks))
    sheet.cell(4, 3).locked = False
    sheet.ProtectContents = True
    refused = {refusal.cell: refusal.reason for refusal in host.undo(applied.journal)}
    assert refused == {REF: LOCKED_CELL, NEW: "工作表受保护，标记未清除，请先撤销工作表保护"}
    assert (sheet.cell(4, 2).value, sheet.cell(4, 3).value) == (31.0, None)


@pytest.mark.parametrize("name", ["HasArray", "HasSpill", "SpillParent"])
def test_a_part_of_an_array_is_left_alone(practice: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    book = workbook_in_memory(practice)
    monkeypatch.setattr(RangeObject, name, True, raising=False)
    applied = LiveHost(book).apply(Edits(values=(SetValue(cell=REF, old=30.0, new=31.0),)))
    assert [(refusal.cell, refusal.reason) for refusal in applied.refused] == [(REF, ARRAY_PART)]
    assert sheet_of(book).cell(4, 2).value == 30.0


@pytest.mark.parametrize(("row", "refused"), [(4, [(REF, LIST_HEADER)]), (3, [])])
def test_the_heading_of_a_list_is_left_alone_and_its_rows_are_not(
    practice: Path, monkeypatch: pytest.MonkeyPatch, row: int, refused: list[tuple[CellRef, str]]
) -> None:
    book = workbook_in_memory(practice)
    table = SimpleNamespace(HeaderRowRange=SimpleNamespace(Row=row))
    monkeypatch.setattr(RangeObject, "ListObject", table, raising=False)
    applied = LiveHost(book).apply(Edits(values=(SetValue(cell=REF, old=30.0, new=31.0),)))
    assert [(refusal.cell, refusal.reason) for refusal in applied.refused] == refused
