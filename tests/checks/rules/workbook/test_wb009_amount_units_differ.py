"""WB009: different units."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb009_amount_units_differ import amount_units_differ
from gongkai_workbooks.amounts import WAN_YUAN, YUAN
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import clean


def test_table_in_another_unit() -> None:
    disclosure = clean()
    disclosure.tables["05"].amount_unit = YUAN
    [finding] = findings(amount_units_differ, disclosure)
    assert (str(finding.cell), finding.found, finding.expected) == ("公开05!I3", "元", "万元")


def test_table_without_a_unit_does_not_differ() -> None:
    disclosure = clean()
    disclosure.tables["05"].amount_unit = None
    assert cells(amount_units_differ, disclosure) == []


def test_single_statement_cannot_differ() -> None:
    disclosure = clean()
    for table in disclosure.tables.values():
        table.amount_unit = None
    disclosure.tables["02"].amount_unit = WAN_YUAN
    assert reasons(amount_units_differ, disclosure) == ["写明金额单位的表不足两张，无从比较"]
