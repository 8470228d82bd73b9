"""One run: a rule that fails takes nothing with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gongkai_checks.finding import Finding, Severity
from gongkai_checks.options import Options
from gongkai_checks.registry import load_registry
from gongkai_checks.rule import rule
from gongkai_checks.run import check
from gongkai_workbooks.disclosure import Table

from .tables import clean


@rule("ZZ901", "fails-half-way", Severity.WARNING)
def fails_half_way(sheet01: Table) -> Iterator[Finding]:
    """先报告一处，然后出错

    为什么: 例。
    示例: 例。
    如何修改: 例。
    依据: 例。
    """
    yield Finding(message="先报告的一处", table="01", cell=sheet01.title_cell)
    raise ValueError("half way")


def test_what_a_failing_rule_found_stands_and_its_failure_is_said() -> None:
    registry = load_registry(plugins=False)
    registry = replace(registry, rules=(*registry.rules, fails_half_way))
    [result] = check([clean()], registry, Options())
    assert [finding.message for finding in result.findings if finding.code == "ZZ901"] == ["先报告的一处"]
    [failure] = [skipped for skipped in result.not_checked if skipped.code == "WB901"]
    assert "ZZ901" in failure.reason
    # Who uses the program is told what to do, who wrote the rule what happened.
    assert "请升级提供它的插件" in failure.reason
    assert "half way" not in failure.reason
    assert failure.detail == "ValueError: half way"
