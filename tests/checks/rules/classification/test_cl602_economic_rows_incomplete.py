"""CL602: the rows of the form of 06."""

from __future__ import annotations

from gongkai_checks.dictionary import load_dictionary
from gongkai_checks.rules.classification.cl602_economic_rows_incomplete import economic_rows_incomplete
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import Line, clean, code_line, table, with_table

FORM = load_dictionary(None).standard_rows


def printed(*codes: str) -> Disclosure:
    return with_table(table("06", [code_line(code, "", ("决算数",), "1.00") for code in codes]))


def test_row_that_is_not_there() -> None:
    # As published: 30203 left out.
    [finding] = findings(economic_rows_incomplete, printed(*(code for code in FORM if code != "30203")))
    assert finding.message == "公开06缺少固定的科目行：30203 咨询费"
    assert finding.item == "30203 咨询费"
    assert str(finding.cell) == f"公开06!A{7 + FORM.index('30202')}"


def test_first_row_that_is_not_there() -> None:
    assert cells(economic_rows_incomplete, printed(*FORM[1:])) == ["公开06!A7"]


def test_complete_form_with_rows_of_the_place() -> None:
    assert cells(economic_rows_incomplete, printed(*sorted((*FORM, "31001", "31021")))) == []


def test_eight_missing_rows_are_listed_nine_are_another_form() -> None:
    assert len(cells(economic_rows_incomplete, printed(*FORM[:-8]))) == 1
    assert cells(economic_rows_incomplete, printed(*FORM[:-9])) == []


def test_rows_that_changed_places() -> None:
    rows = list(FORM)
    at = rows.index("30202")
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    [finding] = findings(economic_rows_incomplete, printed(*rows))
    assert finding.message == "公开06的科目次序不对：30202 排在 30203 之后"


def test_blocks_side_by_side_are_in_order_each_by_itself() -> None:
    assert cells(economic_rows_incomplete, printed("301", "302", "30101", "30201", "30102", "30202")) == []


def test_table_without_codes() -> None:
    made = with_table(table("06", [Line("人员经费合计", {"决算数": "1.00"})]))
    assert reasons(economic_rows_incomplete, made) == ["公开06没有列出科目"]
    assert cells(economic_rows_incomplete, clean()) == []
