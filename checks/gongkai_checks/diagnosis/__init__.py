"""Which cell is wrong: from failing relations to causes.

This is the one seam: ``diagnose`` takes the relations of a disclosure and returns causes, each of which explains some failing relations; together
they explain all. What stands behind may change without anyone else noticing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from gongkai_checks.finding import Finding, Safety, Severity
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.options import Options
from gongkai_checks.relations import Relation

from . import blank_totals, shifted_rows
from .arbitration import Arbiter
from .cause import Cause
from .findings import jointly_impossible
from .system import System

__all__ = ["Cause", "System", "contradictions", "diagnose"]


def diagnose(
    relations: Sequence[Relation], ledger: Ledger, options: Options, *, deep: bool
) -> tuple[list[Cause], System] | None:
    """Explain the failing relations of one disclosure.

    ``relations`` are laid out with their blank cells; those of severity error bind, the others usually hold and prefer one of several explanations.
    Returns the causes, and the system that holds the values put right: a relation that still fails there does so for a reason of its own.
    Unless it is to be ``deep``, returns None where single cells do not explain what fails: call again with all relations there are.
    """
    binding = [relation for relation in relations if relation.equation.severity is Severity.ERROR]
    hints = [relation for relation in relations if relation.equation.severity is not Severity.ERROR]
    system = System(binding, hints, ledger, options.profile, options.seconds)
    violated = [system.rows[number].relation for number in sorted(system.failing)]
    causes = shifted_rows.against_09(violated, ledger)
    for cause in causes:
        for key, value in cause.changes.items():
            system.set(system.at[key], value)
    told = {system.number[id(relation)] for cause in causes for relation in cause.relations}
    given_up = told & system.failing
    mark = system.mark()
    filled = blank_totals.fill(system)
    arbiter = Arbiter(system, given_up)
    if not deep and arbiter.is_doubtful():
        return None
    others = arbiter.run()
    # What moved away stands in the same table still: with errors in other tables only, there is nothing to be had but the work.
    blank = {key.table for cause in filled for key in cause.changes}
    beside = any(key.table in blank for cause in others for key in _cells(cause))
    others = _fewer(filled + others, given_up, system, mark) if beside else filled + others
    return _with_all(_doubted(causes + others), violated, system), system


def _doubted(causes: list[Cause]) -> list[Cause]:
    """The causes, none of them safe that a doubtful figure is among the proofs of: a total of doubtful parts is doubtful."""
    while True:
        cells = {key for cause in causes if cause.safety is not Safety.SAFE for key in _cells(cause)}
        # Where it is not one cell, whole lines went wrong, and not only where it shows.
        lines = {key[:2] for cause in causes if cause.repair is None for key in _cells(cause)}
        unsafe = [
            replace(cause, safety=Safety.UNSAFE)
            if cause.safety is Safety.SAFE and any(key in cells or key[:2] in lines for key in _proving(cause))
            else cause
            for cause in causes
        ]
        if unsafe == causes:
            return causes
        causes = unsafe


def _cells(cause: Cause) -> Iterator[Key]:
    """The cells that are in doubt with a cause."""
    yield from cause.changes
    yield from cause.cells
    for group in cause.candidates:
        yield from group
    if not cause.explains:
        yield from (figure.key for relation in cause.relations for figure in relation.figures)


def _proving(cause: Cause) -> Iterator[Key]:
    """The cells whose figures prove that of a cause."""
    return (
        figure.key for relation in cause.relations for figure in relation.figures if figure.key not in cause.changes
    )


def _fewer(known: list[Cause], given_up: Iterable[int], system: System, mark: int) -> list[Cause]:
    """The causes, or fewer of them: what left totals blank may have done other things besides, as a block of lines does that moved away."""
    values = system.since(mark)
    system.undo(mark)
    causes = Arbiter(system, given_up).run()
    if len(causes) < len(known) and not any(cause.lost for cause in causes):
        return causes
    system.undo(mark)
    for cell, value in values.items():
        system.set(cell, value)
    return known


def contradictions(
    relations: Sequence[Relation], ledger: Ledger, options: Options, wrong: Collection[Key] = ()
) -> tuple[list[Finding], bool]:
    """Where the relations, though none of them fails by itself, contradict each other; with the proof and the cells of which one must be wrong.

    ``wrong`` are cells of which something was told already: whatever they hold, the rest must fit together. Relations that fail without them
    are left out. The second thing returned is whether all was looked at: nothing found says nothing otherwise.
    """
    from .joint import Joint
    from .rays import conflicts

    binding = [relation for relation in relations if relation.equation.severity is Severity.ERROR]
    if not binding:
        return [], True
    system = System(binding, (), ledger, options.profile, options.seconds)
    joint = Joint(system, without=system.failing)
    joint.forget(sorted(cell for key in wrong if (cell := system.at.get(key)) is not None))
    found = [jointly_impossible(conflict, system) for conflict in conflicts(joint)]
    return found, not (joint.gave_up or system.spent)


def _with_all(causes: Sequence[Cause], violated: Sequence[Relation], system: System) -> list[Cause]:
    """The causes with the failing relations that hold since some other place was put right, each under what it hangs on."""
    named = {id(relation) for cause in causes for relation in cause.relations}
    more: dict[int, list[Relation]] = {}
    for relation in violated:
        if id(relation) in named or not system.holds(relation):
            continue
        keys = {figure.key for figure in relation.figures}
        for number, cause in enumerate(causes):
            if not keys.isdisjoint(cause.changes):
                more.setdefault(number, []).append(relation)
                break
    return [
        replace(cause, relations=(*cause.relations, *more[number])) if number in more else cause
        for number, cause in enumerate(causes)
    ]
