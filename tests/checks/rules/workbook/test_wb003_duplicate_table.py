"""WB003: copies of a table."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb003_duplicate_table import duplicate_table
from gongkai_workbooks.cells import CellRef
from tests.checks.applied import findings
from tests.checks.tables import clean


def test_copy_is_pointed_at() -> None:
    disclosure = clean()
    disclosure.duplicates = (("03", CellRef("支出 (2)", 1, 1)),)
    [finding] = findings(duplicate_table, disclosure)
    assert (str(finding.cell), finding.table, finding.evidence) == ("支出 (2)!A1", "03", (CellRef("公开03", 1, 1),))
    assert "“支出 (2)”" in finding.message


def test_one_table_each() -> None:
    assert findings(duplicate_table, clean()) == []
