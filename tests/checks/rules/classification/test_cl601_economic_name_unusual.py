"""CL601: pairs of code and name in 06."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.classification.cl601_economic_name_unusual import economic_name_unusual
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import Line, clean, code_line, table, with_table


def test_name_of_the_next_row() -> None:
    [finding] = findings(
        economic_name_unusual, with_table(table("06", [code_line("30216", "公务接待费", ("决算数",), "1.00")]))
    )
    assert (str(finding.cell), finding.found, finding.expected) == ("公开06!A7", "公务接待费", "培训费")


@pytest.mark.parametrize(
    ("code", "name"),
    [("30213", "维修(护)费"), ("30231", "公务用车运行维护"), ("30307", "医疗费"), ("30299", ""), ("30298", "某费")],
)
def test_other_spellings_former_names_and_unknown_codes(code: str, name: str) -> None:
    row = code_line(code, name, ("决算数",), "1.00")
    assert cells(economic_name_unusual, with_table(table("06", [row]))) == []


def test_clean_disclosure() -> None:
    assert cells(economic_name_unusual, clean()) == []


def test_table_without_codes() -> None:
    assert reasons(economic_name_unusual, with_table(table("06", [Line("人员经费合计", {})]))) == ["公开06没有列出科目"]
