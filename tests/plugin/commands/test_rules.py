from __future__ import annotations

import json

from gongkai_checks.registry import load_registry
from tests.plugin.conftest import Program


def test_every_rule_is_listed_in_order(gongkai: Program) -> None:
    done = gongkai("rules")
    assert done.code == 0
    codes = [line.split()[0] for line in done.out.splitlines()]
    assert codes == sorted(rule.code for rule in load_registry().rules)
    assert f"共 {len(codes)} 条规则" in done.err
    assert gongkai("rules", "-q").err == ""


def test_json_has_all_that_is_known(gongkai: Program) -> None:
    rules = json.loads(gongkai("rules", "--output-format", "json").out)
    (rule,) = (rule for rule in rules if rule["code"] == "XF301")
    assert list(rule) == ["code", "name", "severity", "title", "why", "example", "remedy", "basis", "fix_safety"]
    assert rule["severity"] == "error"
    assert all(rule[key] for key in ("name", "title", "why", "example", "remedy", "basis"))


def test_markdown_is_one_table(gongkai: Program) -> None:
    lines = gongkai("rules", "--output-format", "md").out.splitlines()
    assert lines[0] == "| 代码 | 名称 | 级别 | 规则 | 依据 |"
    assert len(lines) == len(load_registry().rules) + 2
    assert all(line.replace("\\|", "").count("|") == 6 for line in lines)
