from __future__ import annotations

from math import inf

import pytest

from gongkai_checks.lint.linear_program import LinearProgram, UnsolvedError


def test_the_cheapest_way_and_no_way() -> None:
    # a + b is 2, and a costs more.
    program = LinearProgram([3, 1], [{0: 1, 1: 1}])
    program.bound_rows([(2.0, 2.0)])
    assert program.solve() == [0.0, 2.0]
    program.bound_columns([inf, 0.5])
    assert program.solve() == [1.5, 0.5]
    program.bound_columns([1.0, 0.5])
    assert program.solve() is None


def test_without_bounds_every_row_is_zero() -> None:
    program = LinearProgram([-1, 0], [{0: 1, 1: -1}, {0: 1}])
    assert program.solve() == [0.0, 0.0]


def test_what_has_no_answer_is_said() -> None:
    with pytest.raises(UnsolvedError, match="没有求出结果"):
        LinearProgram([-1, 0], [{0: 1, 1: -1}]).solve()
