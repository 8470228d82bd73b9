"""A long sum that rounding can explain, but hardly does: told with the chance in plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai_checks.finding import Finding, Severity
from gongkai_checks.options import Options
from gongkai_checks.run import check
from gongkai_workbooks.amounts import Amount
from gongkai_workbooks.disclosure import Disclosure

from .diagnosis.published import REGISTRY, published

CODES = [f"302{number:02}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 16, 17, 18, 26)]


def sixteen_parts(off: str) -> Disclosure:
    """302 of sheet 06 with 16 printed parts of 1.00, and a total that is ``off`` their sum; all that it adds up to follows."""
    disclosure = published()
    table = disclosure.tables["06"]
    total = Decimal(16) + Decimal(off)
    before = Decimal(table.amounts["302", "决算数"].fen) / 1_000_000
    for item in [item for item, _ in table.amounts if item.startswith("302")]:
        del table.amounts[item, "决算数"]
    figures = {"302": total, **dict.fromkeys(CODES, Decimal(1))}
    figures["公用经费合计"] = Decimal(table.amounts["公用经费合计", "决算数"].fen) / 1_000_000 + total - before
    for item, figure in figures.items():
        table.amounts[item, "决算数"] = Amount(int(figure * 1_000_000), 5_000, table.place(item, "决算数"))
    return disclosure


def told(disclosure: Disclosure, *, show_rounding: bool = False) -> list[Finding]:
    [result] = check([disclosure], REGISTRY, Options(select=("RD", "XF601"), show_rounding=show_rounding))
    return [finding for finding in result.findings if finding.item.startswith("302")]


@pytest.mark.parametrize("off", ["0", "0.03", "-0.03"])
def test_a_usual_difference_is_not_told(off: str) -> None:
    assert told(sixteen_parts(off)) == []


@pytest.mark.parametrize(("off", "chance"), [("0.04", "约千分之二"), ("-0.04", "约千分之二"), ("0.05", "不到万分之一")])
def test_an_improbable_difference_is_told_with_its_chance(off: str, chance: str) -> None:
    """Sixteen errors: beyond 3.5 steps lie 0.19 %, beyond 4.5 steps 0.004 %."""
    [finding] = told(sixteen_parts(off))
    assert (finding.code, finding.severity, finding.fix) == ("RD002", Severity.INFO, None)
    assert finding.message.endswith(
        f"虽在尾差允许范围内（四舍五入容差 0.085），但 17 个数的舍入误差大多相互抵消，差到这么多{chance}才出现一次，值得核对"
    )


def test_within_the_usual_it_is_a_plain_rounding_difference() -> None:
    [finding] = told(sixteen_parts("0.03"), show_rounding=True)
    assert finding.code == "RD001"
    assert "分之" not in finding.message


def test_beyond_the_tolerance_it_is_an_error() -> None:
    [finding] = told(sixteen_parts("0.09"))
    assert finding.severity is Severity.ERROR
