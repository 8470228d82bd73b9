"""CL004: one code, two names."""

from __future__ import annotations

from gongkai_checks.rules.classification.cl004_name_differs_between_tables import name_differs_between_tables
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import FUNCTIONAL_ROWS, clean, functional, missing, table, with_table


def renamed(code: str, name: str, *numbers: str) -> Disclosure:
    disclosure = clean()
    rows = [(row[0], name, *row[2:]) if row[0] == code else row for row in FUNCTIONAL_ROWS]
    for number in numbers:
        with_table(table(number, functional(number, rows)), disclosure)
    return disclosure


def test_name_that_is_not_the_classification_s_is_marked() -> None:
    # Two tables are wrong, one is right: the dictionary decides, not the number.
    [finding] = findings(name_differs_between_tables, renamed("2080505", "机关事业单位职业年金缴费支出", "02", "05"))
    assert (str(finding.cell), finding.table) == ("公开02!A10", "02")
    assert finding.expected == "机关事业单位基本养老保险缴费支出"
    assert finding.message == (
        "科目 2080505 的名称不一致：公开02、公开05为“机关事业单位职业年金缴费支出”；"
        "公开03为“机关事业单位基本养老保险缴费支出”"
    )
    assert [str(cell) for cell in finding.evidence] == ["公开05!A10", "公开03!A10"]


def test_name_of_most_tables_is_right_where_the_dictionary_knows_none() -> None:
    disclosure = clean()
    rows = dict.fromkeys(("02", "03", "05"), ("2219700", "某支出", "0.00", "", ""))
    rows["03"] = ("2219700", "另一支出", "0.00", "", "")
    for number, row in rows.items():
        with_table(table(number, functional(number, [*FUNCTIONAL_ROWS, row])), disclosure)
    assert cells(name_differs_between_tables, disclosure) == ["公开03!A19"]


def test_former_name_is_the_same_name() -> None:
    assert cells(name_differs_between_tables, renamed("20805", "行政事业单位离退休", "05")) == []


def test_blanks_and_brackets_are_the_same_name() -> None:
    assert cells(name_differs_between_tables, renamed("2210201", " 住房 公积金", "05")) == []


def test_one_name_throughout_even_a_wrong_one() -> None:
    assert cells(name_differs_between_tables, renamed("2210201", "购房补贴", "02", "03", "05")) == []


def test_row_without_a_name_says_nothing() -> None:
    assert cells(name_differs_between_tables, renamed("2210201", " ", "05")) == []


def test_no_table_by_classification() -> None:
    disclosure = clean()
    for number in ("02", "03", "05"):
        with_table(missing(number), disclosure)
    assert reasons(name_differs_between_tables, disclosure) == ["没有列出功能分类科目的表"]
