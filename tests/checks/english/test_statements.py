"""Each rule in one English sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from gongkai_checks.described import Described
from gongkai_checks.english import cure, english, formula, safety, statement, why
from gongkai_checks.equations import S06, CrossFoot, Equation
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.registry import load_registry
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Table

RULES = load_registry(plugins=False).rules
# The few Chinese words that English texts keep: what is to be written into a workbook, labels behind their translation.
KEPT = re.compile(r"万元|单位：|元\.|三公|\([^ ()]+\)")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_built_in_rule_says_in_english_what_it_finds_and_what_to_do(rule: Described) -> None:
    for text in (statement(rule), cure(rule)):
        assert len(text.split()) > 3, rule.code
        assert not HAN.search(KEPT.sub("", text)), text


@pytest.mark.parametrize("equation", [r for r in RULES if isinstance(r, Equation)], ids=lambda rule: rule.code)
def test_a_built_in_equation_has_its_claim_and_its_reason_in_english(equation: Equation) -> None:
    assert english(equation.claim)
    assert why(equation)


@pytest.mark.parametrize("rule", [r for r in RULES if r.fix_safety], ids=lambda rule: rule.code)
def test_how_safe_a_correction_is_is_said_in_english(rule: Described) -> None:
    assert len(safety(rule).split()) > 3
    assert not HAN.search(safety(rule))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("XF101", "'Total income this year' of sheet 01 is not the sum of the kinds of income"),
        ("TO109", "each class of sheet 01 differs from the same class in sheet 03"),
        ("TO502", "'Basic expenditure' of each line of sheet 05 exceeds the same code in sheet 03"),
        ("FM302", "Sheet 03 lacks a column of the form"),
    ],
)
def test_statements(code: str, words: str) -> None:
    assert statement(next(rule for rule in RULES if rule.code == code)) == words


def test_the_statement_of_a_foreign_equation_comes_from_its_terms() -> None:
    union = CrossFoot(
        "MC601",
        "union-fees-exceed-wages",
        "工会经费大于工资",
        left=S06["30228"],
        right=S06["301"] + S06["302"],
        relation="<=",
        claim="大于工资",
        basis="某市规定",
    )
    assert statement(union) == "30228 of sheet 06 exceeds 301 of sheet 06 + 302 of sheet 06"
    assert formula(union) == "30228 of sheet 06 ≤ 301 of sheet 06 + 302 of sheet 06"


@rule("MC901", "car-bought", Severity.WARNING)
def car_bought(sheet09: Table) -> Iterator[Finding | NotChecked]:
    """公开09列有公务用车购置费

    为什么: 本市当年不批准购置公务用车。
    示例: 18.00。
    如何修改: 附批准文件。
    依据: 某市公务用车管理办法
    English: A car was bought
        this year
    What to do: Add the permission.
    """
    yield Finding(message=sheet09.number)


def test_a_plugin_may_say_it_in_english() -> None:
    assert (statement(car_bought), cure(car_bought)) == ("A car was bought this year", "Add the permission.")
    assert car_bought.basis == "某市公务用车管理办法"


@rule("MC902", "another", Severity.WARNING)
def another(sheet09: Table) -> Iterator[Finding | NotChecked]:
    """另一条

    为什么: 无。
    示例: 无。
    如何修改: 无。
    依据: 无
    """
    yield Finding(message=sheet09.number)


def test_a_plugin_need_not() -> None:
    assert (statement(another), cure(another)) == ("", "")
