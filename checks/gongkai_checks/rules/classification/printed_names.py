"""Which name each functional code carries, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongkai_checks.dictionary import Dictionary
from gongkai_checks.labels import normal_name
from gongkai_checks.tables import code_rows, code_tables, label_cell
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure


class PrintedName(NamedTuple):
    """A name as one table prints it beside a code."""

    table: str
    name: str
    cell: CellRef


def printed_names(disclosure: Disclosure) -> dict[str, list[PrintedName]]:
    """By code, every name in 02, 03, 05, 07 and 08; rows without a name are left out."""
    names: dict[str, list[PrintedName]] = {}
    for table in code_tables(disclosure):
        for row in code_rows(table):
            if row.name.strip():
                names.setdefault(row.code, []).append(PrintedName(table.number, row.name, label_cell(table, row)))
    return names


def by_name(code: str, printed: Sequence[PrintedName], dictionary: Dictionary) -> dict[str, list[PrintedName]]:
    """The places by what they call the code; former names count as the name in force."""
    known = dictionary.name(code)
    names: dict[str, list[PrintedName]] = {}
    for place in printed:
        name = known if known is not None and dictionary.agrees(code, place.name) else place.name
        names.setdefault(normal_name(name), []).append(place)
    return names
