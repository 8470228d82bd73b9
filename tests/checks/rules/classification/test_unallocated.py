"""项 99 of 款 99."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.classification.unallocated import is_unallocated


@pytest.mark.parametrize(
    ("code", "length", "expected"),
    [("2089999", 5, True), ("2089999", 3, False), ("2080599", 5, False), ("2089901", 5, False), ("20899", 5, False)],
)
def test_only_the_double_99(code: str, length: int, expected: bool) -> None:
    assert is_unallocated(code, length) is expected
