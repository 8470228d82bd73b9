"""Several cells that went wrong together are one cause, told in its own words."""

from __future__ import annotations

import itertools
from dataclasses import replace

from gongkai_checks.finding import Finding, Safety
from gongkai_workbooks.disclosure import Disclosure, Table

from .published import findings, published


def errors(disclosure: Disclosure) -> list[Finding]:
    return [finding for finding in findings(disclosure) if finding.severity and finding.severity.word == "error"]


def put(table: Table, item: str, column: str, fen: int) -> None:
    """Print an amount, or a blank for 0."""
    some = next(iter(table.amounts.values()))
    table.amounts.pop((item, column), None)
    if fen:
        place = table.place(item, column)
        table.amounts[item, column] = some._replace(fen=fen, cell=place, text=False, raw="")


def edits(finding: Finding) -> dict[str, object]:
    assert finding.fix
    return {edit.cell.a1: edit.new for edit in finding.fix.edits}


def leave_out(table: Table, code: str) -> None:
    for key in [key for key in table.amounts if key[0] == code]:
        del table.amounts[key]
    del table.items[code]


def test_row_that_one_sheet_leaves_out() -> None:
    """The total is right: it counts the row, and 02 and 05 print it. Recomputing the total would spoil it."""
    disclosure = published()
    table = disclosure.tables["03"]
    leave_out(table, "2101103")
    [finding] = errors(disclosure)
    assert (finding.code, finding.item, finding.cell and finding.cell.row) == ("DX006", "2101103", 12)
    assert "公开03缺少“2101103" in finding.message and "9.03" in finding.message
    assert finding.fix and finding.fix.safety is Safety.MANUAL and not finding.fix.edits


def test_only_row_below_a_section_left_out() -> None:
    """Nothing adds up wrongly, but 05 has what 03 has not."""
    disclosure = published()
    table = disclosure.tables["03"]
    leave_out(table, "2080505")
    [finding] = errors(disclosure)
    assert (finding.code, finding.item) == ("DX006", "2080505")


def test_item_and_its_totals_that_were_not_brought_up_to_date() -> None:
    disclosure = published()
    table = disclosure.tables["05"]
    for item in ("2080505", "20805", "208", "合计"):
        for column in ("小计", "基本支出"):
            put(table, item, column, table.amounts[item, column].fen - 880_000)
    [finding] = errors(disclosure)
    assert finding.code == "DX005" and "未随账更新" in finding.message
    assert edits(finding) == {
        "F10": 14.72,
        "F9": 14.72,
        "F8": 14.72,
        "F7": 214.84,
        "E10": 14.72,
        "E9": 14.72,
        "E8": 14.72,
        "E7": 667.0,
    }
    assert finding.fix and finding.fix.safety is Safety.UNSAFE


def test_block_of_rows_pasted_one_line_too_low() -> None:
    disclosure = published()
    table = disclosure.tables["03"]
    rows = ["2101101", "2101103", "21013", "2101399", "21015", "2101501", "2101502"]
    before = dict(table.amounts)
    for column in table.columns:
        put(table, rows[0], column, 0)
        for above, below in itertools.pairwise(rows):
            put(table, below, column, before[above, column].fen if (above, column) in before else 0)
    [finding] = errors(disclosure)
    assert finding.code == "DX007"
    assert "公开03第 13 行至第 19 行金额与科目错位（整体下移 1 行）" in finding.message
    # What stood in row 19 was pasted over: its section and 05 have it.
    assert finding.fix and finding.fix.safety is Safety.UNSAFE
    right = {table.place(*key): amount.fen / 1_000_000 for key, amount in before.items() if key[0] in rows}
    assert all(edit.new == right.get(edit.cell, "") for edit in finding.fix.edits)
    assert {edit.cell.a1 for edit in finding.fix.edits} >= {"E19", "F19", "G19"}


def test_two_rows_that_changed_places() -> None:
    disclosure = published()
    table = disclosure.tables["03"]
    before = dict(table.amounts)
    for column in table.columns:
        for item, other in (("2101101", "2101399"), ("2101399", "2101101")):
            put(table, item, column, before[other, column].fen if (other, column) in before else 0)
    [finding] = errors(disclosure)
    assert finding.code == "DX003"
    assert edits(finding) == {"E13": 5.58, "F13": 5.58, "G13": "", "E16": 42.67, "F16": "", "G16": 42.67}


def test_two_columns_that_changed_places() -> None:
    disclosure = published()
    table = disclosure.tables["03"]
    before = dict(table.amounts)
    for item in table.items:
        for column, other in (("基本支出", "项目支出"), ("项目支出", "基本支出")):
            put(table, item, column, before[item, other].fen if (item, other) in before else 0)
    [finding] = errors(disclosure)
    assert finding.code == "DX002" and "“基本支出”与“项目支出”两栏" in finding.message
    assert edits(finding)["F7"] == 214.84 and edits(finding)["G7"] == 452.16


def test_table_in_yuan_among_tables_in_ten_thousands() -> None:
    disclosure = published()
    table = disclosure.tables["05"]
    for (item, column), amount in list(table.amounts.items()):
        put(table, item, column, amount.fen * 10_000)
    [finding] = errors(disclosure)
    assert finding.code == "DX001" and "公开05的金额疑为按元填列" in finding.message
    assert edits(finding)["E7"] == 667.0 and len(edits(finding)) == len(table.amounts)
    assert "WB011" in {explained.code for explained in finding.explained}


def test_total_repeated_as_an_item() -> None:
    [finding] = errors(published(t06__30226__决算数="19.51"))
    assert finding.code == "XF604" and edits(finding) == {"F26": ""}


def test_total_that_leaves_out_a_part() -> None:
    """639.27 is 667.00 less the 27.73 of 221."""
    [finding] = errors(published(t03__合计__本年支出合计="639.27"))
    assert "漏加一项" in finding.message and edits(finding) == {"E7": 667.0}
    assert finding.fix and finding.fix.safety is Safety.SAFE


def test_group_of_cells_with_a_formula_is_shown_only() -> None:
    disclosure = published(t03__2210202__基本支出="", t03__2210202__项目支出="3.19")
    disclosure.tables["03"] = replace(disclosure.tables["03"], formulas=frozenset({(24, 7)}))
    [finding] = errors(disclosure)
    assert finding.code == "DX004" and finding.fix and finding.fix.safety is Safety.MANUAL and not finding.fix.edits


def test_group_and_a_slip_beside_it_are_two_causes() -> None:
    told = errors(published(t03__2210202__基本支出="", t03__2210202__项目支出="3.19", t05__221__基本支出="-27.73"))
    assert {(finding.code, finding.table) for finding in told} == {("DX004", "03"), ("XF502", "05")}


def test_of_many_lines_of_06_that_may_be_stale_none_is_named_before_the_others() -> None:
    """A line, its class and 公用经费合计 are old alike: 05 says how much is missing, and nothing says in which line."""
    [finding] = findings(
        published(t06__30299__决算数="10.03", t06__302__决算数="17.45", t06__公用经费合计__决算数="17.45")
    )
    assert finding.code == "TO507" and finding.fix is not None and finding.fix.safety is Safety.MANUAL
    assert "种改法必有一种成立，仅凭表内数字不能断定，请核对账面数" in finding.message
    assert "30239" not in finding.message and "30299" not in finding.message
    groups = [{cell.a1 for cell in group} for group in finding.candidates]
    assert {"F33", "F6", "I34"} in groups and len(groups) > 20
    assert "F7" in {cell.a1 for cell in finding.evidence if cell.sheet.startswith("GK05")}
