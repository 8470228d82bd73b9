"""--select and --ignore."""

from __future__ import annotations

import pytest

from gongkai_checks.options import Options
from gongkai_checks.selection import selected


@pytest.mark.parametrize(
    ("select", "ignore", "wanted", "unwanted"),
    [
        ((), (), ["XF301", "TO101"], []),
        (("TO",), (), ["TO101"], ["XF301"]),
        (("XF3",), (), ["XF301"], ["XF401", "TO301"]),
        ((), ("TO",), ["XF301"], ["TO101"]),
        (("TO",), ("TO1",), ["TO201"], ["TO101", "XF101"]),
        (("TO101",), ("TO",), ["TO101"], ["TO102"]),
        (("XF", "TO101"), ("TO",), ["XF101", "TO101"], ["TO102"]),
    ],
)
def test_longest_match_wins(
    select: tuple[str, ...], ignore: tuple[str, ...], wanted: list[str], unwanted: list[str]
) -> None:
    options = Options(select=select, ignore=ignore)
    assert [code for code in wanted if not selected(code, options)] == []
    assert [code for code in unwanted if selected(code, options)] == []
