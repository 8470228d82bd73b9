"""A line and what was computed from it carry an old amount: the sheet is right in itself, but no longer with the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai_checks.diagnosis.explanation import GROUP_COST, Explanation
from gongkai_checks.diagnosis.repair import may_be_negative
from gongkai_checks.diagnosis.slips import logarithm
from gongkai_checks.diagnosis.system import System
from gongkai_checks.ledger import Key
from gongkai_workbooks.amounts import format_fen

from .tables import TOTAL_COLUMNS, lines_of, mends, tables_of, touching, upward

CODE = "DX005"


def propose(system: System, rows: Sequence[int]) -> Iterator[Explanation]:
    """Explanations in which an amount and those above it, and the totals of their lines, are all off by the same."""
    for table in tables_of(system, rows):
        mine = touching(system, rows, table)
        chains = _chains(system, table)
        seen: set[tuple[tuple[int, int], ...]] = set()
        for number, shift in _shifts(system, mine, table):
            wanted = set(system.rows[number].cells)
            for cell, chain in chains.items():
                if all(wanted.isdisjoint(step) for step in chain):
                    continue
                for changes in _raised(system, chain, shift):
                    key = tuple(sorted(changes.items()))
                    if len(changes) < 2 or key in seen or not mends(system, number, changes):
                        continue
                    seen.add(key)
                    if _mends_all(system, mine, changes):
                        yield _explanation(system, system.keys[cell], changes, shift)


Chain = tuple[tuple[int, ...], ...]
"""A cell and those it is added up in, from the bottom up; beside each the total of its line, if there is one."""


def _chains(system: System, table: str) -> dict[int, Chain]:
    total = next((c for c in system.ledger.disclosure.tables[table].columns if c in TOTAL_COLUMNS), "")
    found: dict[int, Chain] = {}
    for line in lines_of(system, table).values():
        for column, cell in line.items():
            chain = []
            for step in upward(system, cell):
                beside = system.at.get(Key(table, system.keys[step].item, total)) if column != total else None
                chain.append((step,) if beside is None else (step, beside))
            found[cell] = tuple(chain)
            system.effort -= len(chain)
    return found


def _shifts(system: System, rows: Sequence[int], table: str) -> Iterator[tuple[int, int]]:
    """By how much the cells of a table would have to change for a failing row to hold, with the row."""
    seen: set[tuple[frozenset[int], int]] = set()
    for number in rows:
        row = system.rows[number]
        for sign in {s for cell, s in zip(row.cells, row.signs, strict=True) if system.keys[cell].table == table}:
            shift = -sign * system.difference[number]
            key = (frozenset(cell for cell in row.cells if system.keys[cell].table == table), shift)
            if shift and key not in seen:
                seen.add(key)
                yield number, shift


def _raised(system: System, chain: Chain, shift: int) -> Iterator[dict[int, int]]:
    """The cells of a column from a line upward, with and without the totals of their lines, changed by ``shift``."""
    for width in range(1, max(map(len, chain)) + 1):
        changes: dict[int, int] = {}
        for step in chain:
            for cell in step[:width]:
                changes[cell] = system.value[cell] + shift
                if changes[cell] < 0 and not may_be_negative(system, cell):
                    return
            system.effort -= 4
            yield dict(changes)


def _mends_all(system: System, rows: Sequence[int], changes: dict[int, int]) -> bool:
    touched = (number for number in rows if any(cell in changes for cell in system.rows[number].cells))
    return all(mends(system, number, changes) for number in touched)


def _explanation(system: System, key: Key, changes: dict[int, int], shift: int) -> Explanation:
    table, item, column = key
    unit = system.ledger.unit(table)
    cell = system.at[key]
    above = list(dict.fromkeys(system.keys[other].item for other in changes if system.keys[other].item != item))
    names = "、".join(f"“{system.ledger.item_label(Key(table, name, column))}”" for name in above)
    also = f"，上级{names}同样相差 {format_fen(-shift, unit, sign=True)}" if above else "，本行合计同样"
    message = (
        f"{system.ledger.describe(key)}应为 {format_fen(changes[cell], unit)}，实为 {format_fen(system.value[cell], unit)}"
        f"{also}，疑为未随账更新：一并改正后有关的关系全部相符"
    )
    return Explanation(
        tuple(changes.items()),
        code=CODE,
        message=message,
        title=f"将公开{table}“{system.ledger.item_label(key)}”及随它计算的各格一并调整 {format_fen(shift, unit, sign=True)}",
        prior=1,
        cost=_cost(changes[cell], shift, unit.grain),
    )


def _cost(amount: int, shift: int, grain: int) -> int:
    """An old amount is off by some share of the new one, mostly by less than half of it: of a great amount any given difference is the less likely."""
    far = 2 * abs(shift) > abs(amount)
    return logarithm(abs(amount) // grain) + far * GROUP_COST
