"""A report with what the rules say in English; what stands in the workbook, labels and names, stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from gongkai_checks.described import Described
from gongkai_checks.english import cure, cure_of, english, statement
from gongkai_checks.finding import Finding, NotChecked
from gongkai_workbooks.english import english as of_errors

from .report import CellChange, Correction, FileReport, NotChanged

Rules = Mapping[str, Described]


def in_english(report: FileReport, rules: Rules) -> FileReport:
    """The report for a reader of English. ``rules`` are those that were applied, by code.

    A message that no known phrase makes up, as a plugin's may be, is preceded by the rule's English statement, or stays as it is.
    """
    correction = report.correction
    return replace(
        report,
        findings=tuple(finding_in_english(finding, rules) for finding in report.findings),
        not_checked=tuple(_not_checked(skipped) for skipped in report.not_checked),
        correction=_correction(correction, rules) if correction is not None else None,
    )


def finding_in_english(finding: Finding, rules: Rules) -> Finding:
    """A finding with its message, what it compares, its cure and its fix in English, as far as they are known."""
    rule = rules.get(finding.code)
    message = english(finding.message)
    if message is None:
        said = statement(rule) if rule is not None else ""
        message = f"{said}: {finding.message}" if said else finding.message
    advice = _cure(finding, rule)
    fix = finding.fix
    if fix is not None:
        title = advice if fix.title == finding.help else _said(fix.title)
        fix = replace(fix, title=title, reason=_said(fix.reason))
    return replace(
        finding,
        message=message,
        expected=_said(finding.expected),
        found=_said(finding.found),
        help=advice if advice == finding.help else _with_proposal(advice, fix.title if fix is not None else ""),
        fix=fix,
    )


def _with_proposal(advice: str, proposal: str) -> str:
    """What to do in one sentence, the proposal in it where it says something else."""
    parts = [part.rstrip(".。") for part in (advice, proposal if proposal not in advice else "") if part]
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _cure(finding: Finding, rule: Described | None) -> str:
    usual = cure_of("", finding.help) or english(finding.help)
    if usual:
        return usual
    if rule is not None and finding.help == rule.remedy:
        return cure(rule) or finding.help
    return finding.help


def _said(text: str) -> str:
    return english(text) or of_errors(text) or text


def _not_checked(skipped: NotChecked) -> NotChecked:
    return replace(skipped, reason=_said(skipped.reason))


def _correction(correction: Correction, rules: Rules) -> Correction:
    of = partial(finding_in_english, rules=rules)
    changes = tuple(_change(change, rules) for change in correction.changes)
    left = tuple(NotChanged(finding=of(one.finding), reason=_said(one.reason)) for one in correction.not_changed)
    return replace(correction, changes=changes, not_changed=left)


def _change(change: CellChange, rules: Rules) -> CellChange:
    return replace(change, finding=finding_in_english(change.finding, rules))
