"""运算: blank totals whose parts are all there."""

from __future__ import annotations

from gongkai_checks.finding import Safety

from .published import findings, published


def test_blank_total_is_filled() -> None:
    [finding] = findings(published(t06__公用经费合计__决算数=""))
    assert finding.fix and finding.fix.safety is Safety.SAFE
    assert (finding.expected, finding.found) == ("19.51", "空白")
    assert [(edit.old, edit.new) for edit in finding.fix.edits] == [("", 19.51)]


def test_a_dash_in_place_of_the_total_gives_way() -> None:
    disclosure = published(t06__公用经费合计__决算数="")
    disclosure.tables["06"].dashes["公用经费合计", "决算数"] = " — "
    [finding] = findings(disclosure)
    assert finding.fix and finding.fix.safety is Safety.SAFE
    assert [(edit.old, edit.new) for edit in finding.fix.edits] == [(" — ", 19.51)]


def test_all_totals_of_a_sheet_are_filled_from_the_bottom_up() -> None:
    """Only the items of 03 are filled in: sections, classes, the total row and the row totals follow."""
    disclosure = published()
    table = disclosure.tables["03"]
    expected = {}
    for (item, column), amount in list(table.amounts.items()):
        if len(item) != 7 or column == "本年支出合计":
            expected[table.place(item, column)] = amount.fen / 1_000_000
            del table.amounts[item, column]
    told = findings(disclosure)
    assert all(finding.fix and finding.fix.safety is Safety.SAFE for finding in told)
    filled = {edit.cell: edit.new for f in told if f.fix for edit in f.fix.edits}
    assert filled == expected  # 667.00 and 214.84 too, which the classes add up to 666.99 and 214.83


def test_blank_part_is_not_filled_as_a_total() -> None:
    """A blank project expenditure beside a total and a basic expenditure: the part is missing, not the total."""
    told = findings(published(t03__2101502__项目支出=""))
    assert [(f.cell and f.cell.a1, f.expected) for f in told] == [("G19", "407.49")]
    assert told[0].fix and told[0].fix.safety is not Safety.MANUAL


def test_zero_total_of_nothing_is_not_filled() -> None:
    assert findings(published()) == []
