"""A block of amounts that stands some lines too high or too low."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai_checks.diagnosis.explanation import Explanation
from gongkai_checks.diagnosis.system import System

from .tables import lines_of, tables_of, touching

CODE = "DX007"
FARTHEST = 3
FEWEST = 3
"""A shorter block is two lines that changed places."""
MOST_LINES = 120
FEWEST_MENDED = 2
"""So many failing rows must hold with the block put back, not counting those that tell what was pasted over."""

Line = Mapping[str, int]


def propose(system: System, rows: Sequence[int]) -> Iterator[Explanation]:
    """Explanations in which the amounts of a block of lines go back by up to FARTHEST lines.

    What the displaced amounts fell upon is lost where the block did not turn round in itself: those cells are left unknown.
    """
    for table in tables_of(system, rows):
        # What usually holds, and does not, bears it out that lines are out of place.
        mine = (*touching(system, rows, table), *touching(system, sorted(system.strained), table))
        if len(mine) < FEWEST_MENDED:
            continue
        lines = lines_of(system, table)
        near = {
            system.keys[cell].item
            for number in mine
            for cell in system.rows[number].cells
            if system.keys[cell].table == table
        }
        for block in _blocks(system, table, lines):
            spots = [position for position, item in enumerate(block) if item in near]
            if len(block) > MOST_LINES or not spots:
                continue
            first, last = max(0, spots[0] - FARTHEST), min(len(block) - 1, spots[-1] + FARTHEST)
            yield from _displaced(
                system, mine, table, [lines[item] for item in block[first : last + 1]], block[first : last + 1]
            )


def _blocks(system: System, table: str, lines: Mapping[str, Line]) -> list[list[str]]:
    """The lines of a table that stand below each other in the same columns."""
    items = system.ledger.disclosure.tables[table].items
    found: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for item in lines:
        if items[item].role in ("code", "class", "line", "income"):
            found.setdefault(tuple(sorted(items[item].columns.items())), []).append(item)
    return [sorted(block, key=lambda item: items[item].row) for block in found.values()]


def _displaced(
    system: System, rows: Sequence[int], table: str, lines: Sequence[Line], names: Sequence[str]
) -> Iterator[Explanation]:
    size = len(lines)
    where = {cell: (position, column) for position, line in enumerate(lines) for column, cell in line.items()}
    # Most blocks are ruled out by the first failing rows that are looked at: the short ones.
    order = sorted(rows, key=lambda number: len(system.rows[number].cells))
    pivots = [pivot for number in order if (pivot := _pivot(system, number, where)).cells]
    for distance in range(1, FARTHEST + 1):
        for shift in (distance, -distance):
            left = [_is_left(system, lines, position, shift) for position in range(size)]
            for start in range(size):
                for end in range(start + FEWEST + distance - 1, size):
                    block = range(start, end + 1)
                    vacated = block[:shift] if shift > 0 else block[shift:]
                    for turning in (True, False):
                        if not turning and not all(left[position] for position in vacated):
                            continue
                        if not _mends(system, lines, pivots, block, shift, turning):
                            continue
                        if system.spent:
                            return
                        changes, unknown = _restored(system, lines, block, shift, turning)
                        if len(changes) >= 2:
                            yield _explanation(system, (table, names[start], names[end]), changes, (shift, unknown))


class _Pivot(NamedTuple):
    """A failing row: its difference and tolerance, and its cells in the block's lines: sign, line, column, figure.

    The tolerance allows for all of its blanks, for they may be filled.
    """

    difference: int
    low: int
    high: int
    inequality: bool
    hint: bool
    cells: tuple[tuple[int, int, str, int], ...]


def _pivot(system: System, number: int, where: Mapping[int, tuple[int, str]]) -> _Pivot:
    row = system.rows[number]
    cells = tuple(
        (sign, *where[cell], system.value[cell])
        for cell, sign in zip(row.cells, row.signs, strict=True)
        if cell in where
    )
    wider = 0 if row.exact else sum(2 * system.half[cell] for cell in row.cells if system.blank[cell])
    low, high = system.low[number] - wider, system.high[number] + wider
    return _Pivot(system.difference[number], low, high, row.inequality, row.hint, cells)


def _mends(
    system: System, lines: Sequence[Line], pivots: Sequence[_Pivot], block: range, shift: int, turning: bool
) -> bool:
    """Whether two failing rows at least would hold with a block put back, and none that it touches would fail.

    Rows with lost figures may hold; they count as far as there are more of them than such figures.
    """
    mended = unknown = 0
    lost: set[tuple[int, str]] = set()
    first, last, size = block[0], block[-1], len(block)
    for looked, pivot in enumerate(pivots):
        difference = pivot.difference
        touched = open_ = False
        for sign, position, column, value in pivot.cells:
            if first <= position <= last:
                source = position + shift
                touched = True
                if not turning and not first <= source <= last:
                    open_ = True
                    if pivot.hint:
                        break
                    lost.add((position, column))
                    continue
                other = lines[first + (source - first) % size].get(column)
                if other is not None:
                    difference += sign * (system.value[other] - value)
        unknown += open_ and not pivot.hint
        if touched and not open_:
            good = difference + pivot.low <= 0 and (pivot.inequality or difference + pivot.high >= 0)
            if not (good or pivot.hint):
                system.effort -= looked + 1
                return False
            mended += good
    system.effort -= len(pivots)
    # Where all that fails only tells what was pasted over, the block is a mere possibility, but it is one.
    return mended >= FEWEST_MENDED or (mended + unknown >= FEWEST_MENDED and mended + unknown >= len(lost))


def _is_left(system: System, lines: Sequence[Line], position: int, shift: int) -> bool:
    """Whether a line whose amounts moved away by ``shift`` lines is blank, or still prints what was copied from it."""
    if not 0 <= position + shift < len(lines):
        return False
    system.effort -= 1
    for column, cell in lines[position].items():
        moved = lines[position + shift].get(column)
        if system.value[cell] and (moved is None or system.value[cell] != system.value[moved]):
            return False
    return True


def _restored(
    system: System, lines: Sequence[Line], block: range, shift: int, turning: bool
) -> tuple[dict[int, int], tuple[int, ...]]:
    """The figures of a block before it moved down by ``shift`` lines, and the cells whose figures are lost: none when it turned round in itself."""
    size = len(block)
    changes: dict[int, int] = {}
    lost: list[int] = []
    for position in range(size):
        source = position + shift
        for column, cell in lines[block[position]].items():
            other = lines[block[source % size]].get(column)
            if other is None:
                continue
            if not turning and not 0 <= source < size:
                lost.append(cell)
            elif system.value[cell] != system.value[other]:
                changes[cell] = system.value[other]
    system.effort -= size * 2
    return changes, tuple(lost)


def _explanation(
    system: System, place: tuple[str, str, str], changes: Mapping[int, int], how: tuple[int, Sequence[int]]
) -> Explanation:
    table, first, last = place
    shift, unknown = how
    items = system.ledger.disclosure.tables[table].items
    way = f"下移 {shift}" if shift > 0 else f"上移 {-shift}"
    return Explanation(
        tuple(changes.items()),
        code=CODE,
        message=(
            f"公开{table}第 {items[first].row} 行至第 {items[last].row} 行金额与科目错位（整体{way} 行）："
            f"移回后有关的关系全部相符"
        ),
        title=f"将公开{table}第 {items[first].row} 行至第 {items[last].row} 行的金额移回 {abs(shift)} 行",
        unknown=tuple(unknown),
        moved=True,
        prior=2 + bool(unknown),
    )
