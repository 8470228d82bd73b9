"""WB012: 公开0N表 against the title."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb012_table_code_differs import table_code_differs
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import clean


def numbered(**codes: str) -> Disclosure:
    disclosure = clean()
    for number, code in codes.items():
        disclosure.tables[number.removeprefix("t")].table_code = code
    return disclosure


def test_code_of_another_table() -> None:
    [finding] = findings(table_code_differs, numbered(t03="02"))
    assert (str(finding.cell), finding.found, finding.expected) == ("公开03!I2", "公开02表", "公开03表")


def test_two_codes_changed_about() -> None:
    assert cells(table_code_differs, numbered(t04="05", t05="04")) == ["公开04!I2", "公开05!I2"]


def test_codes_that_fit_or_are_not_printed() -> None:
    assert cells(table_code_differs, clean()) == []
    assert cells(table_code_differs, numbered(t03="")) == []


def test_order_of_another_place_is_no_fault() -> None:
    assert reasons(table_code_differs, numbered(t09="07", t07="08", t08="09")) == ["本地的表号顺序与全国表式不同"]


def test_no_codes_printed() -> None:
    disclosure = clean()
    for made in disclosure.tables.values():
        made.table_code = ""
    assert reasons(table_code_differs, disclosure) == ["各表没有印表号（公开0N表）"]
