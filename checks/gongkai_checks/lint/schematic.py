"""Schematic accounts: correct disclosures, as small as they can be, in every layout, to try equations on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from gongkai_checks.bindings import CLASS_DIGITS, SECTION_DIGITS
from gongkai_checks.dictionary import load_dictionary
from gongkai_checks.equations import Equation, Term
from gongkai_checks.ledger import TOTAL, Ledger
from gongkai_checks.rules.tie_outs.sheet06 import COUNTERPARTS
from gongkai_checks.tables import CODE_TABLES
from gongkai_workbooks.amounts import WAN_YUAN, YUAN, Amount
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import TABLE_NUMBERS, Disclosure, Item, Table, TableStatus
from gongkai_workbooks.forms import Form, form_names, load_form
from gongkai_workbooks.layouts import Layout
from gongkai_workbooks.table_amounts import TableAmounts

from .code_set import ECONOMIC, STATEMENTS, CodeSet, code_set
from .money import AMOUNT, Amounts, Money, amounts

YEAR = 2025
YEARS = range(YEAR - 8, YEAR + 6)
FORM_NAMES = {"national": "全国表样", "shanghai": "上海表样"}
EVERY_LABEL = "各地表样的行、栏合在一起"
ALL_MONEY = "各类资金都有"
KINDS: Mapping[str, Money] = {
    ALL_MONEY: Money(),
    "只有财政拨款": Money(other=False),
    "只有一般公共预算财政拨款": Money(other=False, funds=False),
    "没有结转结余": Money(carry_over=False),
    "没有结转结余，只有财政拨款": Money(carry_over=False, other=False),
    "公开09为空表": Money(three_public=False),
}
TOTALS_OF_01 = ("收入总计", "支出总计")

Takes = Callable[[str, str, str], bool]
"""Whether a form has a cell for a table, item and column."""


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """A correct disclosure that applies equations to it. ``name`` says in Chinese what is special about it."""

    name: str
    ledger: Ledger

    @property
    def disclosure(self) -> Disclosure:
        """The nine tables."""
        return self.ledger.disclosure


class Schematic:
    """The schematic accounts for a set of equations.

    ``full`` has every line and column of every layout and every kind of money; ``accounts`` are all those that equations are held
    against, beginning with ``full``; ``odd`` makes further ones, in which a condition may hold that holds in none of them.
    """

    def __init__(self, equations: Sequence[Equation], layout: Layout) -> None:
        self._layout = layout
        always = [code for row in COUNTERPARTS for code in (row[0], *_items(row[2]))]
        classes = {line.key for line in layout.lines["01", "expenditure"].values() if line.role == "class"}
        self._codes = code_set(equations, always, classes)
        self.full = self._account(EVERY_LABEL, ALL_MONEY, self._codes, _anywhere)
        self.accounts = (self.full, *self._others())

    def _others(self) -> Iterator[Account]:
        forms = [load_form(name) for name in form_names()]
        for kind in KINDS:
            if kind != ALL_MONEY:
                yield self._account(EVERY_LABEL, kind, self._codes, _anywhere)
            for form in forms:
                codes = _printed(self._codes, form)
                yield self._account(FORM_NAMES.get(form.name, form.name), kind, codes, partial(_in_form, form))
        yield self._account(EVERY_LABEL, "公开01没有总计行", self._codes, _without_totals)

    def odd(self) -> Iterator[Account]:
        """Accounts of other years, in 元, with one table empty or missing, one after the other."""
        full = self.full.disclosure
        for year in YEARS:
            yield Account(f"{year}年度", Ledger(replace(full, year=year)))
        yield Account("以元为单位", Ledger(replace(full, amount_unit=YUAN)))
        for number in TABLE_NUMBERS:
            table = full.tables[number]
            empty = replace(table, status=TableStatus.EMPTY, amounts=TableAmounts())
            missing = Table(number, table.title, TableStatus.MISSING)
            for name, changed in (("为空表", empty), ("缺失", missing)):
                yield Account(f"公开{number}{name}", Ledger(replace(full, tables={**full.tables, number: changed})))
        yield Account("各表均为空表", Ledger(_blank(full)))

    def _account(self, form: str, kind: str, codes: CodeSet, takes: Takes) -> Account:
        money = amounts(codes, KINDS.get(kind, Money()))
        tables = {number: _table(number, self._layout, codes, money, takes) for number in TABLE_NUMBERS}
        disclosure = Disclosure(
            "示意账", "某某局", YEAR, WAN_YUAN, True, tables, sheets=tuple(table.sheet for table in tables.values())
        )
        return Account(f"{form}，{kind}", Ledger(disclosure))


def _table(number: str, layout: Layout, codes: CodeSet, money: Amounts, takes: Takes) -> Table:
    """One table: the lines and columns that ``takes`` has a cell for, and their amounts."""
    sheet = f"公开{number}"
    labels = columns_of(number, layout)
    places = {label: 3 + position for position, label in enumerate(labels)}
    items: dict[str, Item] = {}
    used: set[str] = set()
    for row, item in enumerate(_lines(number, layout, codes), 6):
        here = {label: places[label] for label in item.columns if takes(number, item.key, label)}
        if here:
            items[item.key] = item._replace(row=row, columns=here)
            used.update(here)
    printed = {
        (key, label): Amount(fen * WAN_YUAN.fen, WAN_YUAN.half_width, CellRef(sheet, line.row, line.columns[label]))
        for key, line in items.items()
        for label in line.columns
        if (fen := money.get((number, key, label)))
    }
    return Table(
        number,
        layout.canonical_titles.get(number, ""),
        TableStatus.CHECKED if printed else TableStatus.EMPTY,
        sheet=sheet,
        amount_unit=WAN_YUAN,
        department="某某局",
        year=YEAR,
        columns=tuple(label for label in labels if label in used),
        items=items,
        amounts=TableAmounts.of(printed),
    )


def columns_of(number: str, layout: Layout) -> tuple[str, ...]:
    """The canonical labels of all amount columns that a table has in any layout."""
    if number == ECONOMIC:
        return (AMOUNT,)
    known = tuple(dict.fromkeys(layout.columns.get(number, {}).values()))
    return (AMOUNT, *known) if number == "04" else known


def _lines(number: str, layout: Layout, codes: CodeSet) -> Iterator[Item]:
    """The lines that a table has in any layout, each with all columns that it can have."""
    columns = dict.fromkeys(columns_of(number, layout), 0)
    dictionary = load_dictionary()

    def name(key: str) -> str:
        return dictionary.name(key) or ("" if key.isdigit() else key)

    if number in CODE_TABLES:
        yield Item(TOTAL, TOTAL, 0, columns, "total")
        yield from (Item(code, name(code), 0, columns, "code", code) for code in codes.functional)
        return
    if number == ECONOMIC:
        yield from (Item(code, name(code), 0, columns, "code", code) for code in codes.economic)
    for (table, part), names in layout.lines.items():
        if table != number:
            continue
        if number == "04":
            revenue = part == "revenue"
            columns = {label: 0 for label in columns_of(number, layout) if (label == AMOUNT) is revenue}
        for line in dict.fromkeys(names.values()):
            if line.role != "class" or line.key in codes.classes:
                yield Item(line.key, name(line.key), 0, columns, line.role)


def _anywhere(table: str, item: str, column: str) -> bool:
    return True


def _without_totals(table: str, item: str, column: str) -> bool:
    return not (table == "01" and item in TOTALS_OF_01)


def _in_form(form: Form, table: str, item: str, column: str) -> bool:
    return form.sheet(table).takes(item, column)


def _printed(codes: CodeSet, form: Form) -> CodeSet:
    """The codes that a form can print: those of its blocks in 06, and of the classes that 01 and 04 have a line for."""
    functional = (
        code
        for code in codes.functional
        if all(_in_form(form, table, code[:CLASS_DIGITS], AMOUNT if table == "01" else "小计") for table in STATEMENTS)
    )
    economic = {code for block in form.sheet(ECONOMIC).blocks for code, _ in block if len(code) <= SECTION_DIGITS}
    return CodeSet(tuple(functional), tuple(sorted(economic)))


def _blank(disclosure: Disclosure) -> Disclosure:
    tables = {
        number: replace(table, status=TableStatus.EMPTY, amounts=TableAmounts())
        for number, table in disclosure.tables.items()
    }
    return replace(disclosure, tables=tables)


def _items(right: object) -> Iterable[str]:
    terms = (right,) if isinstance(right, Term) else getattr(right, "terms", ())
    return [str(term.item) for term in terms]
