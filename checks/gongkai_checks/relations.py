"""Equations applied to one disclosure: every relation between actual cells, with its difference and its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai_workbooks.amounts import Amount

from .bindings import CLASS_DIGITS, SECTION_DIGITS, Plan, columns_of, has_cell, keys_of, lines_of, missing
from .equations import (
    CHILDREN,
    COLUMN,
    Equation,
    Term,
)
from .finding import NotChecked
from .ledger import TOTAL, Key, Ledger, TableLedger
from .options import ProfileName
from .rounding import Verdict, bounds, judge

Step = tuple[Term, bool, str, TableLedger]
NO_FEN: Mapping[str, int] = {}


class Figure(NamedTuple):
    """One cell of a relation, with its sign; ``amount`` is blank (fen 0) or printed. A tuple, because many are made."""

    sign: int
    key: Key
    amount: Amount


@dataclass(frozen=True, slots=True)
class Relation:
    """One equation between actual cells: the signed figures add up to zero, or to at most zero, where it holds.

    ``difference`` is left minus right as printed, ``low`` and ``high`` the error that rounding can bring in, all in 分.
    ``figures`` begins with those of the left side.
    """

    equation: Equation
    item: str
    column: str
    figures: tuple[Figure, ...]
    difference: int
    low: int
    high: int
    verdict: Verdict
    lefts: int
    """How many of ``figures`` belong to the left side."""

    @property
    def printed(self) -> int:
        """How many cells are printed, not blank."""
        return sum(not figure.amount.blank for figure in self.figures)

    @property
    def tolerance(self) -> int:
        """The greatest difference that rounding explains, in 分."""
        return max(-self.low, self.high)


@dataclass(slots=True)
class Evaluation:
    """What a set of equations says of one disclosure."""

    checked: int = 0
    """Relations with at least one printed figure that were evaluated."""
    relations: list[Relation] = field(default_factory=list)
    """Those that do not hold to the last digit; all of them when ``whole`` was asked for."""
    not_checked: list[NotChecked] = field(default_factory=list)


def evaluate(
    equations: Sequence[Equation],
    ledger: Ledger,
    profile: ProfileName,
    *,
    whole: bool = False,
    rounding: bool = True,
    around: frozenset[str] | None = None,
) -> Evaluation:
    """Apply equations to a disclosure.

    With ``whole`` every relation is kept, and blank cells are among its figures: diagnosis needs them. Without, only the relations with
    a difference are kept, and of those only the printed figures; without ``rounding`` those that rounding explains are left out, too.
    ``around`` are lines (see ``lines_around``): of the equations that hold for each line, only those of these lines are evaluated.
    """
    evaluator = _Evaluator(ledger, profile, whole, rounding, around)
    for equation in equations:
        reason = ledger.inapplicable(equation)
        if reason:
            evaluator.result.not_checked.append(NotChecked(code=equation.code, reason=reason))
        else:
            evaluator.apply(equation)
    return evaluator.result


def lines_around(relations: Iterable[Relation], ledger: Ledger) -> frozenset[str]:
    """The lines that take part in some relations, blank ones too, and all lines above them: what can be wrong, and what it would touch."""
    found: set[str] = {TOTAL}
    for relation in relations:
        found.add(relation.item)
        for term in relation.equation.terms:
            at = relation.column if term.column is COLUMN else str(term.column)
            found.update(keys_of(term, ledger.tables[term.table], relation.item, at))
    for item in tuple(found):
        code = item.partition("#")[0]
        if code.isdigit():
            found.update((code[:CLASS_DIGITS], code[:SECTION_DIGITS]))
    return frozenset(found)


class _Evaluator:
    """Applies equations to one disclosure, one after the other."""

    def __init__(
        self, ledger: Ledger, profile: ProfileName, whole: bool, rounding: bool, around: frozenset[str] | None
    ) -> None:
        self.ledger = ledger
        self.profile: ProfileName = profile
        self.whole = whole
        self.rounding = rounding
        self.around = around
        self.result = Evaluation()

    def apply(self, equation: Equation) -> None:
        if equation.single and not self.whole and self._holds(equation):
            self.result.checked += 1
            return
        plan = [(term, self.ledger.tables[term.table]) for term in equation.terms]
        absent = missing(equation, plan, len(equation.left.terms))
        if absent:
            self.result.not_checked.append(NotChecked(code=equation.code, reason=absent))
            return
        columns = columns_of(equation, plan, self.whole)
        if equation.of_total:
            # A total that is not printed leaves nothing to compare the rows with.
            columns = tuple(column for column in columns if has_cell(plan[0][1], TOTAL, column))
        if self.whole or any(table.faults for _, table in plan):
            self._one_by_one(equation, plan, columns)
        else:
            self._add_up(equation, plan, columns)

    def _holds(self, equation: Equation) -> bool:
        """Whether the one relation of an equation is there as the form prints it, and holds to the last digit."""
        difference = printed = 0
        for sign, number, item, column in equation.single:
            table = self.ledger.tables[number]
            line = table.table.items.get(item)
            if line is None or column not in line.columns or table.faults:
                return False
            fen = table.fens.get(column, NO_FEN).get(item)
            if fen is not None:
                difference += sign * fen
                printed += 1
        return printed > 0 and difference == 0

    def _one_by_one(self, equation: Equation, plan: Plan, columns: tuple[str, ...]) -> None:
        unknown: dict[str, NotChecked] = {}
        for item in lines_of(equation, plan):
            if self.around is not None and item and item not in self.around:
                continue
            for column in columns:
                relation, fault = self._relation(equation, plan, item, column)
                if fault is not None:
                    reason = f"{self.ledger.describe(fault)}不是可用的金额"
                    place = self.ledger.place(fault)
                    unknown.setdefault(reason, NotChecked(code=equation.code, reason=reason, cell=place))
                    continue
                self.result.checked += bool(relation.printed)
                # Between blanks nothing fails, but once one of them is filled in the others follow.
                if (self.whole and relation.figures) or relation.difference:
                    self.result.relations.append(relation)
        self.result.not_checked.extend(unknown.values())

    def _add_up(self, equation: Equation, plan: Plan, columns: tuple[str, ...]) -> None:
        """The same from the printed amounts: each is added to the relation it belongs to.

        Nearly every relation holds to the last digit, and most cells are blank: no more is made of a relation than its difference,
        until it has one.
        """
        steps = [
            (term, each, fixed, table)
            for (term, each, fixed), (_, table) in zip(equation.steps, plan, strict=True)
            if not fixed or fixed in table.fens
        ]
        if not steps:
            return
        equality = equation.relation == "="
        for column in columns:
            # An inequality and the equality that holds in simple cases have the same terms: they are added up once.
            key = (equation.sum_number, column)
            sums = self.ledger.sums.get(key)
            if sums is None:
                sums = self.ledger.sums[key] = self._sums(equation, plan, steps, column)
            self.result.checked += len(sums)
            for item, difference in sums.items():
                if difference > 0 or (difference and equality):
                    if self._is_rounding(equation, plan, item, column, difference):
                        continue
                    relation = self._relation(equation, plan, item, column)[0]
                    if self.rounding or relation.verdict is not Verdict.ROUNDING:
                        self.result.relations.append(relation)

    def _sums(self, equation: Equation, plan: Plan, steps: Sequence[Step], column: str) -> dict[str, int]:
        """Left minus right (分) of every line that has an amount."""
        wanted = self.ledger.lines.get(equation.lines)
        if wanted is None:
            wanted = self.ledger.lines[equation.lines] = dict.fromkeys(lines_of(equation, plan))
        sums: dict[str, int] = {}
        for term, each, fixed, table in steps:
            at = fixed or column
            cells = table.fens.get(at)
            if not cells:
                continue
            sign = term.sign
            if each:
                if not sums:
                    sums = {name: sign * fen for name, fen in cells.items() if name in wanted}
                else:
                    for name, fen in cells.items():
                        if name in wanted:
                            sums[name] = sums.get(name, 0) + sign * fen
                for item in table.unprinted(at):
                    if item in wanted:
                        for name in table.below(item):
                            if name in cells:
                                sums[item] = sums.get(item, 0) + sign * cells[name]
            elif term.item is CHILDREN:
                parents = table.tree.parents
                for name, fen in cells.items():
                    parent = parents.get(name)
                    if parent in wanted:
                        sums[parent] = sums.get(parent, 0) + sign * fen
            else:
                for name in keys_of(term, table, "", at):
                    found = cells.get(name)
                    if found is not None:
                        for item in wanted:
                            sums[item] = sums.get(item, 0) + sign * found
        return sums

    def _is_rounding(self, equation: Equation, plan: Plan, item: str, column: str, difference: int) -> bool:
        """Whether a difference is one that nobody asked for: well inside the tolerance, and not improbable."""
        if self.rounding or equation.exact or self.profile != "half_up":
            return False
        width = printed = 0
        for term, table in plan:
            at = column if term.column is COLUMN else str(term.column)
            amounts = table.table.amounts
            for name in keys_of(term, table, item, at):
                amount = amounts.get((name, at))
                if amount is not None:
                    width += amount.half_width
                    printed += 1
        if not -width < difference < width:
            return False
        grain = self.ledger.unit(plan[0][0].table).grain
        return judge(difference, -width, width, printed, grain, equation.relation == "<=") is Verdict.ROUNDING

    def _relation(self, equation: Equation, plan: Plan, item: str, column: str) -> tuple[Relation, Key | None]:
        """One relation with its figures, and the first of its cells that is unknown."""
        figures: list[Figure] = []
        fault: Key | None = None
        lefts = difference = 0
        for position, (term, table) in enumerate(plan):
            at = column if term.column is COLUMN else str(term.column)
            amounts = table.table.amounts
            for name in keys_of(term, table, item, at):
                amount = amounts.get((name, at))
                if amount is None:
                    if (name, at) in table.faults:
                        fault = fault or Key(table.number, name, at)
                    elif self.whole:
                        amount = table.blank(name, at)
                if amount is not None:
                    difference += term.sign * amount.fen
                    figures.append(Figure(term.sign, Key(table.number, name, at), amount))
            if position < len(equation.left.terms):
                lefts = len(figures)
        rounded = [(f.sign, f.amount.fen, f.amount.half_width) for f in figures]
        for term in equation.slack:
            hidden = self.ledger.disclosure.amount(term.table, str(term.item), str(term.column))
            if hidden is not None:
                rounded.append((term.sign, hidden.fen, hidden.half_width))
        low, high = bounds(rounded, self.profile, equation.exact)
        printed = sum(not figure.amount.blank for figure in figures)
        grain = self.ledger.unit(plan[0][0].table).grain
        verdict = judge(difference, low, high, printed, grain, equation.relation == "<=")
        return Relation(equation, item, column, tuple(figures), difference, low, high, verdict, lefts), fault
