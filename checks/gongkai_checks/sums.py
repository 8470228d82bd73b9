"""What the two sides of an equation differ by, added up from the printed amounts of one column at a time.

Nearly every relation holds to the last digit, and most cells are blank or 0: no more is made of a relation than its difference, until it
has one. So a column that prints nothing but 0 is not added up, and what the levels of a table share is added up once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .bindings import keys_of, lines_of
from .equations import CHILDREN, EACH_CLASS, EACH_CODE, Equation
from .ledger import Difference, Ledger, Sums

NOTHING = Sums(0, ())
Way = Callable[[Equation, str, Ledger], Sums]
"""Adds up an equation in the column that COLUMN stands for. Its tables have no unknown amounts."""


def way_of(equation: Equation) -> Way:
    """The quickest way to add up an equation."""
    if equation.levels:
        return _levels
    return _alone if equation.quantifier is None else _shared


def _levels(equation: Equation, column: str, ledger: Ledger) -> Sums:
    """Each class or section against the rows right below it."""
    term, _, fixed = equation.steps[0]
    table, at = ledger.tables[term.table], fixed or column
    cells = table.fens.get(at)
    if not cells:
        return NOTHING
    tree = table.tree
    wanted = tree.class_parents if equation.quantifier is EACH_CLASS else tree.section_parents
    if at not in table.nonzero and cells.keys() >= wanted:
        return Sums(len(wanted), ())
    below = table.sums_below(at)
    checked = 0
    differing: list[Difference] = []
    for item in wanted:
        own, parts = cells.get(item), below.get(item)
        if own == parts:
            checked += own is not None
        else:
            checked += 1
            difference = (own or 0) - (parts or 0)
            if difference:
                differing.append((item, difference))
    if len(differing) > 1:
        order = {item: place for place, item in enumerate(dict.fromkeys((*cells, *below)))}
        differing.sort(key=lambda found: order[found[0]])
    return Sums(checked, differing)


def _alone(equation: Equation, column: str, ledger: Ledger) -> Sums:
    """The one relation of an equation in a column."""
    difference = 0
    printed = False
    for term, _, fixed in equation.steps:
        table, at = ledger.tables[term.table], fixed or column
        cells = table.fens.get(at)
        if not cells or (printed and at not in table.nonzero):
            continue
        if term.item.__class__ is str and term.item in cells:
            difference += term.sign * cells[term.item]
            printed = True
            continue
        for name in keys_of(term, table, "", at):
            fen = cells.get(name)
            if fen is not None:
                difference += term.sign * fen
                printed = True
    if not printed:
        return NOTHING
    return Sums(1, (("", difference),) if difference else ())


def _shared(equation: Equation, column: str, ledger: Ledger) -> Sums:
    """Each line that the quantifier stands for.

    An inequality and the equality that holds in simple cases have the same terms: they are added up once.
    """
    key = (equation.sum_number, column)
    found = ledger.sums.get(key)
    if found is None:
        sums = _across(equation, column, ledger)
        if sums is None:
            sums = _lines(equation, column, ledger)
        differing = (
            [(item, difference) for item, difference in sums.items() if difference] if any(sums.values()) else ()
        )
        found = ledger.sums[key] = Sums(len(sums), differing)
    return found


def _across(equation: Equation, column: str, ledger: Ledger) -> Mapping[str, int] | None:
    """Left minus right of every line, where the lines need not be looked up: all are meant, each stands once, and none is missing."""
    if not equation.across:
        return None
    sums: dict[str, int] = {}
    several = len(equation.tables) > 1
    for term, _, fixed in equation.steps:
        table, at = ledger.tables[term.table], fixed or column
        if table.unprinted(at) or (several and table.tree.repeated):
            return None
        cells = table.fens.get(at)
        if cells:
            sums = _added(sums, cells, term.sign if at in table.nonzero else 0)
    if equation.quantifier is EACH_CODE:
        tables = [ledger.tables[number] for number in equation.tables]
        for name in {name for table in tables for name in table.others}:
            if name in sums and not any(name in table.tree.members for table in tables):
                del sums[name]
    return sums


def _lines(equation: Equation, column: str, ledger: Ledger) -> Mapping[str, int]:
    """Left minus right of every line, whatever the terms are."""
    wanted = ledger.lines.get(equation.lines_number)
    if wanted is None:
        plan = [(term, ledger.tables[term.table]) for term in equation.terms]
        wanted = ledger.lines[equation.lines_number] = dict.fromkeys(lines_of(equation, plan))
    sums: dict[str, int] = {}
    for term, each, fixed in equation.steps:
        table, at = ledger.tables[term.table], fixed or column
        cells = table.fens.get(at)
        if not cells:
            continue
        sign = term.sign
        if each:
            used = {name: fen for name, fen in cells.items() if name in wanted}
            sums = _added(sums, used, sign if at in table.nonzero else 0)
            for item in table.unprinted(at):
                if item in wanted:
                    for name in table.below(item):
                        if name in cells:
                            sums[item] = sums.get(item, 0) + sign * cells[name]
        elif term.item is CHILDREN:
            for parent, fen in table.sums_below(at).items():
                if parent in wanted:
                    sums[parent] = sums.get(parent, 0) + sign * fen
        else:
            for name in keys_of(term, table, "", at):
                found = cells.get(name)
                if found is not None:
                    for item in wanted:
                        sums[item] = sums.get(item, 0) + sign * found
    return sums


def _added(sums: dict[str, int], cells: Mapping[str, int], sign: int) -> dict[str, int]:
    """The sums with the amounts of a column added or taken off; ``sign`` is 0 where all are 0. ``sums`` itself may be changed."""
    if not sums:
        return dict(cells) if sign >= 0 else {name: -fen for name, fen in cells.items()}
    if not sign:
        if not cells.keys() <= sums.keys():
            for name in cells:
                sums.setdefault(name, 0)
    elif sign > 0:
        for name, fen in cells.items():
            sums[name] = sums.get(name, 0) + fen
    else:
        for name, fen in cells.items():
            sums[name] = sums.get(name, 0) - fen
    return sums
