"""One tidy frame for all tables of all workbooks of a batch: one row an amount, unreadable cell, code, column or line.

It holds only what the schema looks at. Where a row comes from stands beside it, so that no address travels through the
data frame library. Blank amount cells have no row: nothing can be wrong with their form.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from gongkai_checks.code_tree import code_tree
from gongkai_checks.tables import readable
from gongkai_workbooks.disclosure import Disclosure, Table, TableStatus
from gongkai_workbooks.table_amounts import TableAmounts

from .shapes import ECONOMIC, MAY_BE_NEGATIVE, SHAPES

if TYPE_CHECKING:
    import polars

Kind = Literal["amount", "odd amount", "fault", "functional code", "economic code", "column", "line"]
COLUMNS: dict[Kind, tuple[str, ...]] = {
    "amount": ("fen",),
    "odd amount": ("text", "decimals"),
    "fault": ("fault",),
    "functional code": ("functional",),
    "economic code": ("economic",),
    "column": ("column_found",),
    "line": ("line_found",),
}
"""The columns that rows of each kind fill.

``fen`` is 分, null for a negative amount that may be negative. An amount that is more than a plain number has a second row: ``text`` tells a number
that is stored as text, ``decimals`` one with other decimals than its unit has. ``fault`` is the kind of an unreadable cell, ``functional`` and ``economic`` a code; the others tell whether what must be
there was found.
"""
FEN_LIMIT = 2**62
"""Amounts are cut to this size in the frame, whose integers have 64 bits; only their sign is looked at."""


class Section(NamedTuple):
    """Consecutive rows of one kind from one table: ``keys`` are (item, column), item keys or labels, by kind; the amounts come by column."""

    disclosure: int
    table: Table
    keys: Sequence[tuple[str, str]] | Sequence[str] | TableAmounts


class Place(NamedTuple):
    """Where a row of the frame comes from."""

    disclosure: int
    table: Table
    item: str
    column: str


@dataclass(slots=True)
class Rows:
    """The rows of one kind: the values of its columns, and the sections they come from, each with its first row."""

    values: list[list[object]]
    sections: list[Section] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    count: int = 0
    listed: dict[int, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """The keys of sections of amounts, by number, of which one was asked for."""

    def add(self, section: Section, *values: Iterable[object]) -> None:
        """Add the rows of a table, with the values of each column."""
        self.sections.append(section)
        self.starts.append(self.count)
        self.count += len(section.keys)
        for column, more in zip(self.values, values, strict=True):
            column += more

    def key(self, row: int) -> tuple[Section, tuple[str, str] | str]:
        """The section of a row, and the key that the row has there."""
        number = bisect_right(self.starts, row) - 1
        section = self.sections[number]
        keys = section.keys
        if isinstance(keys, TableAmounts):
            if number not in self.listed:
                self.listed[number] = keys.by_column()
            keys = self.listed[number]
        return section, keys[row - self.starts[number]]


class TidyFrame:
    """The rows by kind, one kind after the other."""

    def __init__(self) -> None:
        self.rows = {kind: Rows([[] for _ in columns]) for kind, columns in COLUMNS.items()}

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds that there are rows of."""
        return frozenset(kind for kind, rows in self.rows.items() if rows.count)

    def polars(self) -> polars.DataFrame:
        """The frame with the ``COLUMNS`` of its kinds; each is null on rows of another kind."""
        import polars as pl

        types = {"fen": pl.Int64, "fault": pl.String, "functional": pl.String, "economic": pl.String}
        before, height = 0, sum(rows.count for rows in self.rows.values())
        columns: list[pl.Series] = []
        for kind in self.rows:
            rows = self.rows[kind]
            if not rows.count:
                continue
            after = height - before - rows.count
            for name, values in zip(COLUMNS[kind], rows.values, strict=True):
                column = pl.Series(name, values, types.get(name, pl.Boolean))
                if before:
                    column = pl.repeat(None, before, dtype=column.dtype, eager=True).alias(name).append(column)
                columns.append(column.extend_constant(None, after))
            before += rows.count
        return pl.DataFrame(columns)

    def place(self, row: int) -> Place:
        """Where row ``row`` (from 0) of the frame comes from."""
        for kind in self.rows:
            rows = self.rows[kind]
            if row < rows.count:
                break
            row -= rows.count
        (disclosure, table, _), key = rows.key(row)
        if isinstance(key, tuple):
            return Place(disclosure, table, *key)
        return Place(disclosure, table, "" if kind == "column" else key, key if kind == "column" else "")


def tidy(disclosures: Sequence[Disclosure]) -> TidyFrame:
    """Arrange the cells of a batch. Missing and unreadable tables have no rows, empty ones no required columns or lines."""
    frame = TidyFrame()
    for index, disclosure in enumerate(disclosures):
        for table in disclosure.tables.values():
            if readable(table):
                _add_table(frame.rows, index, disclosure, table)
    return frame


def _add_table(rows: dict[Kind, Rows], index: int, disclosure: Disclosure, table: Table) -> None:
    if table.amounts:
        rows["amount"].add(Section(index, table, table.amounts), _signed(table.amounts))
        half_width = (table.amount_unit or disclosure.amount_unit).half_width
        plain = table.amounts.half_width == half_width
        odd = table.amounts.others if plain else dict(table.amounts)
        if odd:
            texts = [amount.text for amount in odd.values()]
            decimals = [amount.half_width != half_width for amount in odd.values()]
            rows["odd amount"].add(Section(index, table, tuple(odd)), texts, decimals)
    if table.faults:
        rows["fault"].add(Section(index, table, tuple(table.faults)), [fault.kind for fault in table.faults.values()])
    shape = SHAPES[table.number]
    tree = code_tree(table)
    if shape.code and tree.keys:
        kind: Kind = "economic code" if shape.code == ECONOMIC else "functional code"
        rows[kind].add(Section(index, table, tree.keys), tree.codes)
    if table.status is TableStatus.CHECKED:
        found = [column in table.columns for column in shape.columns]
        rows["column"].add(Section(index, table, shape.columns), found)
        if shape.lines:
            rows["line"].add(Section(index, table, shape.lines), [line in table.items for line in shape.lines])


def _signed(amounts: TableAmounts) -> Sequence[int | None]:
    fens = amounts.figures()
    least, most = min(fens), max(fens)
    checked: Sequence[int | None] = fens
    if least < 0:
        checked = [
            None if fen < 0 and (item in MAY_BE_NEGATIVE or column in MAY_BE_NEGATIVE) else max(-FEN_LIMIT, fen)
            for (item, column), fen in zip(amounts.by_column(), fens, strict=True)
        ]
    if most > FEN_LIMIT:
        checked = [fen if fen is None else min(fen, FEN_LIMIT) for fen in checked]
    return checked
