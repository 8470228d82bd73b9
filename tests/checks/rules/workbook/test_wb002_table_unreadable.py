"""WB002: tables that were not understood."""

from __future__ import annotations

from gongkai_checks.rules.workbook.wb002_table_unreadable import table_unreadable
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import TableStatus
from tests.checks.applied import findings
from tests.checks.tables import clean, missing, with_table


def test_unreadable_table_is_said_with_the_reason() -> None:
    made = missing("03", TableStatus.UNREADABLE, "没有找到“科目名称”栏。")
    made.title_cell = CellRef("支出", 1, 1)
    [finding] = findings(table_unreadable, with_table(made))
    assert finding.message == "公开03（支出决算表）无法识别：没有找到“科目名称”栏"
    assert str(finding.cell) == "支出!A1"


def test_missing_table_is_not_unreadable() -> None:
    assert findings(table_unreadable, with_table(missing("03"))) == []
    assert findings(table_unreadable, clean()) == []
