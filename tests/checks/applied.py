"""One rule applied to one disclosure, as the run does it."""

from __future__ import annotations

from gongkai_checks.dictionary import Dictionary, load_dictionary
from gongkai_checks.finding import Finding, NotChecked
from gongkai_checks.options import Options
from gongkai_checks.rule import Rule
from gongkai_workbooks.disclosure import Disclosure


def results(rule: Rule, disclosure: Disclosure, dictionary: Dictionary | None = None) -> list[Finding | NotChecked]:
    """All that the rule yields."""
    given = {"disclosure": disclosure, "options": Options(), "dictionary": dictionary or load_dictionary(None)}
    tables = {f"sheet{number}": table for number, table in disclosure.tables.items()}
    return list(rule.check(**{name: {**given, **tables}[name] for name in rule.arguments}))


def findings(rule: Rule, disclosure: Disclosure, dictionary: Dictionary | None = None) -> list[Finding]:
    """What the rule finds; it must have been applicable."""
    everything = results(rule, disclosure, dictionary)
    skipped = [result for result in everything if isinstance(result, NotChecked)]
    assert not skipped, skipped
    return [result for result in everything if isinstance(result, Finding)]


def cells(rule: Rule, disclosure: Disclosure, dictionary: Dictionary | None = None) -> list[str]:
    """The addresses of what the rule finds."""
    return [str(finding.cell) for finding in findings(rule, disclosure, dictionary)]


def reasons(rule: Rule, disclosure: Disclosure, dictionary: Dictionary | None = None) -> list[str]:
    """Why the rule was not applicable; it must have found nothing."""
    everything = results(rule, disclosure, dictionary)
    assert not [result for result in everything if isinstance(result, Finding)]
    return [result.reason for result in everything if isinstance(result, NotChecked)]
