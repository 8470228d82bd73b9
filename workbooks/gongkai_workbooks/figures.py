"""The amounts of nine tables, apart from any sheet: what a form is filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFigures:
    """The amounts of one table.

    ``amounts`` are 分 by item key and canonical column label (see ``disclosure``); an amount that is absent leaves its cell
    blank, an amount of 0 is printed as 0.00. ``names`` are the 科目名称 by item key (``2080505``, a repeated code ``2080505#2``), in the
    order of the lines; tables 02, 03, 05, 07 and 08 need one for every code. ``notes`` replace the note that the form
    prints under an empty table.
    """

    amounts: Mapping[tuple[str, str], int]
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The amounts of a department and year: ``tables`` by number, ``"01"`` to ``"09"``; a table that is absent is empty."""

    tables: Mapping[str, TableFigures]

    def table(self, number: str) -> TableFigures:
        """The figures of one table; empty ones when there are none."""
        return self.tables.get(number) or TableFigures(amounts={})
