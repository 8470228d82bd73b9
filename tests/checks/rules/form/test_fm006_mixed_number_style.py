"""FM006: thousands separators here and not there."""

from __future__ import annotations

from gongkai_checks.rules.form.fm006_mixed_number_style import mixed_number_style
from tests.checks.applied import cells, findings
from tests.checks.tables import COLUMNS, Text, clean, code_line, table, with_table


def amounts(*raws: str) -> list[str]:
    figures = [Text(raw, raw.replace(",", "").replace("，", "")) for raw in raws]
    return cells(mixed_number_style, with_table(table("02", [code_line("208", "某", COLUMNS["02"], *figures)])))


def test_separators_in_some_amounts_only() -> None:
    assert amounts("20218.21", "20,323.21", "20,323.21") == ["公开02!E7"]


def test_the_rarer_style_is_marked_and_counted() -> None:
    row = code_line("208", "某", COLUMNS["02"], *(Text(raw, "1000.00") for raw in ("1000.00", "1，000.00", "1000.00")))
    [finding] = findings(mixed_number_style, with_table(table("02", [row])))
    assert str(finding.cell) == "公开02!F7"
    assert "1 个带千分位，2 个不带" in finding.message
    assert [cell.a1 for cell in finding.evidence] == ["E7"]


def test_one_style_throughout() -> None:
    assert amounts("20218.21", "20323.21") == []
    assert amounts("20,218.21", "1,000.00") == []


def test_small_amounts_have_no_separators_to_miss() -> None:
    assert amounts("999.99", "1,000.00") == []
    assert amounts("1000.00", "1,000.00") == ["公开02!F7"]


def test_numbers_have_no_style_of_their_own() -> None:
    assert cells(mixed_number_style, clean()) == []
