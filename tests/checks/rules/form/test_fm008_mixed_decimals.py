"""FM008: two decimals here and fewer there."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.form.fm008_mixed_decimals import mixed_decimals
from tests.checks.applied import cells, findings
from tests.checks.tables import Text, clean, code_line, table, with_table

COLUMNS = ("小计", "基本支出", "项目支出")


def column(*raws: str) -> list[str]:
    rows = [
        code_line(f"20{number}", "某", COLUMNS, Text(raw, raw.replace(",", "").replace("．", ".")))
        for number, raw in enumerate(raws, 1)
    ]
    return cells(mixed_decimals, with_table(table("05", rows)))


@pytest.mark.parametrize(
    ("raws", "marked"),
    [
        (("12.5", "17.01"), ["公开05!E7"]),
        (("17.01", "12", "9.00"), ["公开05!E8"]),
        (("17.01", "12．5"), ["公开05!E8"]),
        (("12.50", "17.01"), []),
        (("12.5", "17.1"), []),
        (("0", "17.01"), []),
        (("17.0163", "17.01"), []),  # more decimals are told by FM007
        (("1,012.5", "17.01"), ["公开05!E7"]),
    ],
)
def test_a_column(raws: tuple[str, ...], marked: list[str]) -> None:
    assert column(*raws) == marked


def test_columns_are_looked_at_apart() -> None:
    rows = [code_line("201", "某", COLUMNS, Text("12.5", "12.5"), Text("17.01", "17.01"))]
    assert cells(mixed_decimals, with_table(table("05", rows))) == []


def test_what_is_said() -> None:
    rows = [code_line(f"20{n}", "某", COLUMNS, Text(raw, raw)) for n, raw in enumerate(("12.5", "17.01", "3.1"), 1)]
    [finding] = findings(mixed_decimals, with_table(table("05", rows)))
    assert finding.message == "公开05“小计”栏的文本金额小数位数不一：2 个不足两位，1 个为两位"
    assert [cell.a1 for cell in finding.evidence] == ["E9", "E8"]


def test_numbers_are_not_written() -> None:
    assert cells(mixed_decimals, clean()) == []
