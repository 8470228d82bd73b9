"""Which name each functional code carries, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongkai_checks.dictionary import Dictionary
from gongkai_checks.labels import normal_name
from gongkai_checks.tables import code_names, code_rows, code_tables, label_cell
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Item, Table


class PrintedName(NamedTuple):
    """A row of one table that prints a name beside a code."""

    where: Table
    item: Item

    @property
    def table(self) -> str:
        """The number of the table."""
        return self.where.number

    @property
    def name(self) -> str:
        """The name as printed."""
        return self.item.name

    @property
    def cell(self) -> CellRef:
        """The cell of the code."""
        return label_cell(self.where, self.item)


def printed_names(disclosure: Disclosure) -> dict[str, list[PrintedName]]:
    """By code, every name in 02, 03, 05, 07 and 08; rows without a name are left out."""
    names: dict[str, list[PrintedName]] = {}
    for table in code_tables(disclosure):
        for row in code_rows(table):
            if row.name and not row.name.isspace():
                names.setdefault(row.code, []).append(PrintedName(table, row))
    return names


def distinct_names(disclosure: Disclosure) -> frozenset[tuple[str, str]]:
    """Every code with every name that ``printed_names`` finds for it."""
    return frozenset().union(*map(code_names, code_tables(disclosure)))


def by_name(code: str, printed: Sequence[PrintedName], dictionary: Dictionary) -> dict[str, list[PrintedName]]:
    """The places by what they call the code; former names count as the name in force."""
    first = printed[0].item.name
    if all(place.item.name == first for place in printed):
        return {first: list(printed)}
    known = dictionary.name(code)
    names: dict[str, list[PrintedName]] = {}
    for place in printed:
        name = known if known is not None and dictionary.agrees(code, place.name) else place.name
        names.setdefault(normal_name(name), []).append(place)
    return names
