"""From the explanations of one group of failing rows to its causes: the one, the best of several, or a tie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key
from gongkai_checks.relations import Relation

from .cause import Cause
from .explanation import NO_LESS_LIKELY, Explanation, ranked
from .joint import possible
from .repair import BY_CHANCE, Repair
from .slips import BIT
from .system import System

PINNED = 3
"""A safe fix admits at most this many values."""
MOST_CANDIDATES = 60
MOST_OTHERS = 2
ONE = 1 << 20
"""The weight of the likeliest explanation."""
MOST_TOLD = 3
"""So many groups of cells that explain it equally well may be told by one of them; of more, none is worth being told before the others."""
MOST_JOINT = 12
"""So many explanations that are equally likely are held against all relations at once; among more, hardly any falls out."""


def choose(
    system: System,
    rows: Sequence[int],
    explanations: Sequence[Explanation],
    less_likely: Sequence[Explanation] = (),
    *,
    certain: bool,
) -> tuple[list[Cause], Explanation]:
    """The causes that explain ``rows``, and the explanation they stand for; the explanations must not be empty.

    ``less_likely`` are told beside single cells for which not much speaks.
    ``certain`` tells that the search was not broken off: only then may a fix be safe. What is chosen is not set in ``system``.
    """
    order = ranked(system, explanations)
    # What only the solver rules out is not ruled out by proof.
    unique = len(order) == 1
    if 1 < sum(rank[:4] == order[0][0][:4] for rank, _ in order) <= MOST_JOINT:
        kept = possible(system, rows, [explanation for rank, explanation in order if rank[:4] == order[0][0][:4]])
        order = [pair for pair in order if pair[1] in kept or pair[0][:4] != order[0][0][:4]]
    best_rank, best = order[0]
    tied = [explanation for rank, explanation in order if rank[:4] == best_rank[:4]]
    likely = [one for rank, one in order if rank[:4] == best_rank[:4] and rank[4] < best_rank[4] + NO_LESS_LIKELY]
    plain = bool(best.repairs) and all(one.plain for one in best.repairs)
    listed = [explanation for _, explanation in order]
    # A line that is missing has no cell that could be looked at.
    clear = plain if best.repairs else best.place is None
    further = [] if clear else [explanation for _, explanation in ranked(system, less_likely)]
    listed += further
    candidates = tuple(
        tuple(system.keys[cell] for cell in explanation.cells) for explanation in listed[:MOST_CANDIDATES]
    )
    if len(listed) == 1:
        candidates = ()
    decided = len(tied) == 1 or (len(likely) == 1 and bool(best.repairs) and all(one.slip.name for one in best.repairs))
    if best.repairs and not all(one.witnessed for one in best.repairs):
        # That another cell is blank, or holds a formula, does not make a figure wrong for which nothing speaks.
        decided = decided and not any(rank[:2] == best_rank[:2] for rank, _ in order[1:])
    if best.repairs and further:
        decided = decided and all(one.witnessed and one.cost < BY_CHANCE for one in best.repairs)
    # What was pasted over may be more than what can be told of it.
    decided = decided and not (best.moved and len(order) > 1)
    if not decided and not best.item:
        shared = _shared(tied)
        best = next(explanation for explanation in tied if shared in explanation.cells)
        # A line that is missing has no cell of its own.
        best = best if best.place is not None else replace(best, place=system.keys[shared])
        if not best.repairs and len(tied) > MOST_TOLD:
            relations = tuple(system.rows[number].relation for number in rows)
            return [Cause(relations=relations, candidates=candidates, place=best.place)], best
    others = tuple(
        one.title for one in (*tied, *further) if one.title and one.cells != best.cells and one.place is not None
    )
    causes = _causes(system, rows, best, candidates, (certain and unique and not further, decided))
    return [replace(cause, others=others[:MOST_OTHERS]) for cause in causes], best


def _causes(
    system: System,
    rows: Sequence[int],
    best: Explanation,
    candidates: tuple[tuple[Key, ...], ...],
    sure: tuple[bool, bool],
) -> list[Cause]:
    unique, decided = sure
    formula = any(system.is_formula(cell) for cell in best.cells)
    changes = {system.keys[cell]: value for cell, value in best.changes}
    if not best.repairs:
        # A line that is missing has its own place; it is put in by hand.
        whole = best.sure and best.place is None and not best.unknown
        safety = Safety.UNSAFE if decided and whole and not formula else Safety.MANUAL
        return [
            Cause(
                relations=tuple(system.rows[number].relation for number in rows),
                safety=safety,
                changes=changes if decided else {},
                candidates=candidates,
                code=best.code,
                message=best.message,
                title=best.title,
                place=best.place or system.keys[best.cells[0]],
                item=best.item,
                cells=frozenset(system.keys[cell] for cell in (*best.cells, *best.unknown)),
            )
        ]
    causes = []
    for position, (one, mine) in enumerate(zip(best.repairs, shares(system, rows, best.repairs), strict=True)):
        safety = Safety.MANUAL
        if decided and not system.is_formula(one.cell):
            safety = Safety.UNSAFE
            proven = one.choices <= PINNED and one.witnessed and one.pinned and (one.copies or len(rows) > 1)
            if unique and len(best.repairs) == 1 and proven:
                safety = Safety.SAFE
        key = system.keys[one.cell]
        causes.append(
            Cause(
                relations=named_first(mine, system, one.cell),
                safety=safety,
                changes={key: one.best} if decided else {},
                repair=one if decided else None,
                candidates=candidates if position == 0 or not decided else (),
                place=key,
            )
        )
        if not decided:
            # Between ties there is one thing to say, not one for each of the cells.
            relations = tuple(system.rows[number].relation for number in rows)
            return [Cause(relations=relations, candidates=candidates, place=best.place)]
    return causes


def _shared(explanations: Sequence[Explanation]) -> int:
    """The cell that the explanations that change it make the likeliest to be wrong; of several, the best one's first."""
    least = min(explanation.unlikely for explanation in explanations)
    weight: Counter[int] = Counter()
    for explanation in explanations:
        halvings, rest = divmod(explanation.unlikely - least, BIT)
        share = ONE >> min(halvings, ONE.bit_length())
        share -= share * rest // (2 * BIT)
        weight.update(dict.fromkeys(explanation.cells, share))
    return max(weight, key=lambda cell: weight[cell])


def shares(system: System, rows: Sequence[int], repairs: Sequence[Repair]) -> list[list[Relation]]:
    """The failing relations that each of several errors explains; one that hangs on two is told under the one that has fewer."""
    count = {one.cell: sum(one.cell in system.rows[number].cells for number in rows) for one in repairs}
    found: dict[int, list[Relation]] = {one.cell: [] for one in repairs}
    for number in rows:
        mine = [one.cell for one in repairs if one.cell in system.rows[number].cells]
        if mine:
            found[min(mine, key=lambda cell: (bool(found[cell]), count[cell]))].append(system.rows[number].relation)
    for one in repairs:
        if not found[one.cell]:
            # All its relations fail for another error too: they are told twice rather than leave an error without a word.
            found[one.cell] = [system.rows[number].relation for number in rows if one.cell in system.rows[number].cells]
        if not found[one.cell]:
            found[one.cell] = [system.rows[number].relation for number in rows]
    return [found[one.cell] for one in repairs]


def named_first(relations: Sequence[Relation], system: System, cell: int) -> tuple[Relation, ...]:
    """The relation that says it best comes first: an equality, the cell on its left side, within one sheet, few cells."""
    key = system.keys[cell]

    def order(relation: Relation) -> tuple[bool, bool, bool, int]:
        on_left = any(figure.key == key for figure in relation.figures[: relation.lefts])
        between = len(relation.equation.tables) > 1
        return relation.equation.relation == "<=", not on_left, between, len(relation.figures)

    return tuple(sorted(relations, key=order))
