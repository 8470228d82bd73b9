"""One wrong cell among the published figures of a department: named, proven, corrected."""

from __future__ import annotations

import pytest

from gongkai_checks.finding import Finding, Safety

from .published import findings, published


def only(**changes: str) -> Finding:
    [finding] = findings(published(**changes))
    return finding


def test_published_figures_are_right() -> None:
    assert findings(published()) == []


def test_swapped_digits_of_a_total() -> None:
    finding = only(t03__合计__本年支出合计="676.00")
    assert (finding.cell and finding.cell.a1, finding.table, finding.column) == ("E7", "03", "本年支出合计")
    assert (finding.expected, finding.found, finding.difference) == ("667.00", "676.00", "+9.00")
    assert finding.fix and finding.fix.safety is Safety.SAFE
    [edit] = finding.fix.edits
    assert (edit.cell, edit.old, edit.new) == (finding.cell, 676.0, 667.0)
    assert {explained.code for explained in finding.explained} >= {"XF301", "XF304", "TO108"}
    assert "两位数字颠倒" in finding.message


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({"t01__210__决算数": "642.54"}, "624.54"),  # a function line
        ({"t02__21013__财政拨款收入": "426.70"}, "42.67"),  # a section, decimal point
        ({"t03__2101501__基本支出": "152.47"}, "152.74"),  # an item
        ({"t05__221__基本支出": "-27.73"}, "27.73"),  # a sign
        ({"t04__本年支出合计__小计": "667.90"}, "667.00"),  # one digit
        ({"t06__人员经费合计__决算数": "1953300.00"}, "195.33"),  # 元 among 万元
        ({"t02__合计__本年收入合计": "6670.00"}, "667.00"),
    ],
)
def test_a_slip_in_a_well_witnessed_cell_is_put_right_safely(change: dict[str, str], right: str) -> None:
    finding = only(**change)
    assert finding.fix and finding.fix.safety is Safety.SAFE
    assert finding.expected == right
    assert [str(edit.new) for edit in finding.fix.edits] == [str(float(right))]


def test_wrong_value_that_is_no_slip_but_printed_elsewhere_is_safe() -> None:
    finding = only(t05__2101399__项目支出="55.18")
    assert finding.fix and finding.fix.safety is Safety.SAFE
    assert finding.expected == "42.67"


def test_leaf_of_06_that_only_one_sum_binds_is_not_guessed() -> None:
    # 301's items must add up to 195.33; 35.00 for 37.63 could be any of them
    finding = only(t06__30101__决算数="35.00")
    assert finding.fix and finding.fix.safety is Safety.MANUAL and not finding.fix.edits
    cells = {cell.a1 for group in finding.candidates for cell in group}
    assert "C7" in cells and len(cells) > 3
    assert "必有一格有误" in finding.message


def test_a_blank_among_printed_zeros_is_the_one() -> None:
    disclosure = published(t06__30113__决算数="")
    table = disclosure.tables["06"]
    some = next(iter(table.amounts.values()))
    for item, line in table.items.items():
        for column in line.columns:
            if (item, column) not in table.amounts and item != "30113":
                table.amounts[item, column] = some._replace(fen=0, cell=table.place(item, column))
    [finding] = findings(disclosure)
    assert finding.cell == table.place("30113", "决算数")
    assert finding.expected == "17.01" and finding.fix and finding.fix.edits


def test_a_total_that_took_the_amount_of_a_line_below_it() -> None:
    """301 stands at the 37.63 of 30101: the total is wrong, for 人员经费合计 goes with what it was. 30101 does not repeat it."""
    finding = only(t06__301__决算数="37.63")
    assert finding.cell and (finding.table, finding.item[:4], finding.expected) == ("06", "301 ", "195.33")


def test_two_independent_errors_are_two_findings() -> None:
    first, second = findings(published(t02__21011__本年收入合计="16.41", t03__2210201__基本支出="170.10"))
    assert [(f.table, f.expected, f.fix and f.fix.safety) for f in (first, second)] == [
        ("02", "14.61", Safety.SAFE),
        ("03", "17.01", Safety.SAFE),
    ]


def test_formula_is_never_a_fix() -> None:
    disclosure = published(t03__合计__本年支出合计="676.00")
    disclosure.tables["03"].formulas = frozenset({(7, 5)})
    [finding] = findings(disclosure)
    assert finding.fix and finding.fix.safety is Safety.MANUAL
    assert "公式" in finding.fix.title


def test_total_inside_its_rounding_interval_is_left_alone() -> None:
    # 666.99 is the sum of the printed classes: possible for the classes, but three copies say 667.00
    told = findings(published(t03__合计__本年支出合计="666.99"))
    assert told and all(finding.severity and finding.severity.word == "warning" for finding in told)
    assert all(finding.fix is None for finding in told)


def test_text_number_stays_text_when_it_is_put_right() -> None:
    disclosure = published(t03__合计__本年支出合计="1,676.00".replace(",", ""))
    table = disclosure.tables["03"]
    key = ("合计", "本年支出合计")
    table.amounts[key] = table.amounts[key]._replace(text=True, raw="1,676.00")
    finding = next(f for f in findings(disclosure) if f.fix and f.fix.edits and f.column == "本年支出合计")
    assert finding.fix
    assert [(edit.old, edit.new) for edit in finding.fix.edits] == [("1,676.00", "667.00")]


def test_without_effort_the_plain_differences_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook too broken to be explained in time is told as it is, nothing left out."""
    monkeypatch.setattr("gongkai_checks.diagnosis.system.PACE", 0)
    told = findings(published(t03__合计__本年支出合计="676.00"))
    errors = [finding for finding in told if finding.severity and finding.severity.word == "error"]
    assert {finding.code for finding in errors} == {"XF301", "XF304", "TO108"}
    assert all(finding.fix and finding.fix.safety is Safety.MANUAL and not finding.fix.edits for finding in errors)
