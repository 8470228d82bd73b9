"""More errors than one in figures that hang together."""

from __future__ import annotations

from .published import findings, published


def cells(**changes: str) -> set[tuple[str, str, str]]:
    """Table, cell and proposed figure of every error."""
    return {
        (finding.table, finding.cell.a1, finding.expected)
        for finding in findings(published(**changes))
        if finding.cell and finding.severity and finding.severity.word == "error"
    }


def test_three_errors_of_one_line_and_its_parts() -> None:
    told = cells(
        t03__21015__本年支出合计="576.26", t03__2101501__本年支出合计="125.74", t03__2101502__项目支出="470.49"
    )
    assert told == {("03", "E17", "567.26"), ("03", "E18", "152.74"), ("03", "G19", "407.49")}


def test_six_errors_in_one_column() -> None:
    told = cells(
        t03__合计__本年支出合计="676.00",
        t03__208__本年支出合计="17.42",
        t03__210__本年支出合计="642.54",
        t03__21011__本年支出合计="16.41",
        t03__21015__本年支出合计="576.26",
        t03__221__本年支出合计="22.73",
    )
    assert told == {
        ("03", "E7", "667.00"),
        ("03", "E8", "14.72"),
        ("03", "E11", "624.54"),
        ("03", "E12", "14.61"),
        ("03", "E17", "567.26"),
        ("03", "E21", "27.73"),
    }


def test_ten_errors_in_places_that_have_nothing_to_do_with_each_other() -> None:
    told = cells(
        t02__21011__本年收入合计="16.41",
        t02__2101502__财政拨款收入="421.52",
        t03__2210201__基本支出="170.10",
        t03__21013__项目支出="24.67",
        t04__221__一般公共预算财政拨款="-27.73",
        t05__20805__小计="147.20",
        t05__2101502__项目支出="704.49",
        t05__22102__基本支出="72.73",
        t06__公用经费合计__决算数="91.51",
        t01__208__决算数="41.72",
    )
    assert len(told) == 10
    assert {expected for _, _, expected in told} == {
        *("14.61", "412.52", "17.01", "42.67", "27.73", "14.72", "407.49", "19.51"),
    }


def test_two_plain_slips_in_one_sum() -> None:
    """No single item of 06 explains the difference; 17.01 and 9.03 in 元 do, and no other two."""
    told = cells(t06__30113__决算数="170100.00", t06__30111__决算数="90300.00")
    assert {(table, figure) for table, _, figure in told} == {("06", "17.01"), ("06", "9.03")}
