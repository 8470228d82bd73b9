"""One mistake, or several, put into correct accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from gongkai_checks.ledger import Key
from gongkai_workbooks.amounts import Amount
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.table_amounts import TableAmounts

from .original import Original
from .ties import Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """Damaged accounts, and what is wrong with them.

    ``changes`` are the wrong cells with what they hold now. ``places`` are the cells at which a finding that knows the cause
    may point: the wrong cells, and of whole rows and tables also their labels. ``row`` is a row that is missing, which has
    no cell to point at. ``rivals`` are repairs of the same kind that are not the right one: where all ties hold after
    one of them, the figures cannot tell what happened.
    """

    original: Original
    disclosure: Disclosure
    changes: Changes
    places: frozenset[CellRef]
    row: Key | None = None
    independent: bool = False
    """Each change is a mistake by itself."""
    rivals: tuple[Changes, ...] = field(default=())

    @property
    def single(self) -> bool:
        """One wrong cell and nothing else."""
        return len(self.changes) == 1 and self.row is None


def damage(
    original: Original,
    changes: Changes,
    *,
    places: Iterable[CellRef] = (),
    independent: bool = False,
    rivals: Iterable[Changes] = (),
) -> Injection | None:
    """The accounts with some cells changed; None when nothing changes, or when a table would be left without amounts."""
    real = {key: fen for key, fen in changes.items() if fen != original.now(key, {})}
    if not real:
        return None
    tables = dict(original.disclosure.tables)
    for number in {key.table for key in real}:
        table = tables[number]
        amounts = dict(table.amounts)
        for key, fen in real.items():
            if key.table == number:
                cell = table.place(key.item, key.column)
                before = amounts.pop(key[1:], None)
                if cell is None:
                    return None
                if fen is not None:
                    half = before.half_width if before else original.unit(number).half_width
                    amounts[key[1:]] = Amount(fen, half, cell)
        if not any(amount.fen for amount in amounts.values()):
            return None
        in_order = dict(sorted(amounts.items(), key=lambda entry: _at(entry[1])))
        tables[number] = replace(table, amounts=TableAmounts.of(in_order))
    cells = {cell for key in real if (cell := original.disclosure.tables[key.table].place(key.item, key.column))}
    return Injection(
        original=original,
        disclosure=replace(original.disclosure, tables=tables),
        changes=real,
        places=frozenset(cells | set(places)),
        independent=independent,
        rivals=tuple(rivals),
    )


def _at(amount: Amount) -> tuple[int, int]:
    """Row and column, so that amounts stay in the order of the sheet."""
    return (amount.cell.row, amount.cell.column) if amount.cell else (0, 0)


def without_row(original: Original, row: Key) -> Injection:
    """The accounts with one line of a table missing; the lines below move up."""
    table = original.disclosure.tables[row.table]
    gone = table.items[row.item].row
    items = {
        key: item._replace(row=item.row - (item.row > gone)) for key, item in table.items.items() if key != row.item
    }
    amounts: dict[tuple[str, str], Amount] = {}
    for (item, column), amount in table.amounts.items():
        if item != row.item and amount.cell is not None:
            cell = amount.cell._replace(row=amount.cell.row - (amount.cell.row > gone))
            amounts[item, column] = amount._replace(cell=cell)
    smaller = replace(table, items=items, amounts=TableAmounts.of(amounts), last_row=table.last_row - 1)
    changes: Mapping[Key, None] = {Key(row.table, *key): None for key in table.amounts if key[0] == row.item}
    return Injection(
        original=original,
        disclosure=replace(original.disclosure, tables={**original.disclosure.tables, row.table: smaller}),
        changes=changes,
        places=frozenset(),
        row=row,
    )
