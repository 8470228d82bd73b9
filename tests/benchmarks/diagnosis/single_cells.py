"""Mistakes in a single cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import MappingProxyType

from gongkai_checks.ledger import Key

from .injection import Injection, damage
from .original import Original
from .slips import SLIPS, Slip, other_unit
from .ties import Tie

Kind = Callable[[Original, random.Random], Injection | None]
"""Puts one mistake of its kind into accounts; None where it does not apply."""


def _of_slip(slip: Slip) -> Kind:
    def inject(original: Original, rng: random.Random) -> Injection | None:
        key = rng.choice(original.printed)
        wrong = slip(original.fen(key), original.unit(key.table), rng)
        return None if not wrong else damage(original, {key: wrong})

    return inject


def _yuan(original: Original, rng: random.Random) -> Injection | None:
    """One cell in 元 among 万元, or in 万元 among 元."""
    key = rng.choice(original.printed)
    wrong = other_unit(original.fen(key), original.exact.get(key), original.unit(key.table), rng)
    return None if not wrong else damage(original, {key: wrong})


def _omitted_part(original: Original, rng: random.Random) -> Injection | None:
    """A total leaves out one of the amounts that it is the sum of."""
    sums = [tie for tie in original.ties.all if _is_sum(tie, original)]
    if not sums:
        return None
    tie = rng.choice(sums)
    total, *parts = (key for key, _ in tie.cells)
    part = rng.choice([key for key in parts if original.fen(key)])
    return damage(original, {total: original.fen(total) - original.fen(part)})


def _is_sum(tie: Tie, original: Original) -> bool:
    (total, _), *parts = tie.cells
    return (
        tie.within_a_table
        and not tie.at_most
        and tie.lefts == 1
        and all(sign < 0 for _, sign in parts)
        and bool(original.fen(total))
        and sum(original.fen(key) != 0 for key, _ in parts) >= 2
    )


def _stale_cell(original: Original, rng: random.Random) -> Injection | None:
    """Of two cells in two tables that print the same amount, one still holds an older one."""
    copies = [tie.cells for tie in original.ties.all if not tie.within_a_table and not tie.at_most]
    pairs = [[key for key, _ in cells if original.fen(key)] for cells in copies]
    pairs = [pair for pair in pairs if len(pair) == 2 and len({key.table for key in pair}) == 2]
    if not pairs:
        return None
    key = rng.choice(rng.choice(pairs))
    return damage(original, {key: older(original.fen(key), original.unit(key.table).grain, rng)})


def older(fen: int, grain: int, rng: random.Random) -> int:
    """An amount that is 1 to 30 % off, up or down, at the same grain."""
    share = rng.uniform(0.01, 0.3) * rng.choice((-1, 1))
    return round(fen * (1 + share) / grain) * grain


def _copied_neighbour(original: Original, rng: random.Random) -> Injection | None:
    """A cell holds the amount of the cell above, below or beside it."""
    key = rng.choice(original.printed)
    table = original.disclosure.tables[key.table]
    items, columns = list(table.items), list(table.items[key.item].columns)
    row, column = items.index(key.item), columns.index(key.column)
    around = [(r, column) for r in (row - 1, row + 1)] + [(row, c) for c in (column - 1, column + 1)]
    others = [
        Key(key.table, items[r], columns[c])
        for r, c in around
        if 0 <= r < len(items) and 0 <= c < len(columns) and columns[c] in table.items[items[r]].columns
    ]
    amounts = [fen for other in others if (fen := original.fen(other)) not in (0, original.fen(key))]
    return damage(original, {key: rng.choice(amounts)}) if amounts else None


def _blank(original: Original, rng: random.Random) -> Injection | None:
    """A printed amount has gone. It may as well have gone from another blank cell."""
    key = rng.choice(original.printed)
    others = {other for tie in original.ties.by_cell.get(key, ()) for other in tie.keys if other.table == key.table}
    rivals = ({other: original.fen(key)} for other in sorted(others) if original.now(other, {}) is None)
    return damage(original, {key: None}, rivals=rivals)


def _total_repeated(original: Original, rng: random.Random) -> Injection | None:
    """06: a line below a class holds the amount of the class, where nothing is printed or in place of its own."""
    table = original.disclosure.tables["06"]
    below: dict[str, list[Key]] = {}
    for code, item in table.items.items():
        if item.role == "code" and len(code) == 5:
            below.setdefault(code[:3], []).extend(Key("06", code, column) for column in item.columns)
    classes = [code for code in below if original.fen(Key("06", code, "决算数"))]
    if not classes:
        return None
    code = rng.choice(classes)
    fen = original.fen(Key("06", code, "决算数"))
    items = [key for key in below[code] if original.fen(key) != fen]
    blanks = [key for key in items if not original.fen(key)]
    return damage(original, {rng.choice(blanks or items): fen}) if items else None


TYPOS: MappingProxyType[str, Kind] = MappingProxyType(
    {**{name: _of_slip(slip) for name, slip in SLIPS.items()}, "yuan": _yuan}
)
"""Slips of a typing hand: the right amount can be told from the wrong one."""

SINGLE_CELLS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        **TYPOS,
        "omitted part": _omitted_part,
        "stale cell": _stale_cell,
        "copied neighbour": _copied_neighbour,
        "blank": _blank,
        "total repeated": _total_repeated,
    }
)
