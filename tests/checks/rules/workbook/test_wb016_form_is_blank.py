"""WB016: a form that nobody has filled in, and what is then said no more."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.workbook.wb004_empty_table_without_note import empty_table_without_note
from gongkai_checks.rules.workbook.wb016_form_is_blank import form_is_blank
from gongkai_checks.rules.workbook.wb101_year_totals_zero import year_totals_zero
from gongkai_workbooks.disclosure import Disclosure, TableStatus
from tests.checks.applied import findings, reasons
from tests.checks.tables import Line, clean, missing, table, with_table


def blank(figure: str = "") -> Disclosure:
    disclosure = clean()
    for number in disclosure.tables:
        column = {"01": "决算数", "04": "决算数", "06": "决算数", "09": "决算数"}.get(number, "")
        line = Line("本年收入合计" if number in ("01", "04") else "合计", {column: figure} if column else {})
        made = with_table(table(number, [line], status=TableStatus.EMPTY), disclosure)
    return made


@pytest.mark.parametrize(("figure", "words"), [("", "9 张公开表都没有金额"), ("0.00", "9 张公开表都没有 0 以外的金额")])
def test_blank_form_is_one_finding(figure: str, words: str) -> None:
    [finding] = findings(form_is_blank, blank(figure))
    assert words in finding.message
    assert str(finding.cell) == "公开01!A1"
    assert [str(cell) for cell in finding.evidence] == [f"公开{number:02}!A1" for number in range(2, 10)]


def test_single_tables_are_then_not_told_of() -> None:
    for rule in (empty_table_without_note, year_totals_zero):
        assert reasons(rule, blank()) == ["各表都没有金额，见 WB016"]


def test_missing_tables_do_not_count() -> None:
    disclosure = with_table(missing("02"), with_table(missing("01"), blank()))
    [finding] = findings(form_is_blank, disclosure)
    assert "7 张公开表" in finding.message
    assert str(finding.cell) == "公开03!A1"


def test_a_form_with_an_amount_or_with_a_table_that_cannot_be_read() -> None:
    assert findings(form_is_blank, clean()) == []
    assert findings(form_is_blank, with_table(missing("05", TableStatus.UNREADABLE), blank())) == []
    made = table("09", [Line("合计", {"决算数": "0.01"})])
    assert findings(form_is_blank, with_table(made, blank())) == []
    assert [finding.table for finding in findings(empty_table_without_note, with_table(made, blank()))] == [
        *("02", "03", "04", "05", "06", "07", "08")
    ]


def test_tables_that_may_be_empty_make_no_blank_form() -> None:
    disclosure = blank()
    for number in ("01", "02", "03", "04", "05", "06", "09"):
        with_table(missing(number), disclosure)
    assert findings(form_is_blank, disclosure) == []
