"""CL801: codes in 08."""

from __future__ import annotations

from gongkai_checks.rules.classification.cl801_unusual_state_capital_code import unusual_state_capital_code
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import COLUMNS, clean, code_line, table, with_table


def codes(*printed: str) -> list[str]:
    rows = [code_line(code, "某", COLUMNS["08"], "1.00") for code in printed]
    return cells(unusual_state_capital_code, with_table(table("08", rows)))


def test_codes_of_state_capital_operations() -> None:
    assert codes("223", "22301", "2230105", "208", "20804", "2080451", "230", "23008") == []


def test_other_codes_are_one_finding() -> None:
    rows = [code_line(code, "某", COLUMNS["08"], "1.00") for code in ("223", "20805", "2080505")]
    [finding] = findings(unusual_state_capital_code, with_table(table("08", rows)))
    assert finding.message.endswith("：20805 某、2080505 某")
    assert (str(finding.cell), [cell.a1 for cell in finding.evidence]) == ("公开08!A8", ["A9"])


def test_empty_table() -> None:
    assert reasons(unusual_state_capital_code, clean()) == ["公开08没有列出科目"]
