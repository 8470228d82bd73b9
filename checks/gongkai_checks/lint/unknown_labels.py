"""Tables, lines and columns that an equation names and no layout has: misspelt, most of the time."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping

from gongkai_checks.bindings import CLASS_DIGITS, has_cell
from gongkai_checks.dictionary import load_dictionary
from gongkai_checks.equations import Equation, Selector, Term
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key
from gongkai_workbooks.disclosure import TABLE_NUMBERS
from gongkai_workbooks.labels import plain
from gongkai_workbooks.layouts import Layout

from .remark import Remark
from .schematic import Account


def unknown_labels(equation: Equation, full: Account, layout: Layout) -> Iterator[Remark]:
    """One warning for each term that names something unknown, and a hint for a code that the dictionary does not list."""
    terms = (*equation.terms, *equation.slack)
    said: set[str] = set()
    for term in dict.fromkeys(Term(term.table, term.item, term.column) for term in terms):
        fault, meant = _fault(term, full, layout)
        if fault:
            hint = f"；是否应为“{meant}”？" if meant else ""
            message = f"{equation.code} 的“{term.label}”从不起作用：{fault}{hint}"
        elif isinstance(term.item, str) and term.item.isdigit() and term.item not in load_dictionary():
            message = f"{equation.code} 用到的编码 {term.item} 不在内置科目字典里（字典并不完全），请核对"
        else:
            continue
        if message in said:
            continue
        said.add(message)
        yield Remark(
            kind="inapplicable",
            severity=Severity.WARNING if fault else Severity.INFO,
            code=equation.code,
            message=message,
            cells=(cell_of(term),),
            suggestion=meant,
        )


def cell_of(term: Term) -> Key:
    """What a term is about; in words where it selects."""
    item, column = (part.value if isinstance(part, Selector) else part for part in (term.item, term.column))
    return Key(term.table, item, column)


def _fault(term: Term, full: Account, layout: Layout) -> tuple[str, str]:
    """What is wrong with a term, in Chinese, and what was probably meant; two empty texts when all of it is known."""
    ledger = full.ledger.tables.get(term.table)
    if ledger is None:
        return f"没有公开{term.table}，只有公开01至公开09", _nearest(term.table, TABLE_NUMBERS)
    table, name = ledger.table, ledger.name
    if isinstance(term.item, str) and term.item not in table.items:
        spellings = {
            label: line.key
            for (number, _), lines in layout.lines.items()
            if number == term.table
            for label, line in lines.items()
        }
        return f"任何表样的{name}都没有“{term.item}”一行", _meant(term.item, spellings, table.items)
    if isinstance(term.column, Selector):
        return "", ""
    if not term.column:
        return "没有写是哪一栏", ""
    if term.column not in table.columns:
        spellings = layout.columns.get(term.table, {})
        return f"任何表样的{name}都没有“{term.column}”一栏", _meant(term.column, spellings, table.columns)
    if isinstance(term.item, str) and not has_cell(ledger, term.item, term.column):
        return f"{name}“{term.item}”一行没有“{term.column}”栏", next(iter(table.items[term.item].columns))
    return "", ""


def _meant(label: str, spellings: Mapping[str, str], known: Collection[str]) -> str:
    """The label that this is another spelling of, or the one that is written most like it."""
    meant = spellings.get(plain(label), "")
    return meant if meant in known else _nearest(label, known)


def _nearest(label: str, known: Collection[str]) -> str:
    if not label.isdigit():
        return next(iter(difflib.get_close_matches(label, known, 1)), "")
    # A code of another class is not like it, whatever the digits.
    near = difflib.get_close_matches(label, known, 5)
    return next((code for code in near if code[:CLASS_DIGITS] == label[:CLASS_DIGITS] or code in TABLE_NUMBERS), "")
