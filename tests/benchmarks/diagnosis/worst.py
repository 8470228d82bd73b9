"""The cases that went wrong, one by one: what was wrong, and what was said instead."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Finding, Severity
from gongkai_workbooks.amounts import format_fen

from .case import Case
from .injection import Injection
from .outcome import AMONG, FIRST, MISSED, NOWHERE, UNDETECTABLE, VALUE, WRONG

_ORDER = WRONG + MISSED + NOWHERE + AMONG + VALUE + FIRST
_MOST_CELLS, _MOST_FINDINGS = 6, 6


def worst(cases: Sequence[Case], most: int, *, every: bool = False) -> str:
    """A list of the cases that missed their cause, the gravest first; ``every`` lists those that went well, too.

    Cases whose right amount was not found are listed after those whose cell was not.
    """
    chosen = [case for case in cases if every or _missed(case)]
    chosen.sort(key=lambda case: _ORDER.find(case.outcome.letter) % 10)
    return "\n\n".join(_told(case) for case in chosen[:most]) or "no case went wrong"


def _missed(case: Case) -> bool:
    outcome = case.outcome
    if outcome.letter == UNDETECTABLE:
        return False
    single = case.injection.single or case.injection.independent
    return outcome.letter in _ORDER and (outcome.letter != FIRST or single)


def _told(case: Case) -> str:
    outcome = case.outcome
    notes = [f"({name})" for name in ("ambiguous", "among") if getattr(outcome, name)]
    head = f"[{outcome.letter}] {case.kind} --case {case.number}: {case.injection.original.name}"
    lines = [f"{' '.join((head, *notes))}; {outcome.errors} errors, {case.seconds * 1000:.0f} ms"]
    lines += [f"    wrong: {text}" for text in _wrong(case.injection)]
    told = [f for f in case.findings if f.severity is not None and f.severity >= Severity.WARNING]
    told.sort(key=lambda finding: (-(finding.severity or 0), -len(finding.explained)))
    lines += [f"    said:  {_said(finding)}" for finding in told[:_MOST_FINDINGS]]
    if len(told) > _MOST_FINDINGS:
        lines.append(f"    and {len(told) - _MOST_FINDINGS} more")
    return "\n".join(lines)


def _wrong(injection: Injection) -> list[str]:
    original = injection.original
    if injection.row is not None:
        return [f"no row {injection.row.item} in {injection.row.table}"]
    lines = []
    for key, fen in injection.changes.items():
        unit = original.unit(key.table)
        now = "blank" if fen is None else format_fen(fen, unit)
        cell = original.disclosure.tables[key.table].place(key.item, key.column)
        before = format_fen(original.fen(key), unit)
        lines.append(f"{key.table}!{cell.a1 if cell else ''} {key.item} {key.column}: {before} became {now}")
    more = len(lines) - _MOST_CELLS
    return lines if more <= 0 else [*lines[:_MOST_CELLS], f"and {more} more cells"]


def _said(finding: Finding) -> str:
    fix = "" if finding.fix is None else f" [{finding.fix.safety.value}]"
    candidates = len({cell for group in finding.candidates for cell in group})
    among = f" [{candidates} candidates]" if candidates else ""
    word = "" if finding.severity is None else finding.severity.word
    return (
        f"{word} {finding.code} {finding.cell}{fix}{among} explains {len(finding.explained)}: {finding.message[:160]}"
    )
