"""WB010: the unit is missing in some tables."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb010_amount_unit_missing_in_table import amount_unit_missing_in_table
from gongkai_workbooks.cells import CellRef
from tests.checks.applied import cells, findings
from tests.checks.tables import clean, missing, with_table


def test_tables_without_a_unit_are_one_finding() -> None:
    disclosure = clean()
    disclosure.tables["04"].amount_unit = disclosure.tables["06"].amount_unit = None
    [finding] = findings(amount_unit_missing_in_table, disclosure)
    assert finding.message == "公开04、公开06没有写明金额单位，按其他各表的万元校验"
    assert (str(finding.cell), finding.evidence) == ("公开04!A1", (CellRef("公开06", 1, 1),))


def test_everywhere_or_nowhere() -> None:
    assert cells(amount_unit_missing_in_table, with_table(missing("07"))) == []
    disclosure = clean()
    for table in disclosure.tables.values():
        table.amount_unit = None
    assert cells(amount_unit_missing_in_table, disclosure) == []
