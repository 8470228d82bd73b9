from __future__ import annotations

from gongkai_checks.lint.certificate import Certificate, Certifier
from gongkai_checks.lint.rows import Row

A, B, C = range(3)


def multipliers(certificate: Certificate | None) -> dict[int, str] | None:
    return None if certificate is None else {number: str(multiplier) for number, multiplier in certificate.items()}


def certifier(*rows: tuple[dict[int, int], bool], blank: frozenset[int] = frozenset()) -> Certifier:
    return Certifier([Row(f"XX{n:03}", row, bound, True) for n, (row, bound) in enumerate(rows)], 3, blank)


def test_an_equation_follows_from_two() -> None:
    # a = b and b = c: a = c.
    asked = certifier(({A: 1, B: -1}, False), ({B: 1, C: -1}, False))
    assert multipliers(asked.certify({A: 1, C: -1}, False, frozenset({0, 1}))) == {0: "1", 1: "1"}
    assert multipliers(asked.certify({C: 1, A: -1}, False, frozenset({0, 1}))) == {0: "-1", 1: "-1"}
    assert multipliers(asked.certify({A: 1, C: -1}, False, frozenset({0}))) is None


def test_multipliers_may_be_fractions() -> None:
    # 2a + 3b = 0 and 3a + 2b = 0: a + b = 0.
    asked = certifier(({A: 2, B: 3}, False), ({A: 3, B: 2}, False))
    assert multipliers(asked.certify({A: 1, B: 1}, False, frozenset({0, 1}))) == {0: "1/5", 1: "1/5"}


def test_a_bound_follows_because_no_amount_is_negative() -> None:
    # a = b + c: b is at most a, but a need not be at most b.
    asked = certifier(({A: 1, B: -1, C: -1}, False))
    assert multipliers(asked.certify({B: 1, A: -1}, True, frozenset({0}))) == {0: "-1"}
    assert multipliers(asked.certify({A: 1, B: -1}, True, frozenset({0}))) is None
    # Without any c it must.
    asked = certifier(({A: 1, B: -1, C: -1}, False), blank=frozenset({C}))
    assert multipliers(asked.certify({A: 1, B: -1}, True, frozenset({0}))) == {0: "1"}


def test_a_bound_cannot_be_turned_round_and_gives_no_equation() -> None:
    asked = certifier(({A: 1, B: -1}, True), ({B: 1, C: -1}, True))
    assert multipliers(asked.certify({A: 1, C: -1}, True, frozenset({0, 1}))) == {0: "1", 1: "1"}
    assert multipliers(asked.certify({C: 1, A: -1}, True, frozenset({0, 1}))) is None
    assert multipliers(asked.certify({A: 1, C: -1}, False, frozenset({0, 1}))) is None


def test_what_is_true_of_itself_needs_nothing() -> None:
    assert certifier(({A: 1, B: -1}, False)).certify({C: -1}, True, frozenset()) == {}
