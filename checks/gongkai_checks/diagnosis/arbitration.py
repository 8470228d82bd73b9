"""Which causes a disclosure's failing rows have: groups of cells where one of them does for many errors, else single cells, as few as possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gongkai_checks.relations import Relation

from . import groups, hitting_sets, shifted_rows
from .cause import Cause
from .choice import choose
from .components import components
from .explanation import Explanation, rank, ranked
from .fewest_cells import fewest_cells
from .refill import refill
from .slip_pairs import slip_pairs
from .system import System

Rows = tuple[int, ...]
MOST_PROPOSALS = 300
MUCH = 4
WITHOUT_SINGLE = 2
"""What a group of rows costs that no single cell explains: two errors, at the least."""


class Arbiter:
    """Explains the failing rows of one system, and puts right what it explains, so that later rows are seen in that light."""

    def __init__(self, system: System, given_up: Iterable[int]) -> None:
        self.system = system
        self.given_up = set(given_up)
        self.causes: list[Cause] = []
        # What is known of explanations since something was last put right; with each the explanation, so that its id stays its own.
        self._seen: dict[int, tuple[Explanation, set[int] | None]] = {}

    def is_doubtful(self) -> bool:
        """Whether there is more to it than single wrong cells for which something beside the sums speaks."""
        return any(
            not any(one.repairs[0].plain for one in hitting_sets.single(self.system, rows))
            for rows in components(self.system, self.system.failing - self.given_up)
        )

    def run(self) -> list[Cause]:
        """All causes; rows that nothing explains come as causes of their own without an explanation."""
        # Twice: what is put right in one place may be what another place was waiting for.
        for last in (False, True):
            waiting = components(self.system, self.system.failing - self.given_up)
            if not waiting:
                break
            singles = {rows: hitting_sets.single(self.system, rows) for rows in waiting}
            proposals = self._proposals(waiting, singles)
            waiting = self._by_displacement(waiting, proposals)
            waiting = self._by_groups(waiting, singles, proposals)
            for rows in waiting:
                self._by_cells(rows, singles.get(rows, ()), proposals)
            if last:
                self._plain()
        return self.causes

    def _proposals(self, waiting: Sequence[Rows], singles: dict[Rows, list[Explanation]]) -> list[Explanation]:
        """Explanations by groups of cells for what single cells do not explain well."""
        doubtful = [
            number for rows in waiting if not any(one.repairs[0].plain for one in singles[rows]) for number in rows
        ]
        found: list[Explanation] = []
        for propose in groups.WAYS if doubtful else ():
            for explanation in propose(self.system, doubtful):
                if self.system.spent or len(found) >= MOST_PROPOSALS:
                    return found
                if self._failing_with(explanation) is not None:
                    whole = (
                        refill(self.system, explanation) if explanation.unknown and explanation.moved else explanation
                    )
                    if whole is explanation or (whole is not None and self._failing_with(whole) is not None):
                        found.append(whole)
            # What explains that much in a plain way leaves nothing for the others.
            if len(doubtful) >= MUCH and any(self._is_plain(one, doubtful) for one in found):
                break
        return found

    def _is_plain(self, explanation: Explanation, rows: Sequence[int]) -> bool:
        """Whether a group of cells that often goes wrong together explains some rows, and goes with what usually holds."""
        if explanation.prior or not self._solves(explanation, rows):
            return False
        # A line may be missing anywhere: something else must speak for it.
        return rank(self.system, explanation)[0] < (0 if explanation.item else 1)

    def _failing_with(self, explanation: Explanation) -> set[int] | None:
        """What still fails with an explanation applied; None when it makes a row fail that held."""
        known = self._seen.get(id(explanation))
        if known is None:
            known = self._seen[id(explanation)] = (explanation, self._try(explanation))
        return known[1]

    def _try(self, explanation: Explanation) -> set[int] | None:
        system = self.system
        before = set(system.failing)
        mark = system.mark()
        for cell, value in explanation.changes:
            system.set(cell, value)
        system.free(explanation.unknown)
        after = {number for number in system.failing if not system.open[number]}
        system.bind(explanation.unknown)
        system.undo(mark)
        return after if after <= before else None

    def _solves(self, explanation: Explanation, rows: Sequence[int]) -> bool:
        after = self._failing_with(explanation)
        return after is not None and after.isdisjoint(rows)

    def _by_groups(
        self, waiting: Sequence[Rows], singles: dict[Rows, list[Explanation]], proposals: Sequence[Explanation]
    ) -> list[Rows]:
        """Explain by groups of cells what they explain more simply than single cells; the rows that are left."""
        left = list(waiting)
        cost = {
            rows: 1 if singles.get(rows) else max(WITHOUT_SINGLE, hitting_sets.fewest(self.system, rows))
            for rows in left
        }
        while left:
            best: dict[frozenset[Rows], list[Explanation]] = {}
            most = 0
            for explanation in proposals:
                after = self._failing_with(explanation)
                if after is None:
                    continue
                solved = frozenset(rows for rows in left if after.isdisjoint(rows))
                gain = (
                    sum(cost[rows] for rows in solved) - 1 - (min(explanation.prior, 2) if explanation.prior > 1 else 0)
                )
                if gain > most:
                    most, best = gain, {}
                if gain == most and gain:
                    best.setdefault(solved, []).append(explanation)
            if not best:
                break
            solved = min(best, key=lambda key: min(rank(self.system, one) for one in best[key]))
            rows = tuple(number for group in left if group in solved for number in group)
            others = [one for one in proposals if one not in best[solved] and self._solves(one, rows)]
            self._accept(rows, best[solved], others)
            left = [group for group in left if group not in solved]
        return left

    def _by_displacement(self, waiting: list[Rows], proposals: Sequence[Explanation]) -> list[Rows]:
        """Lines of 05 that stand off those of 03 and cannot be put back: told as one cause nevertheless; the groups of rows that are left."""
        relations = [self.system.rows[number].relation for rows in waiting for number in rows]
        cause = shifted_rows.against_03(relations, self.system.ledger)
        if cause is None:
            return waiting
        told = tuple(self.system.number[id(relation)] for relation in cause.relations)
        if any(self._solves(explanation, told) for explanation in proposals):
            return waiting
        self.causes.append(cause)
        self.given_up.update(told)
        return components(self.system, self.system.failing - self.given_up)

    def _by_cells(self, rows: Rows, singles: Sequence[Explanation], proposals: Sequence[Explanation]) -> None:
        system = self.system
        rows = tuple(number for number in rows if number in system.failing and number not in self.given_up)
        if not rows:
            return
        if singles:
            # Once more: something may have been put right since.
            found = hitting_sets.single(system, rows)
            found += [one for one in proposals if self._solves(one, rows)]
            if found:
                likely = _most_likely(system, found)
                self._accept(rows, likely, [one for one in found if one not in likely])
                return
        if len(rows) == 1:
            # One relation does not tell which of its cells are wrong when it is not one alone.
            pairs = slip_pairs(system, rows[0])
            if pairs:
                self._accept(rows, pairs)
            return
        for size in range(max(2, hitting_sets.fewest(system, rows)), hitting_sets.MOST_ERRORS + 1):
            if system.spent:
                return
            several = hitting_sets.several(system, rows, size)
            if not several or not all(one.witnessed for one in ranked(system, several)[0][1].repairs):
                # Cells for which nothing speaks but the sums are no better than a group of cells that does the same.
                several = [one for one in proposals if self._solves(one, rows)] or several
            if several:
                self._accept(rows, several)
                return
            if self._group_and_rest(rows, proposals):
                return
        many = fewest_cells(system, rows)
        if many is not None:
            self._accept(rows, [many])

    def _group_and_rest(self, rows: Rows, proposals: Sequence[Explanation]) -> bool:
        """One group of cells for most of the rows, and single cells for each of the others."""
        trials = []
        for explanation in proposals:
            after = self._failing_with(explanation)
            if after is not None and len(after.intersection(rows)) <= len(rows) - 2:
                trials.append((len(after.intersection(rows)), rank(self.system, explanation), explanation))
        trials.sort(key=lambda trial: trial[:2])
        for _, _, explanation in trials[:20]:
            mark = self.system.mark()
            for cell, value in explanation.changes:
                self.system.set(cell, value)
            rest = components(self.system, self.system.failing.intersection(rows))
            good = all(hitting_sets.single(self.system, part) for part in rest)
            self.system.undo(mark)
            if good:
                self._accept(tuple(n for n in rows if not any(n in part for part in rest)), [explanation])
                for part in components(self.system, self.system.failing.intersection(rows)):
                    self._by_cells(part, hitting_sets.single(self.system, part), ())
                return True
        return False

    def _accept(self, rows: Rows, explanations: Sequence[Explanation], others: Sequence[Explanation] = ()) -> None:
        # Where the search was broken off, something else may explain it as well: nothing is proven then.
        causes, chosen = choose(self.system, rows, explanations, others, certain=not self.system.spent)
        if not (chosen.repairs or any(cause.changes for cause in causes)):
            # One group of cells is told once, with all that it explains.
            after = self._failing_with(chosen)
            solved = set() if after is None else self.system.failing - self.given_up - after.union(rows)
            causes = self._with(causes, solved)
            rows = (*rows, *solved)
        self._seen.clear()
        if any(cause.changes for cause in causes):
            for cell, value in chosen.changes:
                self.system.set(cell, value)
        else:
            self.given_up.update(rows)
        self.given_up.update(self.system.failing.intersection(rows))
        # What still fails for a figure that is lost belongs to what it was lost by.
        lost = {number for cell in chosen.unknown for number, _ in self.system.uses[cell]}
        lost = lost.intersection(self.system.failing) - self.given_up
        self.given_up.update(lost)
        self.causes.extend(self._with(causes, lost))

    def _with(self, causes: Sequence[Cause], rows: Iterable[int]) -> list[Cause]:
        relations = tuple(self.system.rows[number].relation for number in sorted(rows))
        return [replace(cause, relations=(*cause.relations, *relations)) for cause in causes]

    def _plain(self) -> None:
        """What nothing explains is told as it is."""
        for number in sorted(self.system.failing - self.given_up):
            relation: Relation = self.system.rows[number].relation
            self.causes.append(Cause(relations=(relation,), lost=True, unfinished=self.system.spent))


def _most_likely(system: System, found: Sequence[Explanation]) -> list[Explanation]:
    """Single cells, and groups of cells only where these break fewer hints."""
    singles = [one for one in found if one.repairs]
    if not singles:
        return list(found)
    least = min(rank(system, one)[0] for one in singles)
    groups = [one for one in found if not one.repairs and (not one.prior or (one.moved and not one.unknown))]
    return singles + [one for one in groups if rank(system, one)[0] < least]
