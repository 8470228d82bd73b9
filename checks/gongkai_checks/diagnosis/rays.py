"""Contradictions that only all relations together show, each with the smallest sets of cells that may be wrong.

A conflict is what a ray of the joint program proves in whole numbers: of its cells one at least is wrong. The conflicts that share no cell are
told apart first, and the sets of cells that resolve one of them are searched with the others set aside; where such sets do not go together, the
conflicts are taken as one. A set resolves a conflict when with its cells unknown nothing is proven any more; what the solver holds impossible
but no whole numbers prove counts as possible. After Reiter, "A theory of diagnosis from first principles" (1987); each program is solved from
where the last one ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from .certificate import Certificate
from .joint import Joint

MOST_CONFLICTS = 8
MOST_ERRORS = 3
MOST_TRIED = 4
MOST_STEPS = 3
"""A figure that every relation tolerates by itself is hardly further off than so many steps."""

Cells = frozenset[int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Proofs that something is wrong, and the sets of cells, none larger than the others, of which one is.

    Without sets the search was given up: then one cell of each proof at least is wrong. ``figures`` are those (分) with which all would be well,
    where a single cell is to blame.
    """

    certificates: tuple[Certificate, ...]
    explanations: tuple[tuple[int, ...], ...]
    figures: tuple[int, ...] = ()


@dataclass(slots=True)
class _Knot:
    """Proofs that have to do with one another: the cells they are about, and the sets that resolve them."""

    certificates: list[Certificate]
    cells: list[int]
    explanations: list[tuple[int, ...]]


def conflicts(joint: Joint) -> list[Conflict]:
    """The conflicts between cells that are not unknown yet. What they are about is unknown to ``joint`` afterwards."""
    knots: list[_Knot] = []
    while len(knots) < MOST_CONFLICTS:
        certificate = _prove(joint)
        cells = _suspects(joint, certificate) if certificate is not None else []
        if certificate is None or not cells:
            break
        knots.append(_Knot([certificate], cells, []))
        joint.forget(cells)
    for knot in knots:
        knot.explanations = _explain(joint, knot)
    apart: list[_Knot] = []
    for knot in knots:
        for other in [other for other in apart if not _independent(joint, knot, other)]:
            apart.remove(other)
            knot = _Knot([*other.certificates, *knot.certificates], [*other.cells, *knot.cells], [])
            knot.explanations = _explain(joint, knot)
        apart.append(knot)
    return [_conflict(joint, knot) for knot in apart]


def _conflict(joint: Joint, knot: _Knot) -> Conflict:
    figures: tuple[int, ...] = ()
    if len(knot.explanations) == 1 and len(knot.explanations[0]) == 1:
        joint.recall(knot.cells)
        figures = tuple(_fitting(joint, knot.explanations[0][0]))
        joint.forget(knot.cells)
    return Conflict(tuple(knot.certificates), tuple(knot.explanations), figures)


def _explain(joint: Joint, knot: _Knot) -> list[tuple[int, ...]]:
    """The sets that resolve a knot, whatever the cells of the others are."""
    joint.recall(knot.cells)
    found = _explanations(joint, _suspects(joint, knot.certificates[0]))
    joint.forget(knot.cells)
    return found


def _independent(joint: Joint, one: _Knot, other: _Knot) -> bool:
    """Whether any set that resolves the one goes with any that resolves the other; of many, the first few are tried."""
    joint.recall([*one.cells, *other.cells])
    pairs = ((a, b) for a in one.explanations[:MOST_TRIED] for b in other.explanations[:MOST_TRIED])
    good = not any(_left(joint, frozenset((*a, *b))) for a, b in pairs)
    joint.forget([*one.cells, *other.cells])
    return good


def _prove(joint: Joint) -> Certificate | None:
    if joint.system.spent:
        return None
    return joint.contradiction()


def _suspects(joint: Joint, certificate: Certificate) -> list[int]:
    """The cells of a proof that may be wrong: the printed ones, for a blank that hides an amount would fail a relation by itself."""
    return [cell for cell in certificate.cells if not joint.system.blank[cell]]


def _explanations(joint: Joint, first: Sequence[int]) -> list[tuple[int, ...]]:
    """The smallest sets of cells that leave nothing proven; ``first`` is a conflict. None when the search is given up."""
    known: list[Cells] = [frozenset(first)]
    waiting: list[Cells] = [frozenset((cell,)) for cell in first]
    for _ in range(MOST_ERRORS):
        found: list[tuple[int, ...]] = []
        larger: dict[Cells, None] = {}
        for chosen in waiting:
            conflict = next((one for one in known if chosen.isdisjoint(one)), None)
            if conflict is None:
                conflict = _left(joint, chosen)
                if joint.system.spent:
                    return []
                if not conflict:
                    found.append(tuple(sorted(chosen)))
                    continue
                known.append(conflict)
            larger.update((chosen | {cell}, None) for cell in sorted(conflict))
        if found:
            return found
        waiting = list(larger)
    return []


def _left(joint: Joint, chosen: Cells) -> Cells:
    """The cells of what is still proven with the chosen ones unknown; empty when nothing is."""
    joint.forget(chosen)
    certificate = _prove(joint)
    joint.recall(chosen)
    return frozenset(_suspects(joint, certificate)) if certificate is not None else frozenset()


def _fitting(joint: Joint, cell: int) -> Iterator[int]:
    """The figures near that of a cell with which all relations can hold."""
    system = joint.system
    value = system.value[cell]
    grain = system.ledger.unit(system.keys[cell].table).grain
    near = (value + sign * step * grain for step in range(1, MOST_STEPS + 1) for sign in (1, -1))
    for figure in takewhile(lambda _: not system.spent, near):
        if joint.admits({cell: figure}):
            yield figure
