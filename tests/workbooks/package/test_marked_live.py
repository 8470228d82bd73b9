"""A workbook that was marked and corrected while it was open in a program, and saved there: undone and cleared as a file."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import JOURNAL_SHEET, RESULTS_SHEET, Edits, Journal, Mark, SetValue
from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.package import clear_marks, journal_path, read_journals, undo_edits
from gongkai_workbooks.package.journal import Chain, chain_to_json
from gongkai_workbooks.package.notes import SEPARATOR
from gongkai_workbooks.package.results_sheet import TAG
from tests.workbooks.live.memory_engine import workbook_in_memory
from tests.workbooks.live.practice import SHEET, USER_NOTE, write_practice

B2, B3, C2, A8 = (CellRef(SHEET, row, column) for row, column in ((2, 2), (3, 2), (2, 3), (8, 1)))
VALUES = (SetValue(cell=B2, old=10.5, new=11.5), SetValue(cell=B3, old="20.25", new=20.25))
MARKS = (
    Mark(cell=B2, severity="error", note="B2 有误"),
    Mark(cell=C2, severity="warning", note="C2 有误"),
    Mark(cell=A8, severity="info", note="A8 有误"),
)
RED = Side("medium", color="FF9C0006")
BROWN = Side("dashed", color="FF9C5700")
BLUE = Side("dotted", color="FF1F4E79")


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return write_practice(tmp_path / "练习.xlsx")


@pytest.fixture
def journals(original: Path) -> tuple[Journal, Journal]:
    """What an open workbook keeps of a run: values, then marks."""
    host = LiveHost(workbook_in_memory(original))
    values = host.apply(Edits(values=VALUES)).journal
    return values, replace(host.apply(Edits(marks=MARKS)).journal, results=RESULTS_SHEET)


@pytest.fixture
def marked(original: Path, journals: tuple[Journal, Journal], tmp_path: Path) -> Path:
    """The workbook as Excel saves it after that run: its texts in one table, the sheets in its properties."""
    return saved_as_marked(original, journals, tmp_path / "已标记.xlsx")


def saved_as_marked(original: Path, journals: tuple[Journal, ...], path: Path) -> Path:
    book = openpyxl.load_workbook(original)
    sheet = book[SHEET]
    sheet["B2"], sheet["B3"] = 11.5, 20.25
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFFC7CE")
    sheet["B2"].border = Border(RED, RED, RED, RED)
    sheet["B2"].comment = Comment(f"决算公开校验 ✖ 错误\n{MARKS[0].note}", "决算公开校验")
    sheet["C2"].fill = PatternFill("solid", fgColor="FFFFF2CC")
    sheet["C2"].border = Border(BROWN, BROWN, BROWN, BROWN)
    sheet["C2"].comment.text += f"\n{SEPARATOR}\n决算公开校验 ▲ 警告\n{MARKS[1].note}"
    sheet["A8"].comment = Comment(f"决算公开校验 ● 提示\n{MARKS[2].note}", "决算公开校验")
    sheet["A8"].border = Border(left=BLUE, top=BLUE)
    sheet["B8"].border = Border(right=BLUE, top=BLUE)
    sheet["A9"].border = Border(left=BLUE, bottom=BLUE)
    sheet["B9"].border = Border(right=BLUE, bottom=BLUE)
    found = book.create_sheet(RESULTS_SHEET)
    found["A1"], found["A2"] = "决算公开校验结果", "甲"
    found.defined_names.add(DefinedName(TAG, attr_text="1", hidden=True))
    record = book.create_sheet(JOURNAL_SHEET)
    record.sheet_state = "veryHidden"
    record["A1"] = "本表由决算公开校验保存修正前的内容"
    text = chain_to_json(Chain(journals)).decode()
    for row, start in enumerate(range(0, len(text), 700), 2):
        record.cell(row, 1, "|" + text[start : start + 700]).alignment = Alignment(wrap_text=False)
    book.save(path)
    _with_titles(path, [*(name for name in book.sheetnames)])
    return path


def _with_titles(path: Path, names: list[str]) -> None:
    """Excel lists the sheets in the properties of the file; openpyxl does not."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    listed = "".join(f"<vt:lpstr>{name}</vt:lpstr>" for name in names)
    parts["docProps/app.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Application>Microsoft Excel</Application>'
        '<HeadingPairs><vt:vector size="2" baseType="variant"><vt:variant><vt:lpstr>工作表</vt:lpstr></vt:variant><vt:variant><vt:i4>'
        f"{len(names)}</vt:i4></vt:variant></vt:vector></HeadingPairs>"
        f'<TitlesOfParts><vt:vector size="{len(names)}" baseType="lpstr">{listed}</vt:vector></TitlesOfParts></Properties>'
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def looks(path: Path) -> dict[str, tuple[object, ...]]:
    """What a person sees of every cell: value, fill, border, note."""
    found: dict[str, tuple[object, ...]] = {}
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows(1, 12, 1, 7):
            for cell in row:
                fill = cell.fill.fgColor.rgb[2:] if cell.fill.patternType == "solid" else ""
                border = cell.border
                sides = [
                    (side.style, side.color.rgb[2:] if side.color else "000000")
                    if side is not None and side.style
                    else None
                    for side in (border.left, border.right, border.top, border.bottom)
                ]
                note = cell.comment.text if cell.comment else None
                found[f"{sheet.title}!{cell.coordinate}"] = (cell.value, fill, sides, note)
    return found


def everything(path: Path) -> bytes:
    """All parts of a file, but for the entities and spaces in which XML may differ."""
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_undo_takes_back_values_marks_list_and_record(original: Path, marked: Path) -> None:
    assert FileHost(marked).sheets() != FileHost(original).sheets()
    assert undo_edits(marked, marked) == ()
    assert openpyxl.load_workbook(marked).sheetnames == openpyxl.load_workbook(original).sheetnames
    assert looks(marked) == looks(original)
    assert read_journals(marked) == () and not journal_path(marked).exists()


def test_clear_leaves_the_values_and_what_takes_them_back(original: Path, marked: Path) -> None:
    assert clear_marks(marked, marked) == ()
    expected = looks(original)
    for cell in VALUES:
        expected[f"{SHEET}!{cell.cell.a1}"] = (cell.new, *expected[f"{SHEET}!{cell.cell.a1}"][1:])
    assert looks(marked) == expected
    assert [entry.cell for journal in read_journals(marked) for entry in journal.cells] == [B2, B3]
    assert undo_edits(marked, marked) == ()
    assert looks(marked) == looks(original)


@pytest.mark.parametrize("work", [undo_edits, clear_marks])
def test_nothing_of_the_check_is_published_with_the_file(marked: Path, work: Callable[[Path, Path], object]) -> None:
    before = everything(marked)
    assert "校验结果".encode() in before and JOURNAL_SHEET.encode() in before and b"tool_version" in before
    work(marked, marked)
    after = everything(marked)
    for left in ("校验", "_gongkai", "tool_version", "有误"):
        assert left.encode() not in after, (left, after[after.index(left.encode()) - 300 :][:600])
    assert "甲".encode() in after  # a text that the list had in common with the tables
    with zipfile.ZipFile(marked) as archive:
        properties = etree.fromstring(archive.read("docProps/app.xml"))
    assert [e.text for e in properties.iter("{*}lpstr")] == ["工作表", SHEET, "锁定", "隐藏"]
    assert [e.text for e in properties.iter("{*}i4")] == ["3"]


def test_parts_that_were_not_marked_keep_their_bytes(marked: Path) -> None:
    def parts() -> dict[str, bytes]:
        with zipfile.ZipFile(marked) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    before = parts()
    undo_edits(marked, marked)
    after = parts()
    same = {name for name in after if before.get(name) == after[name]}
    assert {"xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/theme/theme1.xml", "docProps/core.xml"} <= same
    assert {"xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml"}.isdisjoint(after)


def test_what_the_user_changed_since_is_left(marked: Path) -> None:
    book = openpyxl.load_workbook(marked)
    book[SHEET]["B2"] = 99
    book[SHEET]["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    book.save(marked)
    assert [(refusal.cell, refusal.reason.partition("，")[0]) for refusal in undo_edits(marked, marked)] == [
        (B2, "单元格内容在修正之后又被改动（现为“99”）")
    ]
    after = looks(marked)
    assert after[f"{SHEET}!B2"][:2] == (99, "00FF00") and after[f"{SHEET}!B3"][0] == "20.25"
    assert after[f"{SHEET}!C2"][3] == USER_NOTE


def test_a_file_that_gongkai_marks_again_forgets_the_marks_of_the_program(original: Path, marked: Path) -> None:
    FileHost(marked).apply(Edits(marks=(Mark(cell=C2, severity="error", note="新"),)))
    assert JOURNAL_SHEET not in openpyxl.load_workbook(marked).sheetnames
    assert looks(marked)[f"{SHEET}!B2"][1] == "92D050"
    assert clear_marks(marked, marked) == ()
    assert looks(marked)[f"{SHEET}!C2"] == looks(original)[f"{SHEET}!C2"]
    assert undo_edits(marked, marked) == () and looks(marked) == looks(original)


@pytest.mark.parametrize("harm", ["half", "a part of it", "another version"])
def test_a_damaged_record_is_said_and_nothing_is_written(
    original: Path, journals: tuple[Journal, Journal], tmp_path: Path, harm: str
) -> None:
    marked = saved_as_marked(original, journals, tmp_path / "坏.xlsx")
    book = openpyxl.load_workbook(marked)
    record = book[JOURNAL_SHEET]
    if harm == "half":
        record.delete_rows(3)
    else:
        text = "".join(str(row[0].value)[1:] for row in record.iter_rows(2))
        document = json.loads(text)
        if harm == "another version":
            document["version"] = 99
        else:
            entry = next(e for e in document["journals"][1]["cells"] if e["kind"] == "look")
            entry["before"] = "{}"
        record.delete_rows(2, record.max_row)
        record["A2"] = "|" + json.dumps(document, ensure_ascii=False)
    book.save(marked)
    before = marked.read_bytes()
    with pytest.raises(UnreadableError, match="校验记录"):
        undo_edits(marked, marked)
    assert marked.read_bytes() == before
