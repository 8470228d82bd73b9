"""Every error comes with proofs that anybody can add up; and some errors show only when all relations are held together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai_checks.finding import Finding, Proof
from gongkai_checks.options import Options
from gongkai_checks.run import check
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate
from tests.synthetic import Shape, make_accounts, to_grids

from .published import REGISTRY, findings, published

HUNDREDTH = 10_000


def printed(disclosure: Disclosure) -> dict[CellRef, int]:
    """Every printed amount by cell, in hundredths of 万元."""
    return {
        amount.cell: amount.fen // HUNDREDTH
        for table in disclosure.tables.values()
        for amount in table.amounts.values()
        if amount.cell
    }


def is_proof(proof: Proof, amounts: dict[CellRef, int]) -> bool:
    """Add it up by hand: each figure may be off by half a hundredth, as often as it does not cancel out."""
    net: dict[CellRef, int] = {}
    for claim in proof.claims:
        for sign, cell in claim.terms:
            net[cell] = net.get(cell, 0) + claim.weight * sign
    difference = sum(count * amounts[cell] for cell, count in net.items())
    allowed = Decimal(sum(abs(count) for count in net.values())) / 2
    assert Decimal(proof.difference) * 100 == difference
    assert Decimal(proof.tolerance) * 100 == allowed or Decimal(proof.tolerance) == 0
    return abs(difference) > allowed


@pytest.mark.parametrize(
    "changes",
    [
        {"t03__合计__本年支出合计": "676.00"},
        {"t05__2101399__项目支出": "55.18"},
        {"t06__30101__决算数": "35.00"},
        {"t03__2210202__基本支出": "", "t03__2210202__项目支出": "3.19"},
        {"t02__21011__本年收入合计": "16.41", "t03__2210201__基本支出": "170.10"},
    ],
)
def test_the_proofs_of_an_error_add_up(changes: dict[str, str]) -> None:
    disclosure = published(**changes)
    amounts = printed(disclosure)
    told = findings(disclosure)
    assert told and all(finding.proofs for finding in told)
    assert all(is_proof(proof, amounts) for finding in told for proof in finding.proofs)


def together(disclosure: Disclosure) -> list[Finding]:
    [result] = check([disclosure], REGISTRY, Options(joint=True))
    return [finding for finding in result.findings if finding.code == "DX008"]


def test_published_accounts_hold_together() -> None:
    assert together(published()) == []


def test_steps_within_the_tolerance_that_contradict_each_other() -> None:
    """One amount a hundredth off: no relation fails, but some of these cannot be right, and the proof says so."""
    found = 0
    for seed in (0, 1):
        grids = to_grids(make_accounts(Shape(seed=seed, items=8, amount_unit="万元")))
        disclosure = locate(grids, load_layout(), path="synthetic")
        assert together(disclosure) == []
        table = disclosure.tables["05"]
        for key in [key for key in table.amounts if key[1] == "项目支出"][:8]:
            right = table.amounts[key]
            table.amounts[key] = right._replace(fen=right.fen - HUNDREDTH)
            if not any(finding.severity and finding.severity.word == "error" for finding in findings(disclosure)):
                for finding in together(disclosure):
                    found += 1
                    assert finding.severity and finding.severity.word == "warning"
                    assert "不可能同时成立" in finding.message
                    assert (right.cell,) in finding.candidates
                    assert all(is_proof(proof, printed(disclosure)) for proof in finding.proofs)
            table.amounts[key] = right
    assert found >= 2


def test_without_time_the_plain_differences_are_told() -> None:
    disclosure = published(t03__合计__本年支出合计="676.00")
    [result] = check([disclosure], REGISTRY, Options(seconds=1e-9))
    told = [f for f in result.findings if f.severity and f.severity.word == "error"]
    assert {finding.code for finding in told} == {"XF301", "XF304", "TO108"}
    assert all("未能定位" in finding.message for finding in told)
    assert all(finding.fix and not finding.fix.edits for finding in told)
