from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gongkai_checks.lint.elimination import dependencies, follows, rank

matrices = st.lists(
    st.dictionaries(st.integers(0, 5), st.integers(-3, 3).filter(bool), max_size=4), min_size=1, max_size=7
)


def rank_by_fractions(rows: list[dict[int, int]]) -> int:
    """The textbook way: full columns, fractions."""
    table = [[Fraction(row.get(column, 0)) for column in range(6)] for row in rows]
    found = 0
    for column in range(6):
        pivot = next((row for row in table[found:] if row[column]), None)
        if pivot is None:
            continue
        table.remove(pivot)
        table.insert(found, pivot)
        for row in table[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [value - factor * other for value, other in zip(row, pivot, strict=True)]
        found += 1
    return found


@given(matrices)
def test_combinations_come_to_nothing_and_are_all_there_are(rows: list[dict[int, int]]) -> None:
    found = dependencies(rows)
    assert len(rows) - len(found) == rank_by_fractions(rows) == rank(rows)
    for last, combination in found.items():
        assert max(combination) == last and all(combination.values())
        for column in range(6):
            assert sum(factor * rows[number].get(column, 0) for number, factor in combination.items()) == 0


def test_a_row_that_takes_fractions_follows() -> None:
    # 2a + 3b and 3a + 2b give a + b, one fifth of each; they do not give c.
    others = [{0: 2, 1: 3}, {0: 3, 1: 2}]
    assert follows({0: 1, 1: 1}, others)
    assert not follows({0: 1, 2: 1}, others)


def test_a_row_left_out_keeps_its_number() -> None:
    assert set(dependencies([{0: 1}, None, {0: -2}])) == {2}
    assert dependencies([{0: 1}, None, {0: -2}])[2] == {0: 2, 2: 1}
