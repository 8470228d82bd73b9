"""Which lines and columns an equation applies to, as the tables of one disclosure are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .code_tree import CLASS_DIGITS as CLASS_DIGITS
from .code_tree import SECTION_DIGITS as SECTION_DIGITS
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
from .ledger import TOTAL, Ledger, TableLedger

Plan = list[tuple[Term, TableLedger]]
"""The terms of an equation, each with its table."""


def plan_of(equation: Equation, ledger: Ledger) -> Plan:
    """The terms of an equation with the tables of a disclosure."""
    return [(term, ledger.tables[term.table]) for term in equation.terms]


def complete(equation: Equation, ledger: Ledger) -> bool:
    """Whether the tables have every line and column that an equation names, and no other columns to add up: nothing is ``missing`` then."""
    for number, items, columns in equation.needs:
        table = ledger.tables[number]
        if table.empty:
            continue
        found = table.table
        if not columns <= table.columns or (items and not items <= found.items.keys()):
            return False
        if equation.of_row and found.unknown_columns:
            return False
    return True


def missing(equation: Equation, plan: Plan, lefts: int) -> str:
    """Why the tables, as they are laid out, cannot be held against the equation; "" when they can."""
    sides = (lefts, len(plan) - lefts)
    absent = [0, 0]
    for position, (term, table) in enumerate(plan):
        if table.empty:
            continue
        alone = sides[position >= lefts] == 1
        found = table.table
        if isinstance(term.column, str) and term.column not in found.columns and (alone or found.unknown_columns):
            return f"{table.name}没有“{term.column}”栏"
        if equation.of_row and found.unknown_columns:
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


def columns_of(equation: Equation, plan: Plan, whole: bool) -> Sequence[str]:
    """The columns that COLUMN stands for: those with an amount, or all."""
    return amount_columns(plan[0][1], whole) if equation.by_column else ("",)


def amount_columns(table: TableLedger, whole: bool) -> Sequence[str]:
    """The columns of a table with an amount, or all."""
    return table.table.columns if whole else [column for column in table.table.columns if column in table.fens]


def lines_of(equation: Equation, plan: Plan) -> Iterable[str]:
    """The lines that the equation's selector stands for; one empty name where it has none."""
    quantifier = equation.quantifier
    if quantifier is None:
        return ("",)
    found: dict[str, None] = {}
    below = any(term.item is CHILDREN for term in equation.terms)
    repeated: set[str] = set()
    stems: set[str] = set()
    for term, table in plan:
        if term.item is not quantifier:
            continue
        tree = table.tree
        own: Iterable[str]
        if below:
            level = {EACH_CLASS: tree.class_parents, EACH_SECTION: tree.section_parents}.get(quantifier, tree.children)
            own = [key for key in tree.children if key in level]
        elif quantifier is EACH_CLASS:
            own = table.class_codes if table.number in ("01", "04") else tree.classes
        elif quantifier is EACH_SECTION:
            own = tree.sections
        elif quantifier is EACH:
            own = [
                key for key, line in table.table.items.items() if term.column is COLUMN or term.column in line.columns
            ]
        else:
            own = tree.keys
        found.update(dict.fromkeys(own))
        if len(equation.tables) > 1:
            repeated |= tree.repeated
        stems |= tree.stems
    if quantifier is EACH_LEAF:
        return [key for key in found if key not in stems and key.partition("#")[0] not in repeated]
    # A code printed twice has no single amount to compare between sheets; CL103 reports it.
    return [key for key in found if key.partition("#")[0] not in repeated] if repeated else found


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
