"""What the project promises of itself: rules, hooks and pages that agree with the code."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from gongkai.rule_pages import pages, sections, write_pages
from gongkai_checks import hookspecs, rules
from gongkai_checks.described import Described
from gongkai_checks.equations import Equation
from gongkai_checks.registry import load_registry
from gongkai_checks.rule import CODE, NAME, Rule

ROOT = Path(__file__).parents[1]
PACKAGES = (ROOT / "workbooks" / "gongkai_workbooks", ROOT / "checks" / "gongkai_checks", ROOT / "plugin" / "gongkai")
PAGES = ROOT / "docs" / "rules"
MOST_LINES = 400

RULES: tuple[Described, ...] = tuple(rules.gongkai_rules())
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_every_built_in_rule_is_loaded() -> None:
    registry = load_registry(plugins=False)
    assert registry.problems == ()
    assert {rule.code for rule in registry.rules} == {rule.code for rule in RULES}


def test_codes_and_names_are_given_once() -> None:
    for what, given in (("code", [rule.code for rule in RULES]), ("name", [rule.name for rule in RULES])):
        assert [(what, text) for text, count in Counter(given).items() if count > 1] == []


@every_rule
def test_a_rule_has_a_code_a_name_and_every_section(rule: Described) -> None:
    assert CODE.fullmatch(rule.code)
    assert NAME.fullmatch(rule.name)
    texts = {"title": rule.title, **sections(rule)}
    assert [heading for heading, text in texts.items() if not text.strip()] == []
    if isinstance(rule, Equation):
        assert rule.formula.count("＝") + rule.formula.count("≤") == 1


def test_a_rule_that_corrects_says_how_safe_that_is() -> None:
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "tests/golden/reports").glob("*.json")]
    correcting = {finding["code"] for report in reports for finding in report if finding["fix"] in ("safe", "unsafe")}
    assert correcting
    assert {rule.code for rule in RULES if rule.code in correcting and not rule.fix_safety} == set()


def test_the_pages_of_the_rules_are_fresh(update_golden: bool) -> None:
    registry = load_registry(plugins=False)
    if update_golden:
        write_pages(registry.rules, PAGES)
    kept = {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}
    fresh = pages(registry.rules)
    stale = sorted(name for name in kept.keys() | fresh.keys() if kept.get(name) != fresh.get(name))
    assert stale == [], "run: python -m gongkai rules --output-format md --output-dir docs/rules"


def test_every_rule_file_has_a_test_of_the_same_stem() -> None:
    missing = []
    for rule in RULES:
        if isinstance(rule, Rule):
            *folders, stem = rule.check.__module__.removeprefix("gongkai_checks.").split(".")
            test = Path("tests", "checks", *folders, f"test_{stem}.py")
            if not (ROOT / test).is_file():
                missing.append(f"{rule.code}: {test.as_posix()}")
    assert missing == []


def hooks() -> list[str]:
    return [name for name, value in vars(hookspecs).items() if hasattr(value, "gongkai_spec")]


def test_every_hook_is_documented() -> None:
    assert hooks() == ["gongkai_rules", "gongkai_layouts"]
    guide = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for hook in hooks():
        assert (getattr(hookspecs, hook).__doc__ or "").strip(), hook
        assert f"`{hook}`" in guide, hook


def test_no_file_of_the_packages_is_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for package in PACKAGES
        for path in package.rglob("*.py")
    }
    assert len(lengths) > 100
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}
