"""XF904: 09 that does not say which budget and which money."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai_checks.rules.appropriation.xf904_three_public_scope_not_stated import scope_not_stated
from gongkai_workbooks.disclosure import Table
from tests.checks.applied import findings, reasons
from tests.checks.tables import Line, table, with_table

FIGURES = [Line("合计", {"预算数": "1.53", "决算数": "0.30"}, role="total")]
BUDGET, MONEY = "预算数是年初预算还是全年预算", "支出是否只包括财政拨款"


@pytest.mark.parametrize(
    ("title", "note", "lacking"),
    [
        ("财政拨款“三公”经费支出决算表", "注：预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数", []),
        ("财政拨款“三公”经费支出决算表", "说明：预算数为年初预算数", []),
        ("财政拨款“三公”经费支出决算表", "", [BUDGET]),
        ("“三公”经费支出决算表", "注：本表只反映财政拨款；预算数为全 年 预 算", []),
        ("“三公”经费支出决算表", "", [BUDGET, MONEY]),
    ],
)
def test_what_is_said(title: str, note: str, lacking: list[str]) -> None:
    made = replace_title(title, note)
    found = findings(scope_not_stated, with_table(made))
    assert [finding.message for finding in found] == (["公开09没有写明" + "、".join(lacking)] if lacking else [])
    assert all(finding.quiet for finding in found)


def replace_title(title: str, note: str) -> Table:
    return replace(table("09", FIGURES, notes=(note,) if note else ()), printed_title=title)


def test_an_empty_table_has_nothing_to_say() -> None:
    assert reasons(scope_not_stated, with_table(table("09", [Line("合计", {}, role="total")]))) == ["公开09为空表"]
