from __future__ import annotations

import pytest

from gongkai_checks.registry import load_registry
from tests.plugin.conftest import Program


@pytest.mark.parametrize("asked", ["XF301", "xf301", " total-of-sheet-03-differs-from-its-classes"])
def test_a_rule_is_explained_by_code_or_name(gongkai: Program, asked: str) -> None:
    rule = load_registry().by_code["XF301"]
    done = gongkai("rule", asked)
    assert done.code == 0
    for text in (rule.code, rule.name, rule.title, rule.why, rule.example, rule.remedy, rule.basis):
        assert text in done.out
    assert "✖ 错误" in done.out


def test_an_unknown_code_names_what_is_near(gongkai: Program) -> None:
    done = gongkai("rule", "XF3O1")
    assert (done.code, done.out) == (2, "")
    assert "没有规则“XF3O1”" in done.err
    assert "XF301" in done.err


def test_headings_in_english(gongkai: Program) -> None:
    out = gongkai("rule", "XF301", "--language", "en").out
    assert "why: " in out
    assert "✖ error" in out
