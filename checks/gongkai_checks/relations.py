"""Equations applied to one disclosure: every relation between actual cells, with its difference and its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai_workbooks.amounts import Amount

from .equations import (
    CHILDREN,
    COLUMN,
    EACH,
    EACH_CLASS,
    EACH_LEAF,
    EACH_SECTION,
    FUNCTION_LINES,
    INCOME_LINES,
    TOP,
    Equation,
    Selector,
    Term,
)
from .finding import NotChecked
from .ledger import NOTHING, TOTAL, Key, Ledger, TableLedger
from .options import ProfileName
from .rounding import Verdict, bounds, judge

_CLASS_DIGITS, _SECTION_DIGITS = 3, 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a relation, with its sign; ``amount`` is blank (fen 0) or printed."""

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


def evaluate(equations: Sequence[Equation], ledger: Ledger, profile: ProfileName, *, whole: bool = False) -> Evaluation:
    """Apply equations to a disclosure.

    With ``whole`` every relation is kept, and blank cells are among its figures: diagnosis needs them. Without, only the relations with
    a difference are kept, and of those only the printed figures.
    """
    result = Evaluation()
    for equation in equations:
        reason = _unusable(equation, ledger) or (equation.when(ledger.disclosure) if equation.when else "")
        if reason:
            result.not_checked.append(NotChecked(code=equation.code, reason=reason))
        else:
            _apply(equation, ledger, profile, whole, result)
    return result


def _unusable(equation: Equation, ledger: Ledger) -> str:
    empty = 0
    for number in equation.tables:
        table = ledger.tables[number]
        if not table.readable:
            return f"公开{number}{'缺失' if table.table.status == 'missing' else '无法识别'}"
        empty += table.empty
    if empty == len(equation.tables):
        return f"{'、'.join('公开' + number for number in equation.tables)}为空表"
    return ""


def _apply(equation: Equation, ledger: Ledger, profile: ProfileName, whole: bool, result: Evaluation) -> None:
    plan = [(term, ledger.tables[term.table]) for term in equation.terms]
    lefts = len(equation.left.terms)
    missing = _missing(equation, plan, lefts)
    if missing:
        result.not_checked.append(NotChecked(code=equation.code, reason=missing))
        return
    columns = _columns(equation, plan)
    if any(term.item is TOP for term, _ in plan):
        # A total that is not printed leaves nothing to compare the rows with.
        columns = tuple(column for column in columns if _has(plan[0][1], TOTAL, column))
    if not whole and not any(table.faults for _, table in plan):
        _add_up(equation, plan, columns, ledger, profile, result)
        return
    unknown: dict[str, NotChecked] = {}
    for item in _items(equation, plan):
        for column in columns:
            relation, fault = _relation(equation, plan, item, column, ledger, profile, whole)
            if fault is not None:
                reason = f"{ledger.describe(fault)}不是可用的金额"
                unknown.setdefault(reason, NotChecked(code=equation.code, reason=reason, cell=ledger.place(fault)))
                continue
            result.checked += bool(relation.printed)
            # Between blanks nothing fails, but once one of them is filled in the others follow.
            if (whole and relation.figures) or relation.difference:
                result.relations.append(relation)
    result.not_checked.extend(unknown.values())


def _add_up(
    equation: Equation,
    plan: list[tuple[Term, TableLedger]],
    columns: tuple[str, ...],
    ledger: Ledger,
    profile: ProfileName,
    result: Evaluation,
) -> None:
    """The same from the printed amounts: each is added to the relation it belongs to.

    Nearly every relation holds to the last digit, and most cells are blank: no more is made of a relation than its difference, until
    it has one.
    """
    steps = [
        (term, each, fixed, table)
        for (term, each, fixed), (_, table) in zip(equation.steps, plan, strict=True)
        if not fixed or fixed in table.columns
    ]
    if not steps:
        return
    wanted = ledger.lines.get(equation.lines)
    if wanted is None:
        wanted = ledger.lines[equation.lines] = dict.fromkeys(_items(equation, plan))
    for column in columns:
        sums: dict[str, int] = {}
        for term, each, fixed, table in steps:
            at = fixed or column
            cells = table.columns.get(at)
            if not cells:
                continue
            sign = term.sign
            if each:
                for name, amount in cells.items():
                    if name in wanted:
                        sums[name] = sums.get(name, 0) + sign * amount.fen
                for item in table.unprinted(at):
                    if item in wanted:
                        for name in table.below(item):
                            if name in cells:
                                sums[item] = sums.get(item, 0) + sign * cells[name].fen
            elif term.item is CHILDREN:
                parents = table.tree.parents
                for name, amount in cells.items():
                    parent = parents.get(name)
                    if parent in wanted:
                        sums[parent] = sums.get(parent, 0) + sign * amount.fen
            else:
                for name in _keys(term, table, "", at):
                    found = cells.get(name)
                    if found is not None:
                        for item in wanted:
                            sums[item] = sums.get(item, 0) + sign * found.fen
        result.checked += len(sums)
        for item, difference in sums.items():
            if difference:
                result.relations.append(_relation(equation, plan, item, column, ledger, profile, False)[0])


def _relation(
    equation: Equation,
    plan: list[tuple[Term, TableLedger]],
    item: str,
    column: str,
    ledger: Ledger,
    profile: ProfileName,
    whole: bool,
) -> tuple[Relation, Key | None]:
    """One relation with its figures, and the first of its cells that is unknown."""
    figures: list[Figure] = []
    fault: Key | None = None
    lefts = difference = 0
    for position, (term, table) in enumerate(plan):
        at = column if term.column is COLUMN else str(term.column)
        cells = table.columns.get(at, NOTHING)
        for name in _keys(term, table, item, at):
            amount = cells.get(name)
            if amount is None:
                if (name, at) in table.faults:
                    fault = fault or Key(table.number, name, at)
                elif whole:
                    amount = table.table.amount(name, at)
            if amount is not None:
                difference += term.sign * amount.fen
                figures.append(Figure(term.sign, Key(table.number, name, at), amount))
        if position < len(equation.left.terms):
            lefts = len(figures)
    rounded = [(f.sign, f.amount.fen, f.amount.half_width) for f in figures]
    for term in equation.slack:
        hidden = ledger.disclosure.amount(term.table, str(term.item), str(term.column))
        if hidden is not None:
            rounded.append((term.sign, hidden.fen, hidden.half_width))
    low, high = bounds(rounded, profile, equation.exact)
    printed = sum(not figure.amount.blank for figure in figures)
    grain = ledger.unit(plan[0][0].table).grain
    verdict = judge(difference, low, high, printed, grain, equation.relation == "<=")
    return Relation(equation, item, column, tuple(figures), difference, low, high, verdict, lefts), fault


def _missing(equation: Equation, plan: list[tuple[Term, TableLedger]], lefts: int) -> str:
    """Why the tables, as they are laid out, cannot be held against the equation; "" when they can."""
    sides = (lefts, len(plan) - lefts)
    row_sum = (
        len({term.column for term, _ in plan}) > 1 and len(equation.tables) == 1 and len({t.item for t, _ in plan}) == 1
    )
    absent = [0, 0]
    for position, (term, table) in enumerate(plan):
        if table.empty:
            continue
        alone = sides[position >= lefts] == 1
        found = table.table
        if isinstance(term.column, str) and term.column not in found.columns and (alone or found.unknown_columns):
            return f"{table.name}没有“{term.column}”栏"
        if row_sum and found.unknown_columns:
            return f"{table.name}有未识别的栏“{found.unknown_columns[0][0]}”，横向合计无法核对"
        if isinstance(term.item, Selector) or term.item in found.items:
            continue
        if term.item == TOTAL and table.tree.top:
            continue
        absent[position >= lefts] += 1
        if (
            alone
            or term.item.endswith(("合计", "总计"))
            or found.unknown_lines
            or sides[position >= lefts] == absent[position >= lefts]
        ):
            return f"{table.name}没有“{term.item}”一行"
    return ""


def _columns(equation: Equation, plan: list[tuple[Term, TableLedger]]) -> tuple[str, ...]:
    if not any(term.column is COLUMN for term in equation.terms):
        return ("",)
    used = plan[0][1]
    return tuple(column for column in used.table.columns if column in used.columns)


def _items(equation: Equation, plan: list[tuple[Term, TableLedger]]) -> Iterator[str]:
    quantifier = equation.quantifier
    if quantifier is None:
        yield ""
        return
    found: dict[str, None] = {}
    below = any(term.item is CHILDREN for term in equation.terms)
    repeated: set[str] = set()
    for term, table in plan:
        if term.item is not quantifier:
            continue
        if below:
            found.update(dict.fromkeys(table.tree.children))
        elif table.number in ("01", "04") and quantifier is EACH_CLASS:
            found.update(dict.fromkeys(table.classes))
        elif quantifier is EACH:
            found.update(dict.fromkeys(key for key, line in table.table.items.items() if term.column in line.columns))
        else:
            found.update(dict.fromkeys(table.tree.keys))
        if len(equation.tables) > 1:
            repeated |= table.tree.repeated
    if quantifier is EACH_LEAF:
        stems = {stem for term, table in plan if term.item is quantifier for stem in table.tree.stems}
        found = {key: None for key in found if key not in stems}
    digits = {EACH_CLASS: _CLASS_DIGITS, EACH_SECTION: _SECTION_DIGITS}.get(quantifier)
    for key in found:
        if digits is not None and (len(key) != digits or not key.isdigit()):
            continue
        # A code printed twice has no single amount to compare between sheets; CL103 reports it.
        if repeated and key.partition("#")[0] in repeated:
            continue
        yield key


def _keys(term: Term, table: TableLedger, item: str, column: str) -> Sequence[str]:
    """Keys of the lines that a term adds up."""
    what = term.item
    if isinstance(what, str):
        if what == TOTAL and not _has(table, TOTAL, column):
            return table.below(TOTAL)
        return (what,)
    if what is CHILDREN:
        return table.tree.children.get(item, ())
    if what is TOP:
        return table.tree.top
    if what is FUNCTION_LINES:
        return table.classes
    if what is INCOME_LINES:
        return table.incomes
    if item == TOTAL and not _has(table, TOTAL, column):
        return table.below(TOTAL)
    if item not in table.table.items:
        return table.below(item) if item in table.tree.stems else ()
    return (item,)


def _has(table: TableLedger, item: str, column: str) -> bool:
    line = table.table.items.get(item)
    return line is not None and column in line.columns
