"""Correct accounts into which mistakes are put: the published ones, and synthetic ones of both forms."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from gongkai_checks.ledger import Key
from gongkai_workbooks.amounts import AmountUnit
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.form_cells import lay_out
from gongkai_workbooks.forms import load_form
from gongkai_workbooks.grid import Grid
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate
from gongkai_workbooks.samples import load_samples
from tests.golden.cases import FOLDER as PUBLISHED
from tests.synthetic import Fund, Shape, make_accounts, to_grids, true_amounts

from .ties import Changes, Ties

SYNTHETIC = 36
"""So many synthetic accounts are damaged; the rest of the 300 correct ones are only checked."""
USUAL_ITEMS, SPREAD, MOST_ITEMS = 11, 0.5, 60
OF_ITS_OWN = ("宜川",)
"""Published accounts that have a mistake of their own are no good ground for one more."""

_FUNDS = (
    *(frozenset({Fund.GENERAL}),) * 5,
    *(frozenset({Fund.GENERAL, Fund.GOVERNMENT}),) * 3,
    *(frozenset(Fund),) * 2,
)


@dataclass(frozen=True)
class Original:
    """Accounts as they should be. ``exact`` are the amounts in 分 before they were rounded, where they are known."""

    name: str
    disclosure: Disclosure
    exact: Mapping[Key, int] = field(default_factory=dict)

    @cached_property
    def ties(self) -> Ties:
        """All relations of severity error, blank cells included."""
        return Ties(self.disclosure)

    @cached_property
    def printed(self) -> tuple[Key, ...]:
        """The cells with an amount other than 0."""
        return tuple(
            Key(number, *key)
            for number, table in self.disclosure.tables.items()
            for key, amount in table.amounts.items()
            if amount.fen
        )

    @cached_property
    def keys(self) -> Mapping[CellRef, Key]:
        """Every amount cell, blank or not."""
        return {
            CellRef(table.sheet, line.row, at): Key(number, item, column)
            for number, table in self.disclosure.tables.items()
            for item, line in table.items.items()
            for column, at in line.columns.items()
        }

    def fen(self, key: Key) -> int:
        """The amount of a cell, 0 where it is blank or not there."""
        amount = self.disclosure.amount(*key)
        return amount.fen if amount else 0

    def now(self, key: Key, changes: Changes) -> int | None:
        """What a cell prints once some cells have changed; None where it is blank."""
        if key in changes:
            return changes[key]
        amount = self.disclosure.tables[key.table].amounts.get(key[1:])
        return None if amount is None else amount.fen

    def unit(self, table: str) -> AmountUnit:
        """The unit in which a table prints its amounts."""
        return self.disclosure.tables[table].amount_unit or self.disclosure.amount_unit


def published() -> list[Original]:
    """The samples in the national form, the other published accounts in the Shanghai form, as they are published."""
    national = [(sample, sample.sheets()) for sample in load_samples() if not sample.errors]
    shanghai = [
        (
            sample,
            lay_out(
                load_form("shanghai"),
                sample.figures,
                year=sample.year,
                department=sample.department,
                amount_unit=sample.amount_unit,
            ),
        )
        for sample in load_samples(PUBLISHED)
        if not any(name in sample.workbook for name in OF_ITS_OWN)
    ]
    return [
        _original(sample.department, tuple(sheet.grid() for sheet in sheets))
        for sample, sheets in (*national, *shanghai)
    ]


def synthetic(seed: int, count: int = SYNTHETIC) -> Iterator[Original]:
    """Synthetic accounts by turns in the national and the Shanghai form; the first of them are the same whatever ``count`` is."""
    for number in range(count):
        shape = _shape(seed, number)
        accounts = make_accounts(shape)
        exact = {
            Key(table, *key): fen for table, amounts in true_amounts(accounts).items() for key, fen in amounts.items()
        }
        name = f"synthetic {number} ({shape.form}, {shape.items} items, {shape.amount_unit})"
        yield _original(name, to_grids(accounts), exact)


def of_files(paths: list[Path]) -> list[Original]:
    """The accounts of some workbooks. Raises ``WorkbookError`` for one that cannot be opened."""
    return [_original(path.stem, FileHost(path).read_all()) for path in paths]


def _original(name: str, grids: tuple[Grid, ...], exact: Mapping[Key, int] | None = None) -> Original:
    return Original(name, locate(grids, load_layout(), path=name), exact or {})


def _shape(seed: int, number: int) -> Shape:
    rng = random.Random(f"{seed} accounts {number}")
    return Shape(
        seed=seed + number,
        items=min(MOST_ITEMS, max(2, round(USUAL_ITEMS * rng.lognormvariate(0, SPREAD)))),
        form="shanghai" if number % 2 else "national",
        amount_unit="元" if rng.random() < 0.1 else "万元",
        funds=rng.choice(_FUNDS),
        other_money=rng.random() < 0.5,
        carry_over=rng.random() < 0.6,
        three_public=rng.random() < 0.8,
        zeros="printed" if rng.random() < 0.5 else "blank",
        code_cells=rng.choice((None, "merged", "one", "three")),
        department=f"某市第{number}局",
    )
