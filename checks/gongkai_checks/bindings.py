"""Which lines and columns an equation applies to, as the tables of one disclosure are laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from .ledger import TOTAL, TableLedger

CLASS_DIGITS, SECTION_DIGITS = 3, 5

Plan = list[tuple[Term, TableLedger]]
"""The terms of an equation, each with its table."""


def missing(equation: Equation, plan: Plan, lefts: int) -> str:
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


def columns_of(equation: Equation, plan: Plan, whole: bool) -> tuple[str, ...]:
    """The columns that COLUMN stands for: those with an amount, or all."""
    if not any(term.column is COLUMN for term in equation.terms):
        return ("",)
    used = plan[0][1]
    return tuple(column for column in used.table.columns if whole or column in used.fens)


def lines_of(equation: Equation, plan: Plan) -> Iterator[str]:
    """The lines that the equation's selector stands for; one empty name where it has none."""
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
    digits = {EACH_CLASS: CLASS_DIGITS, EACH_SECTION: SECTION_DIGITS}.get(quantifier)
    for key in found:
        if digits is not None and (len(key) != digits or not key.isdigit()):
            continue
        # A code printed twice has no single amount to compare between sheets; CL103 reports it.
        if repeated and key.partition("#")[0] in repeated:
            continue
        yield key


def keys_of(term: Term, table: TableLedger, item: str, column: str) -> Sequence[str]:
    """Keys of the lines that a term adds up."""
    what = term.item
    if isinstance(what, str):
        if what == TOTAL and not has_cell(table, TOTAL, column):
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
    if item == TOTAL and not has_cell(table, TOTAL, column):
        return table.below(TOTAL)
    if item not in table.table.items:
        return table.below(item) if item in table.tree.stems else ()
    return (item,)


def has_cell(table: TableLedger, item: str, column: str) -> bool:
    """Whether a line has a cell in a column."""
    line = table.table.items.get(item)
    return line is not None and column in line.columns
