from __future__ import annotations

import datetime
import stat
from pathlib import Path

import pytest

from gongkai.desk.begun import _MOST_RECORDS, FOLDER, Begun
from gongkai.desk.desk import Desk
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Journal, Mark, Refusal, SetValue
from gongkai_workbooks.grid import CellValue

from .conftest import Ask
from .memory_workbook import DeadError, MemoryWorkbook
from .test_checking import TOTAL03
from .test_correcting import SAFE, TENFOLD05, TEXT02

CELL = CellRef("公开03", 7, 5)
TIME = "2025-08-21T09:30:00+08:00"


def edits(old: CellValue, new: CellValue) -> Edits:
    return Edits(values=(SetValue(cell=CELL, old=old, new=new),), marks=(Mark(cell=CELL, severity="error", note="错"),))


@pytest.mark.parametrize(
    "old",
    ["", "17.01", 676.0, 0.1 + 0.2, 3, True, datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3, 4),
     datetime.time(5, 6), datetime.timedelta(days=1, seconds=0.5), "半\ud83d"],
)  # fmt: skip
def test_a_record_is_on_disk_before_the_first_cell_and_gone_after_the_last(tmp_path: Path, old: CellValue) -> None:
    begun = Begun(tmp_path)
    with begun.recorded("书.xlsx", "修正", edits(old, 1.0), TIME):
        (record,) = begun.records("书.xlsx")
        (value,) = record.values
        assert (value.old, type(value.old)) == (old, type(old))
        assert (record.action, record.shown_time, record.marks) == ("修正", "2025-08-21 09:30", (CELL,))
        assert begun.records("别的.xlsx") == ()
        assert stat.S_IMODE(record.path.stat().st_mode) == 0o600
    assert begun.records() == ()


def test_it_stays_when_the_writing_breaks_off(tmp_path: Path) -> None:
    begun = Begun(tmp_path)
    with pytest.raises(ValueError), begun.recorded("书.xlsx", "修正", edits(1.0, 2.0), TIME):
        raise ValueError
    (record,) = begun.records()
    begun.forget(record)
    assert begun.records() == ()


def test_what_is_no_record_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    for number, content in enumerate([b"", b"{", b"[]", b'{"workbook": 1}', b"\xff", b'{"values": {"a": 1}}']):
        (folder / f"{number}.json").write_bytes(content)
    assert Begun(tmp_path).records() == ()


def test_a_program_that_dies_in_the_middle_leaves_nothing_unrecorded(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk
) -> None:
    before = wrong.state()
    wrong.dies_after = 2
    answer = ask(wrong, "fix_safe", mark=False)
    assert answer.outcome == "failed" and "撤销上次修正" in answer.sentence
    changed = [cell for cell, value in SAFE.items() if wrong.value(cell) == value]
    assert len(changed) == 2 and wrong.journals == []
    (record,) = desk.begun.records()
    assert {value.cell for value in record.values} == SAFE.keys()

    # It is there again, as a helper that was started anew finds it; no more is written until what was begun is taken back.
    wrong.dies_after = None
    again = Desk(desk.home, desk.preferences_file)
    assert [kept.values for kept in again.begun.records()] == [record.values]
    answer = ask(wrong, "fix_safe")
    assert answer.outcome == "refused" and "中途中断" in answer.sentence and "撤销上次修正" in answer.sentence
    answer = ask(wrong, "check_workbook", mark=False)
    assert answer.outcome == "done" and answer.sentence.startswith("注意：")
    answer = ask(wrong, "undo_last", mark=False)
    assert set(answer.changed) == set(changed)
    assert "上次中断的修正" in answer.sentence
    assert wrong.state() == before
    assert desk.begun.records() == ()
    assert "中断" not in ask(wrong, "check_workbook", mark=False).sentence


def test_what_the_user_changed_after_the_interruption_is_left(ask: Ask, wrong: MemoryWorkbook) -> None:
    wrong.dies_after = 2
    ask(wrong, "fix_safe", mark=False)
    wrong.dies_after = None
    assert wrong.value(TEXT02) == 17.01
    wrong.put(TEXT02, 18.0)
    answer = ask(wrong, "undo_last")
    assert TEXT02 not in answer.changed and len(answer.changed) == 1
    assert wrong.value(TEXT02) == 18.0


def test_a_record_is_forgotten_when_nothing_was_written(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    wrong.dies_after = 0
    ask(wrong, "fix_safe", mark=False)
    assert len(desk.begun.records()) == 1
    wrong.dies_after = None
    answer = ask(wrong, "fix_safe")
    assert answer.outcome == "done" and "中断" not in answer.sentence
    assert desk.begun.records() == ()


def test_or_when_the_workbook_has_the_journal_and_all_the_values(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    ask(wrong, "fix_safe", mark=False)
    leave_record(desk)
    assert "中断" not in ask(wrong, "check_workbook", mark=False).sentence
    assert desk.begun.records() == ()


def test_a_journal_that_was_kept_before_the_writing_broke_off_takes_it_back(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk
) -> None:
    """An open program keeps the journal first; then it died after two of four cells."""
    before = wrong.state()
    ask(wrong, "fix_safe", mark=False)
    leave_record(desk)
    for cell in (TOTAL03, TENFOLD05):
        wrong.put(cell, {TOTAL03: 676.0, TENFOLD05: 4074.9}[cell])
    assert ask(wrong, "next_finding").sentence.startswith("注意：")
    answer = ask(wrong, "undo_last", mark=False)
    assert set(answer.changed) == SAFE.keys() - {TOTAL03, TENFOLD05}
    assert wrong.state() == before
    assert (wrong.journals, desk.begun.records()) == ([], ())


def test_a_journal_of_what_never_came_to_be_is_dropped(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    before = wrong.state()
    ask(wrong, "fix_safe", mark=False)
    leave_record(desk)
    wrong.undo(wrong.journals[0])
    assert ask(wrong, "undo_last").outcome == "refused"
    assert wrong.state() == before
    assert (wrong.journals, desk.begun.records()) == ([], ())


def leave_record(desk: Desk) -> None:
    """As a helper does that is killed while it corrects the sample."""
    olds: dict[CellRef, CellValue] = {TOTAL03: 676.0, TENFOLD05: 4074.9, TEXT02: "17.01"}
    values = tuple(SetValue(cell=cell, old=olds.get(cell, ""), new=value) for cell, value in SAFE.items())
    with pytest.raises(ValueError), desk.begun.recorded("file:/决算公开.xlsx", "修正", Edits(values=values), TIME):
        raise ValueError


@pytest.mark.parametrize("action", ["fix_safe", "check_workbook"])
def test_where_no_record_can_be_made_the_reason_is_said(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk, action: str
) -> None:
    desk.home.mkdir()
    (desk.home / "begun").write_text("a file stands where the folder should be", encoding="ascii")
    before = wrong.state()
    answer = ask(wrong, action)
    assert "内部出错" not in answer.sentence and str(desk.home) in answer.sentence
    assert wrong.state() == before


def test_a_refusal_leaves_toggles_as_they_are(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "errors_only", pressed=True)
    wrong.dies_after = 2
    ask(wrong, "fix_safe", mark=False)
    wrong.dies_after = None
    answer = ask(wrong, "fix_safe")
    assert answer.outcome == "refused" and answer.pressed == ("errors_only",)


def test_a_program_that_dies_after_the_last_value_and_before_the_journal(
    ask: Ask, wrong: MemoryWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise DeadError

    before = wrong.state()
    with monkeypatch.context() as dying:
        dying.setattr(MemoryWorkbook, "keep", die)
        assert ask(wrong, "fix_safe", mark=False).outcome == "failed"
    assert {cell: wrong.value(cell) for cell in SAFE} == SAFE and wrong.journals == []
    assert ask(wrong, "check_workbook", mark=False).sentence.startswith("注意：")
    assert set(ask(wrong, "undo_last", mark=False).changed) == SAFE.keys()
    assert wrong.state() == before


def test_of_many_records_the_newest_are_looked_at(tmp_path: Path) -> None:
    begun = Begun(tmp_path)
    for number in range(_MOST_RECORDS + 1):
        with pytest.raises(ValueError), begun.recorded(f"{number}.xlsx", "修正", edits(1.0, 2.0), TIME):
            raise ValueError
    assert begun.records(f"{_MOST_RECORDS}.xlsx") != () == begun.records("0.xlsx")


@pytest.mark.parametrize("action", ["fix_selected", "fix_safe"])
def test_nothing_is_corrected_until_what_was_interrupted_is_taken_back(
    ask: Ask, wrong: MemoryWorkbook, action: str
) -> None:
    wrong.dies_after = 2
    ask(wrong, "fix_safe", mark=False)
    wrong.dies_after = None
    before = wrong.state()
    for cell in SAFE:
        answer = ask(wrong, action, sheet=cell.sheet, cell=cell.a1)
        assert answer.outcome == "refused" and answer.sentence.startswith("注意：")
    assert wrong.state() == before


def test_what_was_changed_since_an_interruption_with_a_journal_is_named(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk
) -> None:
    ask(wrong, "fix_safe", mark=False)
    leave_record(desk)
    wrong.put(TENFOLD05, 4074.9)  # was not reached
    really = wrong.undo

    def undo(journal: Journal) -> tuple[Refusal, ...]:
        wrong.put(TOTAL03, 600.0)  # meanwhile
        return really(journal)

    wrong.undo = undo  # type: ignore[method-assign]
    answer = ask(wrong, "undo_last", mark=False)
    assert TOTAL03 in answer.left and TOTAL03 not in answer.changed and "未动" in answer.sentence
