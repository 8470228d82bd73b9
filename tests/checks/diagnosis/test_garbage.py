"""Accounts of which a good part is nonsense: everything failing is told, nothing crashes, nothing is called proven that is not."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gongkai_checks.finding import Finding, Safety
from gongkai_checks.options import Options
from gongkai_checks.run import check
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.table_amounts import TableAmounts

from .published import REGISTRY, published

ENORMOUS = 10**18


def garbled(rng: random.Random, share: float) -> Disclosure:
    """The published figures with a share of the amounts and a few lines spoiled."""
    disclosure = published()
    for number, table in disclosure.tables.items():
        amounts = dict(table.amounts)
        for key in list(amounts):
            if rng.random() < share:
                right = amounts[key]
                wrong = rng.choice([0, ENORMOUS, -right.fen, right.fen + rng.randrange(-(10**5), 10**5) * 10_000])
                amounts[key] = right._replace(fen=wrong)
                if rng.random() < 0.2:
                    del amounts[key]
        gone = {item for item in table.items if rng.random() < share / 10}
        items = {key: item for key, item in table.items.items() if key not in gone}
        left = {key: amount for key, amount in amounts.items() if key[0] not in gone}
        disclosure.tables[number] = replace(table, items=items, amounts=TableAmounts.of(left))
    return disclosure


def consequences(finding: Finding) -> set[str]:
    return {finding.code}.union(*(consequences(each) for each in finding.explained))


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 1.0])
def test_nothing_is_lost_and_nothing_crashes(share: float) -> None:
    rng = random.Random(f"garbage {share}")
    for _ in range(8):
        disclosure = garbled(rng, share)
        [explained] = check([disclosure], REGISTRY, Options(seconds=0.5))
        [plain] = check([disclosure], REGISTRY, Options(seconds=1e-9))
        assert not [skipped for skipped in explained.not_checked if skipped.code == "WB901"]
        broken = {
            finding.code
            for finding in plain.findings
            if finding.severity and finding.severity.word == "error" and finding.code[:2] in ("XF", "TO", "CO")
        }
        told = set().union(*(consequences(finding) for finding in explained.findings))
        assert broken <= told
        for finding in explained.findings:
            if finding.fix and finding.fix.safety is Safety.SAFE and finding.fix.edits:
                assert finding.proofs
