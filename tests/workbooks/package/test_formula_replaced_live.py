"""A formula that was given up while the workbook was open, and the workbook saved: it comes back in the file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import JOURNAL_SHEET, RESULTS_SHEET, Edits, Journal, JournalCell, SetValue
from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.package import clear_marks, journal_path, undo_edits
from gongkai_workbooks.package.cell_value import Stored
from gongkai_workbooks.package.journal import Chain, chain_to_json
from tests.workbooks.live.memory_engine import workbook_in_memory
from tests.workbooks.live.practice import SHEET, write_practice

from .reading import cached_values, contents, openpyxl_book
from .rich import SHEETS, pack, rich_workbook, unpack

ROW, NUMBER = 5, 99.0
TOTAL, SUM = CellRef(SHEETS[0], ROW, 5), CellRef(SHEET, 6, 2)
PART = "xl/worksheets/sheet1.xml"


def recorded(path: Path, formula: str, result: str = "7.5", after: str = "99") -> None:
    """Put the record of a run beside the file, which replaced a formula by a number."""
    cell = JournalCell(
        cell=TOTAL,
        kind="value",
        before=Stored("formula", formula, result=result).to_json(),
        after=Stored("number", after).to_json(),
    )
    journal = Journal(tool_version="0", time="2025-03-01T09:00:00+08:00", source=path.name, cells=(cell,))
    journal_path(path).write_bytes(chain_to_json(Chain((journal,))))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The rich workbook, in which one of the cells that share a formula holds a number now, as Excel saves it."""
    parts = unpack(rich_workbook())
    sheet = parts[PART].decode()
    held = re.compile(rf'(<c r="E{ROW}"[^>]*>)<f t="shared" si="0"/><v>[^<]*</v>')
    assert held.search(sheet)
    parts[PART] = held.sub(rf"\g<1><v>{NUMBER:g}</v>", sheet).encode()
    parts["xl/calcChain.xml"] = parts["xl/calcChain.xml"].replace(f'<c r="E{ROW}" i="1"/>'.encode(), b"")
    path = tmp_path / "已改.xlsx"
    path.write_bytes(pack(parts))
    return path


def cell_xml(path: Path, row: int = ROW) -> str:
    found = re.search(rf'<c r="E{row}".*?</c>', contents(path)[PART].decode())
    assert found is not None
    return found[0]


def formula_of(path: Path) -> object:
    return openpyxl_book(path)[TOTAL.sheet].cell(TOTAL.row, TOTAL.column).value


def test_it_comes_back_with_what_it_gave_and_its_look(saved: Path) -> None:
    before = contents(saved)
    look = openpyxl_book(saved)[TOTAL.sheet].cell(TOTAL.row, TOTAL.column).number_format
    recorded(saved, f"=C{ROW}+D{ROW}")
    assert undo_edits(saved, saved) == ()
    assert cell_xml(saved).partition(">")[2] == f"<f>C{ROW}+D{ROW}</f><v>7.5</v></c>"
    assert cached_values(saved)[TOTAL.sheet][ROW - 1][4] == 7.5
    assert openpyxl_book(saved)[TOTAL.sheet].cell(TOTAL.row, TOTAL.column).number_format == look
    after = contents(saved)
    assert after[PART].count(b't="shared"') == before[PART].count(b't="shared"')
    assert cell_xml(saved, ROW + 1) in before[PART].decode()
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_the_list_of_formulas_goes_because_it_lacks_this_one(saved: Path) -> None:
    recorded(saved, f"=C{ROW}+D{ROW}")
    before = contents(saved)
    undo_edits(saved, saved)
    after = contents(saved)
    assert before.keys() - after.keys() == {"xl/calcChain.xml"}
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]
    changed = {name for name in after if before[name] != after[name]}
    assert changed == {PART, "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"}


def test_as_libreoffice_shows_it(saved: Path) -> None:
    recorded(saved, f"=SUM(C{ROW};$'{SHEETS[1]}'.C{ROW})")
    assert undo_edits(saved, saved) == ()
    assert formula_of(saved) == f"=SUM(C{ROW},'{SHEETS[1]}'!C{ROW})"


def test_without_what_it_gave_the_cell_waits_to_be_calculated(saved: Path) -> None:
    recorded(saved, "=1+2", result="")
    assert undo_edits(saved, saved) == ()
    assert cell_xml(saved).endswith("<f>1+2</f></c>")


@pytest.mark.parametrize("formula", ["=XLOOKUP(A1,B:B,C:C)", "=SUM(C3:C9*D3:D9)", "=没有的表!A1", "=合计区*2"])
def test_where_a_file_may_spell_it_otherwise_it_is_told_and_left(saved: Path, formula: str) -> None:
    recorded(saved, formula)
    [refusal] = undo_edits(saved, saved)
    assert refusal.cell == TOTAL and formula in refusal.reason and "手工填回" in refusal.reason
    assert formula_of(saved) == NUMBER
    assert "xl/calcChain.xml" in contents(saved)


def test_a_number_that_the_user_typed_since_stays(saved: Path) -> None:
    recorded(saved, f"=C{ROW}+D{ROW}", after="98")
    [refusal] = undo_edits(saved, saved)
    assert "又被改动" in refusal.reason and formula_of(saved) == NUMBER


@pytest.mark.parametrize(("now", "reasons"), [(f"C{ROW}+D{ROW}", []), ("C1", ["单元格已改为公式，未恢复原值"])])
def test_a_formula_that_the_user_typed_since_stays(saved: Path, now: str, reasons: list[str]) -> None:
    parts = unpack(saved.read_bytes())
    parts[PART] = parts[PART].replace(
        cell_xml(saved).partition(">")[2].encode(), f"<f>{now}</f><v>1</v></c>".encode(), 1
    )
    saved.write_bytes(pack(parts))
    recorded(saved, f"=C{ROW}+D{ROW}")
    assert [refusal.reason for refusal in undo_edits(saved, saved)] == reasons
    assert formula_of(saved) == f"={now}"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """What an open workbook records when the sum of a column is given up for a number."""
    host = LiveHost(workbook_in_memory(write_practice(tmp_path / "练习.xlsx")))
    value = SetValue(cell=SUM, old=80.5, new=NUMBER, formula=host.formulas(SHEET)[SUM.row, SUM.column])
    applied = host.apply(Edits(values=(value,)))
    assert applied.refused == ()
    return applied.journal


def saved_live(tmp_path: Path, journal: Journal) -> Path:
    """The workbook as a program saves it then, with the record in a hidden sheet."""
    book = openpyxl.load_workbook(tmp_path / "练习.xlsx")
    book[SHEET][SUM.a1] = NUMBER
    record = book.create_sheet(JOURNAL_SHEET)
    record.sheet_state = "veryHidden"
    record["A1"], record["A2"] = "本表由决算公开校验保存修正前的内容", "|" + chain_to_json(Chain((journal,))).decode()
    path = tmp_path / "另存.xlsx"
    book.save(path)
    return path


def sum_of(path: Path, *, values: bool = False) -> object:
    return openpyxl.load_workbook(path, data_only=values)[SHEET][SUM.a1].value


def test_the_record_of_an_open_workbook_serves(tmp_path: Path, journal: Journal) -> None:
    path = saved_live(tmp_path, journal)
    assert undo_edits(path, path) == ()
    assert sum_of(path) == "=SUM(B2:B5)" and sum_of(path, values=True) == 80.5
    assert openpyxl.load_workbook(path).sheetnames == openpyxl.load_workbook(tmp_path / "练习.xlsx").sheetnames


def test_also_after_the_marks_were_cleared(tmp_path: Path, journal: Journal) -> None:
    path = saved_live(tmp_path, journal)
    assert clear_marks(path, path) == () and sum_of(path) == NUMBER
    assert undo_edits(path, path) == ()
    assert sum_of(path) == "=SUM(B2:B5)" and sum_of(path, values=True) == 80.5


@pytest.mark.parametrize(("cell", "left"), [("", []), ("甲", [RESULTS_SHEET])])
def test_a_list_that_was_added_and_never_tagged_goes_while_it_is_empty(
    tmp_path: Path, journal: Journal, cell: str, left: list[str]
) -> None:
    path = saved_live(tmp_path, replace(journal, results=RESULTS_SHEET))
    book = openpyxl.load_workbook(path)
    before = [name for name in book.sheetnames if name != JOURNAL_SHEET]
    book.create_sheet(RESULTS_SHEET)["A1"] = cell or None
    book.save(path)
    refused = undo_edits(path, path)
    assert [refusal.cell.sheet for refusal in refused] == left
    assert openpyxl.load_workbook(path).sheetnames == [*before, *left]


@pytest.mark.parametrize("result", ["nan", "1e999", "<v>"])
def test_a_record_with_no_number_for_what_it_gave_is_damaged(tmp_path: Path, journal: Journal, result: str) -> None:
    [cell] = journal.cells
    damaged = cell.before.replace('"result": "80.5"', f'"result": "{result}"')
    assert damaged != cell.before
    path = saved_live(tmp_path, replace(journal, cells=(replace(cell, before=damaged),)))
    with pytest.raises(UnreadableError, match="校验记录"):
        undo_edits(path, path)
