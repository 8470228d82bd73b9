"""The printed amounts of one table, kept as bare figures by column and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Protocol

from .amounts import Amount
from .cells import CellRef

Place = tuple[str, str]
"""Item key and column label."""


class Line(Protocol):
    """What places an amount: the row of its line in the sheet, and the sheet columns by label."""

    @property
    def row(self) -> int:
        """From 1."""

    @property
    def columns(self) -> Mapping[str, int]:
        """From 1, by canonical label."""


class TableAmounts(MutableMapping[Place, Amount]):
    """Every printed (not blank) amount of a table by item key and column label, in the order of the lines.

    Of the thousands of amounts that a batch holds, next to none is ever looked at by itself. So only the figures are kept, in ``fens``, and an
    ``Amount`` is made when one is asked for. What is no plain number is kept as it is, in ``others``.
    """

    __slots__ = ("_items", "_sheet", "fens", "half_width", "others")

    def __init__(self, items: Mapping[str, Line] | None = None, sheet: str = "", half_width: int = 0) -> None:
        self._items: Mapping[str, Line] = {} if items is None else items
        self._sheet = sheet
        self.half_width = half_width
        """Half the width (分) of the rounding interval of each plain number."""
        self.fens: dict[str, dict[str, int]] = {}
        """All figures in 分 by column and item; only columns that print something."""
        self.others: dict[Place, Amount] = {}
        """The amounts that are more than a plain number: text, more decimals than usual."""

    @classmethod
    def of(cls, amounts: Mapping[Place, Amount]) -> TableAmounts:
        """Just these amounts."""
        made = cls()
        made.update(amounts)
        return made

    def __getitem__(self, place: Place) -> Amount:
        if place in self.others:
            return self.others[place]
        item, column = place
        fen, line = self.fens[column][item], self._items[item]
        return Amount(fen, self.half_width, CellRef(self._sheet, line.row, line.columns[column]))

    def __setitem__(self, place: Place, amount: Amount) -> None:
        item, column = place
        self.fens.setdefault(column, {})[item] = amount.fen
        self.others[place] = amount

    def __delitem__(self, place: Place) -> None:
        item, column = place
        cells = self.fens[column]
        del cells[item]
        self.others.pop(place, None)
        if not cells:
            del self.fens[column]

    def __contains__(self, place: object) -> bool:
        if not isinstance(place, tuple):
            return False
        item, column = place
        return item in self.fens.get(column, ())

    def __iter__(self) -> Iterator[Place]:
        fens = self.fens
        for item, line in self._items.items():
            for column in line.columns:
                if column in fens and item in fens[column]:
                    yield item, column
        for item, column in self.others:
            if item not in self._items or column not in self._items[item].columns:
                yield item, column

    def __len__(self) -> int:
        return sum(map(len, self.fens.values()))

    def __bool__(self) -> bool:
        return bool(self.fens)

    def __repr__(self) -> str:
        return repr(dict(self))

    def fen(self, item: str, column: str) -> int | None:
        """The figure in 分 of a place; None where nothing is printed."""
        cells = self.fens.get(column)
        return None if cells is None else cells.get(item)

    def printed(self, item: str, column: str) -> Amount | None:
        """The amount of a place; None where nothing is printed."""
        cells = self.fens.get(column)
        return None if cells is None or item not in cells else self[item, column]

    def by_column(self) -> list[Place]:
        """The places in the order of ``fens``."""
        return [(item, column) for column, cells in self.fens.items() for item in cells]

    def figures(self) -> list[int]:
        """All figures in 分, in the order of ``fens``."""
        return [fen for cells in self.fens.values() for fen in cells.values()]

    def half_widths(self) -> frozenset[int]:
        """The half-widths (分) that occur."""
        widths = {amount.half_width for amount in self.others.values()}
        return frozenset(widths if len(self.others) == len(self) else {self.half_width, *widths})

    def widen(self, half_width: int) -> None:
        """Give every amount another half-width (分)."""
        self.half_width = half_width
        self.others = {place: amount._replace(half_width=half_width) for place, amount in self.others.items()}
