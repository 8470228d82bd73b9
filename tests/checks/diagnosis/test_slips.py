"""Recognised slips, in hundredths of 万元."""

from __future__ import annotations

import pytest

from gongkai_checks.diagnosis import slips


@pytest.mark.parametrize(
    ("found", "true", "slip"),
    [
        (67600, 66700, slips.TRANSPOSITION),
        (1427, 1472, slips.TRANSPOSITION),
        (1492, 1472, slips.ONE_DIGIT),
        (106651, 1066151, slips.OMITTED_DIGIT),  # published: 10,661.51 printed as 1,066.51
        (32630, 32693, slips.OMITTED_DIGIT),  # 326.93 without its 9 is 326.3
        (17010, 1701, slips.POWER),
        (170, 1701, slips.POWER),
        (2490, 2, ""),  # 24.90 has nothing of 0.02 in it
        (2490, 249, slips.POWER),
        (14_720_000, 1472, slips.TEN_THOUSAND),
        (-1472, 1472, slips.SIGN),
        (1472, 1472, ""),
        (2944, 1472, ""),
        (0, 1472, ""),
        (1472, 0, ""),
    ],
)
def test_slips(found: int, true: int, slip: str) -> None:
    assert slips.recognise(found * 10_000, true * 10_000, 10_000).name == slip


def test_a_slip_is_the_likelier_the_fewer_others_there_are() -> None:
    """A sign can be turned in one way, a digit changed in many; and what is no slip may be any figure."""
    found, grain = 14_720_000, 10_000
    trues = (-14_720_000, 17_420_000, 14_920_000, 35_010_000)
    costs = [slips.cost(slips.recognise(found, true, grain), found, true, grain) for true in trues]
    assert costs == sorted(costs) and len(set(costs)) == len(costs)
