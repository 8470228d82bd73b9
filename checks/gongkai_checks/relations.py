"""Equations applied to one disclosure: every relation between actual cells, with its difference and its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from gongkai_workbooks.amounts import Amount

from .bindings import Plan, amount_columns, complete, has_cell, keys_of, lines_of, missing, plan_of
from .code_tree import CLASS_DIGITS, SECTION_DIGITS
from .equations import COLUMN, Equation
from .failed_rule import failed_rule
from .finding import NotChecked
from .ledger import TOTAL, Key, Ledger
from .options import ProfileName
from .rounding import Verdict, bounds, judge
from .sums import way_of

NO_FEN: Mapping[str, int] = {}
_NEW = tuple.__new__
"""Makes a tuple with names without the call in between that a ``NamedTuple`` costs."""


class Figure(NamedTuple):
    """One cell of a relation, with its sign; ``amount`` is blank (fen 0) or printed. A tuple, because many are made."""

    sign: int
    key: Key
    amount: Amount


class Relation(NamedTuple):
    """One equation between actual cells: the signed figures add up to zero, or to at most zero, where it holds.

    ``difference`` is left minus right as printed, ``low`` and ``high`` the error that rounding can bring in, all in 分.
    ``figures`` begins with those of the left side. A tuple, because many are made.
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
        try:
            if equation.when is not None or not ledger.idle.isdisjoint(equation.tables):
                reason = ledger.inapplicable(equation)
                if reason:
                    evaluator.result.not_checked.append(_not_checked(equation.code, reason))
                    continue
            evaluator.apply(equation)
        except Exception as error:  # a condition of somebody's rule must not take the run with it
            evaluator.result.not_checked.append(failed_rule(equation.code, error))
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


@lru_cache(maxsize=1024)
def _not_checked(code: str, reason: str) -> NotChecked:
    """Most workbooks have the same reasons."""
    return NotChecked(code=code, reason=reason)


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
        ledger = self.ledger
        known = not self.whole and ledger.faulty.isdisjoint(equation.tables)
        if known and equation.single and self._holds(equation):
            return
        if not complete(equation, ledger):
            absent = missing(equation, plan_of(equation, ledger), len(equation.left.terms))
            if absent:
                self.result.not_checked.append(_not_checked(equation.code, absent))
                return
        first = ledger.tables[equation.tables[0]]
        columns = amount_columns(first, self.whole) if equation.by_column else ("",)
        if equation.of_total:
            # A total that is not printed leaves nothing to compare the rows with.
            named = equation.steps[0][2]
            columns = [column for column in columns if has_cell(first, TOTAL, column or named)]
        if known:
            self._add_up(equation, columns)
        else:
            self._one_by_one(equation, columns)

    def _holds(self, equation: Equation) -> bool:
        """Whether the one relation of an equation is there as the form prints it, and holds to the last digit; it is then counted."""
        difference = printed = 0
        for sign, number, item, column in equation.single:
            table = self.ledger.tables[number]
            fen = table.fens.get(column, NO_FEN).get(item)
            if fen is not None:
                difference += sign * fen
                printed += 1
            elif not has_cell(table, item, column):
                return False
        if difference == 0 or (difference < 0 and equation.relation == "<="):
            self.result.checked += bool(printed)
            return True
        return False

    def _one_by_one(self, equation: Equation, columns: Sequence[str]) -> None:
        unknown: dict[str, NotChecked] = {}
        plan = plan_of(equation, self.ledger)
        for item in lines_of(equation, plan):
            if self.around is not None and item and item not in self.around:
                continue
            for column in columns:
                relation, printed, fault = self._relation(equation, plan, item, column)
                if fault is not None:
                    reason = f"{self.ledger.describe(fault)}不是可用的金额"
                    place = self.ledger.place(fault)
                    unknown.setdefault(reason, NotChecked(code=equation.code, reason=reason, cell=place))
                    continue
                self.result.checked += bool(printed)
                # Between blanks nothing fails, but once one of them is filled in the others follow.
                if (self.whole and relation.figures) or relation.difference:
                    self.result.relations.append(relation)
        self.result.not_checked.extend(unknown.values())

    def _add_up(self, equation: Equation, columns: Sequence[str]) -> None:
        """The same from the printed amounts alone: see ``sums``."""
        equality = equation.relation == "="
        add_up = way_of(equation)
        for column in columns:
            sums = add_up(equation, column, self.ledger)
            self.result.checked += sums.checked
            for item, difference in sums.differing:
                if (difference > 0 or equality) and not self._is_rounding(equation, item, column, difference):
                    relation = self._relation(equation, plan_of(equation, self.ledger), item, column)[0]
                    if self.rounding or relation.verdict is not Verdict.ROUNDING:
                        self.result.relations.append(relation)

    def _is_rounding(self, equation: Equation, item: str, column: str, difference: int) -> bool:
        """Whether a difference is one that nobody asked for: well inside the tolerance, and not improbable."""
        if self.rounding or equation.exact or self.profile != "half_up":
            return False
        tables = self.ledger.tables
        width = printed = 0
        for term, each, fixed in equation.steps:
            table, at = tables[term.table], fixed or column
            cells = table.fens.get(at)
            if not cells:
                continue
            names = (item,) if each and item in cells else keys_of(term, table, item, at)
            count = sum(map(cells.__contains__, names))
            printed += count
            half_width = table.half_width()
            if half_width >= 0:
                width += count * half_width
            else:
                width += sum(table.table.amounts[name, at].half_width for name in names if name in cells)
        if not -width < difference < width:
            return False
        grain = self.ledger.grain(equation.tables[0])
        return judge(difference, -width, width, printed, grain, equation.relation == "<=") is Verdict.ROUNDING

    def _relation(self, equation: Equation, plan: Plan, item: str, column: str) -> tuple[Relation, int, Key | None]:
        """One relation with its figures, how many of them are printed, and the first of its cells that is unknown."""
        figures: list[Figure] = []
        fault: Key | None = None
        left_terms = len(equation.left.terms)
        lefts = difference = width = printed = 0
        for position, (term, table) in enumerate(plan):
            at = column if term.column is COLUMN else str(term.column)
            sign, number, amounts = term.sign, table.number, table.amounts
            for name in keys_of(term, table, item, at):
                amount = amounts[name, at]
                if amount is None:
                    if (name, at) in table.faults:
                        fault = fault or Key(number, name, at)
                    elif self.whole:
                        amount = table.blank(name, at)
                    if amount is None:
                        continue
                difference += sign * amount.fen
                width += amount.half_width
                printed += not amount.blank
                figures.append(_NEW(Figure, (sign, _NEW(Key, (number, name, at)), amount)))
            if position < left_terms:
                lefts = len(figures)
        low, high = self._bounds(equation, figures, width)
        grain = self.ledger.grain(equation.tables[0])
        verdict = judge(difference, low, high, printed, grain, equation.relation == "<=")
        relation = _NEW(Relation, (equation, item, column, tuple(figures), difference, low, high, verdict, lefts))
        return relation, printed, fault

    def _bounds(self, equation: Equation, figures: Iterable[Figure], width: int) -> tuple[int, int]:
        """The rounding bounds of a relation whose half-widths add up to ``width``."""
        if self.profile == "half_up" and not equation.slack:
            return (0, 0) if equation.exact else (-width, width)
        rounded = [(f.sign, f.amount.fen, f.amount.half_width) for f in figures]
        for term in equation.slack:
            hidden = self.ledger.disclosure.amount(term.table, str(term.item), str(term.column))
            if hidden is not None:
                rounded.append((term.sign, hidden.fen, hidden.half_width))
        return bounds(rounded, self.profile, equation.exact)
