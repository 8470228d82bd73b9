"""WB001: missing tables."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb001_table_missing import table_missing
from gongkai_workbooks.disclosure import TableStatus
from tests.checks.applied import findings
from tests.checks.tables import clean, missing, with_table


def test_every_missing_table_is_named() -> None:
    found = findings(table_missing, with_table(missing("07"), with_table(missing("03"))))
    assert [(each.table, each.cell) for each in found] == [("03", None), ("07", None)]
    assert found[0].message == "工作簿中没有公开03（支出决算表）"


def test_empty_or_unreadable_table_is_not_missing() -> None:
    assert findings(table_missing, clean()) == []
    assert findings(table_missing, with_table(missing("03", TableStatus.UNREADABLE))) == []
