"""Errors that no relation shows by itself: four parts with several totals, each within 0.025 of its parts, but too far from one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai_checks.equations import S06, CrossFoot, Equation
from gongkai_checks.finding import Finding, Safety, Severity
from gongkai_checks.options import Options
from gongkai_checks.run import check
from gongkai_workbooks.amounts import Amount
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure

from .published import REGISTRY, published

PARTS = {"30101": "10.00", "30102": "20.00", "30103": "30.00", "30106": "40.00"}
OTHER_PARTS = {"30301": "1.00", "30302": "2.00", "30303": "3.00", "30304": "4.00"}


def totals(prefix: str, items: tuple[str, ...], parts: Mapping[str, str]) -> list[Equation]:
    """Each of some lines is the sum of the same parts."""
    first, *others = parts
    right = S06[first] + S06[others[0]]
    for other in others[1:]:
        right = right + S06[other]
    return [
        CrossFoot(
            f"{prefix}{n:03}", f"sum-{n}", "例", left=S06[item], right=right, claim="与各部分之和不符", basis="例"
        )
        for n, item in enumerate(items, 1)
    ]


TOTALS = totals("ZA", ("30201", "30202", "30203", "30204"), PARTS)
OTHERS = totals("ZB", ("30205", "30206"), OTHER_PARTS)


def accounts(**figures: str) -> Disclosure:
    """Sheet 06 with the parts, and further figures written ``_30201="100.02"``."""
    disclosure = published()
    table = disclosure.tables["06"]
    table.amounts.clear()
    written = PARTS | OTHER_PARTS | {name.removeprefix("_"): figure for name, figure in figures.items()}
    for item, figure in written.items():
        fen = int(Decimal(figure) * 1_000_000)
        table.amounts[item, "决算数"] = Amount(fen, 5_000, table.place(item, "决算数"))
    return disclosure


def told(
    disclosure: Disclosure, equations: list[Equation], *, joint: bool = True, seconds: float = 2.0
) -> list[Finding]:
    registry = replace(REGISTRY, rules=(*REGISTRY.rules, *equations))
    [result] = check([disclosure], registry, Options(select=("ZA", "ZB"), joint=joint, seconds=seconds))
    return list(result.findings)


def place(disclosure: Disclosure, item: str) -> CellRef:
    cell = disclosure.tables["06"].place(item, "决算数")
    assert cell is not None
    return cell


def test_two_totals_of_the_same_parts_that_are_too_far_from_each_other() -> None:
    """100.02 and 99.98: each is 0.02 off its parts, which rounding explains; but not 0.04 between the two, where only 0.01 is left."""
    disclosure = accounts(_30201="100.02", _30202="99.98")
    assert told(disclosure, TOTALS[:2], joint=False) == []
    [finding] = told(disclosure, TOTALS[:2])
    assert (finding.code, finding.severity) == ("DX008", Severity.WARNING)
    assert set(finding.candidates) == {(place(disclosure, "30201"),), (place(disclosure, "30202"),)}
    assert (
        "以上两格必有一格有误：ZA001、ZA002 各处单独看都在尾差以内，合起来相差 +0.04，超过容差 0.01" in finding.message
    )
    assert finding.fix is not None
    assert (finding.fix.safety, finding.fix.edits) == (Safety.MANUAL, ())
    assert "容差以内的数" in finding.fix.reason
    [proof] = finding.proofs
    assert (proof.difference, proof.tolerance) == ("+0.04", "0.01")
    assert sorted(abs(claim.weight) for claim in proof.claims) == [1, 1]


def test_a_hundredth_is_seen_beside_a_thousand_million() -> None:
    """No solver's tolerance hides it: amounts enter the program as their distance from what is printed."""
    large = dict.fromkeys(PARTS, "1000000000.00")
    disclosure = accounts(**large, _30201="4000000000.02", _30202="3999999999.98")
    [finding] = told(disclosure, TOTALS[:2])
    assert (finding.proofs[0].difference, finding.proofs[0].tolerance) == ("+0.04", "0.01")
    assert told(accounts(**large, _30201="4000000000.02", _30202="4000000000.01"), TOTALS[:2]) == []


def test_a_third_total_tells_which_of_the_two_it_is() -> None:
    disclosure = accounts(_30201="100.02", _30202="99.98", _30203="99.98")
    [finding] = told(disclosure, TOTALS[:3])
    assert finding.cell == place(disclosure, "30201")
    assert finding.candidates == ()
    assert "决算数有误：" in finding.message
    assert "；改为 99.99 即可同时成立" in finding.message


def test_where_no_single_cell_does_the_smallest_sets_are_listed() -> None:
    """Two totals against two: either the first two are wrong, or the last two."""
    disclosure = accounts(_30201="100.02", _30202="100.02", _30203="99.98", _30204="99.98")
    [finding] = told(disclosure, TOTALS)
    cells = [place(disclosure, item) for item in ("30201", "30202", "30203", "30204")]
    assert {frozenset(one) for one in finding.candidates} == {frozenset(cells[:2]), frozenset(cells[2:])}
    assert finding.message.startswith("至少有 2 格有误，以下 2 种可能必有一种成立：")


def test_conflicts_that_share_no_cell_are_told_apart() -> None:
    disclosure = accounts(_30201="100.02", _30202="99.98", _30205="10.02", _30206="9.98")
    found = told(disclosure, [*TOTALS[:2], *OTHERS])
    assert [finding.code for finding in found] == ["DX008", "DX008"]
    assert [len(finding.candidates) for finding in found] == [2, 2]
    assert len({cell for finding in found for (cell,) in finding.candidates}) == 4


def test_a_relation_that_fails_elsewhere_hides_nothing() -> None:
    disclosure = accounts(_30201="100.02", _30202="99.98", _30205="11.00", _30206="10.00")
    assert [finding.code[:2] for finding in told(disclosure, [*TOTALS[:2], *OTHERS], joint=False)] == ["ZB"]
    assert sorted(finding.code[:2] for finding in told(disclosure, [*TOTALS[:2], *OTHERS])) == ["DX", "ZB"]


def test_what_is_told_already_is_not_told_again() -> None:
    """The first total fails by itself; that it is too far from the second, too, is no news."""
    disclosure = accounts(_30201="100.09", _30202="99.98")
    assert ["DX" for finding in told(disclosure, TOTALS[:2]) if finding.code == "DX008"] == []


@pytest.mark.parametrize("second", ["100.02", "100.01"])
def test_totals_that_can_both_be_right_are_left_alone(second: str) -> None:
    """100.02 and 100.01 can be the same amount, 100.015, and the parts can make it up."""
    assert told(accounts(_30201="100.02", _30202=second), TOTALS[:2]) == []


def test_without_time_nothing_is_claimed() -> None:
    assert told(accounts(_30201="100.02", _30202="99.98"), TOTALS[:2], seconds=1e-9) == []
