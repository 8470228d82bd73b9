"""WB017: what a table of contents leaves out."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb017_contents_incomplete import contents_incomplete
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import TABLE_NUMBERS, TableStatus
from gongkai_workbooks.layouts import EXTRA
from tests.checks.applied import findings
from tests.checks.tables import clean


def contents(*numbers: str) -> tuple[tuple[str, CellRef], ...]:
    return tuple((number, CellRef("目录", row, 1)) for row, number in enumerate(numbers, 2))


def test_no_table_of_contents() -> None:
    assert findings(contents_incomplete, clean()) == []


def test_all_are_listed() -> None:
    disclosure = clean()
    disclosure.contents = contents(*TABLE_NUMBERS, EXTRA)
    assert findings(contents_incomplete, disclosure) == []


def test_each_that_is_left_out_is_told() -> None:
    disclosure = clean()
    disclosure.contents = contents("01", "02", "03", "04", "05", "06", "09")
    found = findings(contents_incomplete, disclosure)
    assert [(str(each.cell), each.table) for each in found] == [("目录!A2", "07"), ("目录!A2", "08")]
    assert found[0].message == "目录没有列出公开07（政府性基金预算财政拨款收入支出决算表）"


def test_an_entry_in_other_words_may_be_the_one() -> None:
    disclosure = clean()
    disclosure.contents = contents("01", "02", "03", "04", "05", "06", EXTRA, "09")
    assert [each.table for each in findings(contents_incomplete, disclosure)] == ["07", "08"]
    disclosure.contents = contents("01", "02", "03", "04", "05", "06", EXTRA, EXTRA, "09")
    assert findings(contents_incomplete, disclosure) == []


def test_a_table_that_is_not_there_at_all_is_not_missed_in_the_contents() -> None:
    disclosure = clean()
    disclosure.contents = contents(*TABLE_NUMBERS[:-1])
    disclosure.tables["09"].status = TableStatus.MISSING
    assert findings(contents_incomplete, disclosure) == []
