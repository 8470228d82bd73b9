"""One tidy frame for all tables of all workbooks of a batch: one row an amount, unreadable cell, code, column or line.

It holds only what the schema looks at. Where a row comes from stands beside it, so that no address travels through the
data frame library. Blank amount cells have no row: nothing can be wrong with their form.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from gongkai_workbooks.disclosure import Disclosure, Table, TableStatus

from .shapes import MAY_BE_NEGATIVE, SHAPES

if TYPE_CHECKING:
    import polars

Kind = Literal["amount", "fault", "code", "column", "line"]
KINDS: tuple[Kind, ...] = ("amount", "fault", "code", "column", "line")
FEN_LIMIT = 2**62
"""Amounts are cut to this size in the frame, whose integers have 64 bits; only their sign is looked at."""


class Section(NamedTuple):
    """Consecutive rows of one kind from one table: ``keys`` are (item, column), item keys or labels, by kind."""

    disclosure: int
    table: Table
    keys: Sequence[tuple[str, str]] | Sequence[str]


class Place(NamedTuple):
    """Where a row of the frame comes from."""

    disclosure: int
    table: Table
    kind: Kind
    item: str
    column: str


@dataclass(slots=True)
class TidyFrame:
    """The columns as lists, each beside the rows of its own kind only, and the sections in the order of the rows."""

    numbers: dict[Kind, list[str]]
    fen: list[int]
    may_be_negative: list[bool]
    text: list[bool]
    decimals: list[bool]
    faults: list[str]
    codes: list[str]
    columns_found: list[bool]
    lines_found: list[bool]
    sections: dict[Kind, list[Section]]
    starts: dict[Kind, list[int]]

    def polars(self) -> polars.DataFrame:
        """The frame: ``table``, ``fen`` (分), ``may_be_negative``, ``text``, ``decimals``, ``fault``, ``code``, ``column_found``, ``line_found``.

        A column is null on rows of another kind.
        """
        import polars as pl

        before, total = 0, sum(map(len, self.numbers.values()))
        padded: dict[str, list[object]] = {"table": [number for kind in KINDS for number in self.numbers[kind]]}
        columns: dict[Kind, dict[str, Sequence[object]]] = {
            "amount": {
                "fen": self.fen,
                "may_be_negative": self.may_be_negative,
                "text": self.text,
                "decimals": self.decimals,
            },
            "fault": {"fault": self.faults},
            "code": {"code": self.codes},
            "column": {"column_found": self.columns_found},
            "line": {"line_found": self.lines_found},
        }
        for kind in KINDS:
            after = total - before - len(self.numbers[kind])
            for name, values in columns[kind].items():
                padded[name] = [*([None] * before), *values, *([None] * after)]
            before += len(self.numbers[kind])
        schema: dict[str, type[pl.DataType]] = dict.fromkeys(padded, pl.Boolean)
        schema |= {"table": pl.String, "fault": pl.String, "code": pl.String, "fen": pl.Int64}
        return pl.DataFrame(padded, schema=schema)

    def place(self, row: int) -> Place:
        """Where row ``row`` (from 0) of the frame comes from."""
        for kind in KINDS:
            if row < len(self.numbers[kind]):
                break
            row -= len(self.numbers[kind])
        section = bisect_right(self.starts[kind], row) - 1
        disclosure, table, keys = self.sections[kind][section]
        key = keys[row - self.starts[kind][section]]
        if isinstance(key, tuple):
            return Place(disclosure, table, kind, *key)
        return Place(disclosure, table, kind, "" if kind == "column" else key, key if kind == "column" else "")


def tidy(disclosures: Sequence[Disclosure]) -> TidyFrame:
    """Arrange the cells of a batch. Missing and unreadable tables have no rows, empty ones no required columns or lines."""
    frame = TidyFrame(
        {kind: [] for kind in KINDS},
        [],
        [],
        [],
        [],
        [],
        [],
        [],
        [],
        {kind: [] for kind in KINDS},
        {kind: [] for kind in KINDS},
    )
    for index, disclosure in enumerate(disclosures):
        for table in disclosure.tables.values():
            if table.status in (TableStatus.CHECKED, TableStatus.EMPTY):
                _add_table(frame, index, disclosure, table)
    return frame


def _add_table(frame: TidyFrame, index: int, disclosure: Disclosure, table: Table) -> None:
    def section(kind: Kind, keys: Sequence[tuple[str, str]] | Sequence[str]) -> None:
        frame.sections[kind].append(Section(index, table, keys))
        frame.starts[kind].append(len(frame.numbers[kind]))
        frame.numbers[kind] += [table.number] * len(keys)

    if table.amounts:
        section("amount", tuple(table.amounts))
        _add_amounts(frame, table, (table.amount_unit or disclosure.amount_unit).half_width)
    if table.faults:
        section("fault", tuple(table.faults))
        frame.faults += [fault.kind for fault in table.faults.values()]
    shape = SHAPES[table.number]
    if shape.code:
        rows = [(key, item.code) for key, item in table.items.items() if item.role == "code"]
        if rows:
            section("code", [key for key, _ in rows])
            frame.codes += [code for _, code in rows]
    if table.status is TableStatus.CHECKED:
        section("column", shape.columns)
        frame.columns_found += [column in table.columns for column in shape.columns]
        if shape.lines:
            section("line", shape.lines)
            frame.lines_found += [line in table.items for line in shape.lines]


def _add_amounts(frame: TidyFrame, table: Table, half_width: int) -> None:
    fens, half_widths, _, _, texts, _ = zip(*table.amounts.values(), strict=True)
    if max(fens) > FEN_LIMIT or min(fens) < -FEN_LIMIT:
        fens = tuple(max(-FEN_LIMIT, min(fen, FEN_LIMIT)) for fen in fens)
    frame.fen += fens
    frame.text += texts
    frame.decimals += [width != half_width for width in half_widths]
    frame.may_be_negative += [item in MAY_BE_NEGATIVE or column in MAY_BE_NEGATIVE for item, column in table.amounts]
