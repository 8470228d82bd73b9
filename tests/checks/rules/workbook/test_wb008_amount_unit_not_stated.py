"""WB008: no unit anywhere."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb008_amount_unit_not_stated import amount_unit_not_stated
from gongkai_workbooks.amounts import WAN_YUAN
from tests.checks.applied import cells, findings
from tests.checks.tables import clean


def test_unit_is_stated_nowhere() -> None:
    disclosure = clean()
    for table in disclosure.tables.values():
        table.amount_unit = None
    [finding] = findings(amount_unit_not_stated, disclosure)
    assert str(finding.cell) == "公开01!A1"
    assert "本次按万元校验" in finding.message


def test_one_statement_is_enough() -> None:
    disclosure = clean()
    for table in disclosure.tables.values():
        table.amount_unit = None
    disclosure.tables["09"].amount_unit = WAN_YUAN
    assert cells(amount_unit_not_stated, disclosure) == []
