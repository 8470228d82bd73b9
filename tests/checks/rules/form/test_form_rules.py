"""The entries of the schema's rules: complete, and one for everything that a table must have."""

from __future__ import annotations

import pytest

from gongkai_checks.finding import Severity
from gongkai_checks.rule import RuleError
from gongkai_checks.rules.form import RULES
from gongkai_checks.schemas.rule import SchemaRule

BY_CODE = {rule.code: rule for rule in RULES}


def test_severities() -> None:
    by_severity = {
        severity: {code for code, rule in BY_CODE.items() if rule.severity is severity} for severity in Severity
    }
    assert by_severity[Severity.INFO] == {"FM004", "FM006", "FM007", "FM008"}
    columns = {f"FM{digit}02" for digit in "123456789"}
    assert by_severity[Severity.WARNING] == {"FM005", *(f"FM{digit}03" for digit in "1234569")} | columns
    codes = {f"FM{digit}01" for digit in "235678"}
    assert by_severity[Severity.ERROR] == {"FM001", "FM002", "FM003"} | codes


def test_only_the_rule_with_a_fix_says_whether_it_is_safe() -> None:
    assert [code for code, rule in BY_CODE.items() if rule.fix_safety] == ["FM004"]


@pytest.mark.parametrize("wrong", [{"code": "FM1"}, {"name": "Not Kebab"}, {"basis": ""}, {"title": ""}])
def test_ill_formed_entry_is_refused(wrong: dict[str, str]) -> None:
    fields = {
        "code": "FM999",
        "name": "fault",
        "title": "题",
        "why": "因",
        "example": "例",
        "remedy": "改",
        "basis": "据",
    }
    SchemaRule(severity=Severity.INFO, **fields)
    with pytest.raises(RuleError):
        SchemaRule(severity=Severity.INFO, **(fields | wrong))
