"""The interval test, against the worked figures of published accounts and against brute force."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_checks.options import ProfileName
from gongkai_checks.rounding import Verdict, bounds, chance, interval, judge

GRAIN, HALF = 10_000, 5_000  # 0.01 万元 in 分


def verdict(total: int, *parts: int, profile: ProfileName = "half_up", exact: bool = False) -> Verdict:
    """Judge a total against its parts, all given in hundredths of 万元."""
    terms = [(1, total * GRAIN, HALF), *((-1, part * GRAIN, HALF) for part in parts)]
    low, high = bounds(terms, profile, exact)
    return judge((total - sum(parts)) * GRAIN, low, high, len(terms), GRAIN)


def test_published_total_of_three_parts_may_miss_by_a_step() -> None:
    # 江汉区 2024: 14.72 + 624.54 + 27.73 = 666.99, printed 667.00
    assert verdict(66700, 1472, 62454, 2773) is Verdict.ROUNDING


def test_copy_that_is_off_by_a_step_sits_on_the_boundary() -> None:
    # 青山区 2024: 716.87 against its only part 716.88
    assert verdict(71687, 71688) is Verdict.BOUNDARY


def test_copy_that_is_off_by_two_steps_is_wrong() -> None:
    assert verdict(71686, 71688) is Verdict.VIOLATED


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (0, Verdict.HOLDS),
        (1, Verdict.ROUNDING),
        (2, Verdict.BOUNDARY),
        (-2, Verdict.BOUNDARY),
        (3, Verdict.VIOLATED),
        (-3, Verdict.VIOLATED),
    ],
)
def test_four_figures_leave_two_steps(steps: int, expected: Verdict) -> None:
    assert verdict(600 + steps, 100, 200, 300) is expected


def test_balance_printed_as_equal_has_no_tolerance() -> None:
    assert verdict(66700, 66700, exact=True) is Verdict.HOLDS
    assert verdict(66701, 66700, exact=True) is Verdict.VIOLATED


def test_long_sum_that_is_right_but_improbable_is_told() -> None:
    # 17 figures: 3.3 standard deviations are 3.93 steps, the interval is 8.5 steps
    assert verdict(1603, *[100] * 16) is Verdict.ROUNDING
    assert verdict(1604, *[100] * 16) is Verdict.IMPROBABLE
    assert verdict(1609, *[100] * 16) is Verdict.VIOLATED


@pytest.mark.parametrize(("printed", "most"), [(7, 2), (9, 2), (12, 3), (17, 3), (48, 6), (1200, 33)])
def test_improbable_begins_beyond_three_and_a_third_standard_deviations(printed: int, most: int) -> None:
    """sqrt(k / 12) is the standard deviation: 3.3 of them are 2.52, 2.86, 3.3, 3.93, 6.6 and exactly 33 steps."""
    parts = [100] * (printed - 1)
    for sign in (1, -1):
        assert verdict(sum(parts) + sign * most, *parts) is Verdict.ROUNDING
        assert verdict(sum(parts) + sign * (most + 1), *parts) is Verdict.IMPROBABLE


def test_figures_that_are_cut_off_are_held_against_what_is_usual_for_them() -> None:
    """Sixteen parts lose 7.5 steps on average: the total that is 7 more is the usual one, 13 more is not, nor is 1 less than nothing lost."""
    parts = [100] * 16
    assert verdict(1607, *parts, profile="truncate") is Verdict.ROUNDING
    assert verdict(1611, *parts, profile="truncate") is Verdict.ROUNDING
    assert verdict(1613, *parts, profile="truncate") is Verdict.IMPROBABLE
    # amounts that were whole hundredths lose nothing
    assert verdict(1601, *parts, profile="truncate") is Verdict.ROUNDING


def likelihood(steps: int, parts: int) -> Fraction:
    terms = [(1, 0, HALF)] * (parts + 1)
    low, high = bounds(terms, "half_up", False)
    return chance(steps * GRAIN, low, high, parts + 1, GRAIN)


def test_the_chance_of_a_difference_is_that_of_the_parts_errors() -> None:
    """Two parts: their errors add up to a triangle, and beyond half a step lies a quarter of it. Counted out on a grid for more."""
    assert likelihood(1, 2) == Fraction(1, 4)
    assert likelihood(0, 5) == 1
    assert likelihood(3, 5) == 0
    grid = [Fraction(2 * i + 1, 60) - Fraction(1, 2) for i in range(30)]
    for steps in (1, 2):
        counted = Fraction(
            sum(abs(sum(errors, Fraction())) > steps - Fraction(1, 2) for errors in itertools.product(grid, repeat=3)),
            30**3,
        )
        assert abs(likelihood(steps, 3) - counted) < Fraction(1, 100)


def test_short_sum_is_not_held_against_chance() -> None:
    # 5 figures: 2 of 2.5 steps
    assert verdict(402, *[100] * 4) is Verdict.ROUNDING


def test_truncated_figures_lean_one_way() -> None:
    # parts cut off lose up to a step each; a total cannot fall short of the parts by a step
    assert verdict(602, 100, 200, 300, profile="truncate") is Verdict.ROUNDING
    assert verdict(603, 100, 200, 300, profile="truncate") is Verdict.BOUNDARY
    assert verdict(604, 100, 200, 300, profile="truncate") is Verdict.VIOLATED
    assert verdict(599, 100, 200, 300, profile="truncate") is Verdict.BOUNDARY
    assert verdict(598, 100, 200, 300, profile="truncate") is Verdict.VIOLATED


def test_balanced_figures_leave_nothing() -> None:
    assert verdict(600, 100, 200, 300, profile="balanced") is Verdict.HOLDS
    assert verdict(601, 100, 200, 300, profile="balanced") is Verdict.VIOLATED


def test_negative_figures_are_cut_towards_zero() -> None:
    assert interval(-100, HALF, "truncate") == (-2 * HALF, 0)
    assert interval(100, HALF, "truncate") == (0, 2 * HALF)


@pytest.mark.parametrize(("over", "expected"), [(0, Verdict.HOLDS), (1, Verdict.ROUNDING), (2, Verdict.VIOLATED)])
def test_inequality_allows_what_rounding_explains(over: int, expected: Verdict) -> None:
    low, high = bounds([(1, (100 + over) * GRAIN, HALF), (-1, 100 * GRAIN, HALF)], "half_up", False)
    assert judge(over * GRAIN, low, high, 2, GRAIN, inequality=True) is expected


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4), st.integers(-3, 3))
def test_sum_is_possible_exactly_when_some_true_amounts_round_to_it(parts: list[int], off: int) -> None:
    """Brute force: true amounts on a grid of a tenth of a step, ends of the intervals included."""
    total = sum(parts) + off
    possible = any(
        total * 10 - 5 <= sum(true) <= total * 10 + 5
        for true in itertools.product(*[(part * 10 - 5, part * 10, part * 10 + 5) for part in parts])
    ) or any(
        total * 10 - 5 <= sum(part * 10 for part in parts) + shift <= total * 10 + 5
        for shift in range(-5 * len(parts), 5 * len(parts) + 1)
    )
    assert (verdict(total, *parts) is not Verdict.VIOLATED) is possible
