"""One run of the checks over a batch of disclosures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai_workbooks.disclosure import Disclosure, TableStatus

from .dictionary import Dictionary, load_dictionary
from .equations import Equation
from .failed_rule import failed_rule
from .finding import Finding, NotChecked, Severity
from .folding import fold
from .ledger import Ledger
from .messages import relation_finding
from .options import Options
from .registry import Registry
from .relations import Relation, evaluate, lines_around
from .rounding import Verdict
from .rule import Rule
from .selection import selected
from .unfinished import joint_search, overdue

if TYPE_CHECKING:
    from .diagnosis import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in one disclosure.

    ``checked`` counts the relations with at least one printed figure that were evaluated, and the other rules that were applied;
    ``not_checked`` says what could not be applied, and why.
    """

    disclosure: Disclosure
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    checked: int


def check(disclosures: Sequence[Disclosure], registry: Registry, options: Options) -> list[Checked]:
    """Check a batch; one result for each disclosure, in the same order. Raises ``DictionaryError`` for a bad ``--dictionary``."""
    from . import schemas

    codes = frozenset(rule.code for rule in registry.rules if selected(rule.code, options))
    dictionary = load_dictionary(options.dictionary)
    shapes = schemas.validate(disclosures, codes)
    equations = [equation for equation in registry.equations if equation.code in codes]
    drafts = []
    for disclosure, shape in zip(disclosures, shapes, strict=True):
        ledger = Ledger(disclosure)
        evaluation = evaluate(equations, ledger, options.profile, rounding=options.show_rounding)
        told, unfinished = _relations(evaluation.relations, ledger, equations, registry, options)
        not_checked = [*evaluation.not_checked, *unfinished]
        drafts.append(_Draft(disclosure, [*shape, *told], not_checked, evaluation.checked))
    # Rule by rule, not workbook by workbook: that is faster by a third.
    for rule in registry.functions:
        if rule.code in codes:
            for draft in drafts:
                found, skipped = _apply(rule, draft.disclosure, options, dictionary)
                draft.findings += found
                draft.not_checked += skipped
                draft.checked += not skipped
    return [draft.finished(registry) for draft in drafts]


@dataclass(slots=True)
class _Draft:
    """What has been found in one disclosure so far."""

    disclosure: Disclosure
    findings: list[Finding]
    not_checked: list[NotChecked]
    checked: int

    def finished(self, registry: Registry) -> Checked:
        """With everything filled in, in order."""
        order = {sheet: position for position, sheet in enumerate(self.disclosure.sheets)}
        described = [_describe(finding, registry) for finding in fold(self.findings)]
        described.sort(key=lambda finding: _place(finding, order))
        return Checked(
            disclosure=self.disclosure,
            findings=tuple(described),
            not_checked=tuple(self.not_checked),
            checked=self.checked,
        )


def _relations(
    relations: Sequence[Relation],
    ledger: Ledger,
    equations: Sequence[Equation],
    registry: Registry,
    options: Options,
) -> tuple[list[Finding], list[NotChecked]]:
    """Findings for the relations that do not hold to the last digit, the causes first, then what no cause explains; and what was not found out."""
    hard = [r for r in relations if r.verdict is Verdict.VIOLATED and r.equation.severity is Severity.ERROR]
    if not hard:
        found, unfinished = _together((), ledger, equations, options)
        return _told(relations, ledger, options) + found, unfinished
    # Loaded where something fails: a tenth of the start of the program, and most workbooks do without.
    from .diagnosis import diagnose, implied
    from .diagnosis.findings import finding as cause_finding
    from .diagnosis.reasons import tied

    # All that the failing relations touch is laid out, blanks included; what fails nowhere near them stays as it was found.
    # Where single cells do not explain it, all that there is: what went wrong may be far from where it shows.
    for around in (lines_around(hard, ledger), None):
        everything = evaluate(equations, ledger, options.profile, whole=True, around=around).relations
        hints = implied.ABOUT_09 if around else implied.EQUATIONS
        unprinted = evaluate(hints, ledger, options.profile, whole=True, around=around).relations
        diagnosis = diagnose(everything + unprinted, ledger, options, deep=around is None)
        if diagnosis is not None:
            break
    assert diagnosis is not None
    causes, system = diagnosis
    failing = {id(r) for r in everything if r.verdict is Verdict.VIOLATED and r.equation.severity is Severity.ERROR}
    laid_out = {(r.equation.code, r.item, r.column) for r in everything}
    lesser = [r for r in everything if r.verdict is not Verdict.HOLDS and id(r) not in failing]
    lesser += [r for r in relations if (r.equation.code, r.item, r.column) not in laid_out]
    findings: list[Finding] = []
    folded: set[int] = set()
    for cause in causes:
        cells = cause.cells.union(cause.changes)
        soft = []
        for relation in lesser:
            if id(relation) in folded or not (
                any(figure.key in cells for figure in relation.figures) or _of_missing_line(relation, cause)
            ):
                continue
            # What else is said of these cells is said of wrong figures; once they are right it is no longer so.
            if cause.cells or system.betters(relation):
                folded.add(id(relation))
                if relation.verdict is Verdict.VIOLATED:
                    soft.append(relation)
        rule = registry.by_code.get(cause.code)
        remedy = rule.remedy if rule else ""
        findings.append(cause_finding(cause, soft, ledger, options.profile, remedy, tied(cause, causes)))
    findings += _told([relation for relation in lesser if id(relation) not in folded], ledger, options)
    found, unfinished = _together(causes, ledger, equations, options)
    return findings + found, unfinished + [overdue()] * system.overdue


def _of_missing_line(relation: Relation, cause: Cause) -> bool:
    """Whether a relation compares the line that a table lacks: the line has no cell there that could be among its figures."""
    at = cause.place
    return bool(cause.item) and relation.item == cause.item and at is not None and at.table in relation.equation.tables


def _together(
    causes: Iterable[Cause], ledger: Ledger, equations: Sequence[Equation], options: Options
) -> tuple[list[Finding], list[NotChecked]]:
    """What all relations together show beside the causes that are known, where that was asked for; and whether that could not be finished."""
    if not options.joint:
        return [], []
    from .diagnosis import contradictions

    wrong = {key for cause in causes for group in (cause.changes, cause.cells, *cause.candidates) for key in group}
    relations = evaluate(equations, ledger, options.profile, whole=True).relations
    found, finished = contradictions(relations, ledger, options, wrong)
    return found, [] if finished else [joint_search()]


def _told(relations: Iterable[Relation], ledger: Ledger, options: Options) -> list[Finding]:
    """Relations as findings, one each; rounding differences only when asked for."""
    return [
        relation_finding(relation, ledger, options.profile)
        for relation in relations
        if relation.verdict is not Verdict.HOLDS and (options.show_rounding or relation.verdict is not Verdict.ROUNDING)
    ]


def _apply(
    rule: Rule, disclosure: Disclosure, options: Options, dictionary: Dictionary
) -> tuple[list[Finding], list[NotChecked]]:
    """Run one function; what it needs and is not there makes it inapplicable, and a crash becomes a finding of its own."""
    given: dict[str, object] = {"disclosure": disclosure, "options": options, "dictionary": dictionary}
    arguments: dict[str, object] = {}
    for name in rule.arguments:
        if name.startswith("sheet"):
            table = disclosure.tables[name.removeprefix("sheet")]
            if table.status in (TableStatus.MISSING, TableStatus.UNREADABLE):
                what = "缺失" if table.status is TableStatus.MISSING else "无法识别"
                return [], [NotChecked(code=rule.code, reason=f"公开{table.number}{what}")]
            arguments[name] = table
        else:
            arguments[name] = given[name]
    findings: list[Finding] = []
    skipped: list[NotChecked] = []
    try:
        for result in rule.check(**arguments):
            if isinstance(result, NotChecked):
                skipped.append(replace(result, code=result.code or rule.code))
            else:
                findings.append(replace(result, code=result.code or rule.code))
    except Exception as error:  # a rule must not take the run with it
        # What it found before it failed stands; that it failed is said, and the run is not to be trusted whole.
        skipped.append(failed_rule(rule.code, error))
    return findings, skipped


def _describe(finding: Finding, registry: Registry) -> Finding:
    """Fill from the rule what the finding leaves open."""
    rule = registry.by_code.get(finding.code)
    if rule is None or (finding.name and finding.severity and finding.basis and finding.help):
        return finding
    return replace(
        finding,
        name=finding.name or rule.name,
        severity=finding.severity or rule.severity,
        basis=finding.basis or rule.basis,
        help=finding.help or rule.remedy,
    )


def _place(finding: Finding, order: dict[str, int]) -> tuple[int, int, int, str]:
    cell = finding.cell
    if cell is None:
        return -1, 0, 0, finding.code
    return order.get(cell.sheet, len(order)), cell.row, cell.column, finding.code
