"""Mistakes in several cells that have one cause."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import chain, combinations, permutations
from types import MappingProxyType

from gongkai_checks.code_tree import CodeTree, code_tree
from gongkai_checks.ledger import TOTAL, Key
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Item, Table

from .injection import Injection, damage, without_row
from .original import Original
from .single_cells import Kind, older
from .ties import Changes

CODE_TABLES = ("02", "03", "05", "07", "08")
TOTAL_COLUMNS = {"02": "本年收入合计", "03": "本年支出合计", "05": "小计", "07": "小计", "08": "小计"}
SOURCES = {
    "02": ("财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"),
    "03": ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
    "05": ("基本支出", "项目支出"),
    "07": ("基本支出", "项目支出"),
    "04": ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
}
"""Columns that an amount can be put into by mistake for one another."""
GROUPS_OF_06 = {"301": "人员经费合计", "303": "人员经费合计", "302": "公用经费合计", "310": "公用经费合计"}
FEWEST_SHIFTED, MOST_SHIFTED = 3, 12


def _missing_row(original: Original, rng: random.Random) -> Injection | None:
    """A code without codes below it is missing from one table."""
    rows = [
        Key(number, item, "")
        for number in CODE_TABLES
        for item in _tree(original, number).leaves
        if any(original.fen(Key(number, item, column)) for column in original.disclosure.tables[number].columns)
    ]
    rows = [row for row in rows if "#" not in row.item and len(_tree(original, row.table).leaves) > 1]
    # Without its only line below, a line simply becomes a last one: that breaks a sum only where there is another.
    with_siblings = [row for row in rows if len(_siblings(original, row)) > 1]
    rows = with_siblings or rows
    return without_row(original, rng.choice(rows)) if rows else None


def _siblings(original: Original, row: Key) -> tuple[str, ...]:
    tree = _tree(original, row.table)
    parent = tree.parents.get(row.item)
    return tree.top if parent is None else tree.children[parent]


def _stale_chain(original: Original, rng: random.Random) -> Injection | None:
    """The amount of a code is an older one, and so are all sums above it in the same table."""
    leaves = [
        key
        for key in original.printed
        if (key.table in ("02", "03", "05") and key.column in SOURCES[key.table])
        or (key.table == "06" and key.item[:3] in GROUPS_OF_06)
    ]
    leaves = [key for key in leaves if key.item in _tree(original, key.table).leaves]
    # 06 has many lines and little to hold them against: it takes its turn with the other three, not more.
    number = rng.choice(("02", "03", "05", "06"))
    leaves = [key for key in leaves if key.table == number]
    if not leaves:
        return None
    leaf = rng.choice(leaves)
    off = older(original.fen(leaf), original.unit(number).grain, rng) - original.fen(leaf)
    if not off:
        return None
    changes = _moved_by(original, {}, leaf, off)
    rivals = (
        _moved_by(original, changes, other, -off)
        for other in leaves
        if other != leaf and _now(original, changes, other) >= off
    )
    return damage(original, changes, rivals=rivals)


def _moved_by(original: Original, changes: Changes, leaf: Key, off: int) -> Changes:
    """A code's amount and all sums above it in its table, off by the same from what they are after ``changes``."""
    cells = list(above(original, leaf))
    if leaf.table in TOTAL_COLUMNS:
        cells += [key._replace(column=TOTAL_COLUMNS[leaf.table]) for key in cells]
    return {key: _now(original, changes, key) + off for key in cells if _has(original, key)}


def _now(original: Original, changes: Changes, key: Key) -> int:
    return original.now(key, changes) or 0


def above(original: Original, leaf: Key) -> Iterable[Key]:
    """A code's cell and those of the rows above it, the total row last."""
    tree = _tree(original, leaf.table)
    item: str | None = leaf.item
    while item is not None:
        yield leaf._replace(item=item)
        item = tree.parents.get(item)
    yield leaf._replace(item=GROUPS_OF_06[leaf.item[:3]] if leaf.table == "06" else TOTAL)


def _wrong_column(original: Original, rng: random.Random) -> Injection | None:
    """An amount of one line stands in another column: 项目 for 基本, another fund, another source of income."""
    moves = [(key, other) for key in original.printed for other in _blank_beside(original, key)]
    if not moves:
        return None
    key, other = rng.choice(moves)
    changes: Changes = {key: None, other: original.fen(key)}
    rivals = (
        {one: 0, two: _now(original, changes, one)}
        for one in (*original.printed, other)
        for two in _beside(original, one)
        if _now(original, changes, one) and not _now(original, changes, two) and (one, two) != (other, key)
    )
    return damage(original, changes, rivals=rivals)


def _wrong_column_throughout(original: Original, rng: random.Random) -> Injection | None:
    """The same, and the sums above it in the table follow."""
    moves = [
        (key, other)
        for key in original.printed
        if key.table in CODE_TABLES and key.item in _tree(original, key.table).leaves
        for other in _blank_beside(original, key)
    ]
    if not moves:
        return None
    key, other = rng.choice(moves)
    fen = original.fen(key)
    changes = _moved_across(original, {}, key, other.column, fen)
    # Another table that has the same line may as well be the one that is wrong, or another line of this one.
    rivals = (
        _moved_across(original, changes, cell, target, fen)
        for cell, target in _moves(original, key, other.column)
        if (cell, target) != (other, key.column) and _now(original, changes, cell) >= fen
    )
    return damage(original, changes, rivals=rivals)


def _moves(original: Original, key: Key, column: str) -> Iterable[tuple[Key, str]]:
    """Moves between the same two columns in any last line of the table, and between any two in the same line of the others."""
    for number in (number for number in CODE_TABLES if number in SOURCES):
        same = number == key.table
        pairs = permutations((key.column, column) if same else SOURCES[number], 2)
        leaves = _tree(original, number).leaves
        items = leaves if same else [item for item in leaves if item == key.item]
        yield from ((Key(number, item, source), target) for source, target in pairs for item in items)


def _moved_across(original: Original, changes: Changes, key: Key, column: str, fen: int) -> Changes:
    """An amount in another column of its line, and of the lines above it, as they are after ``changes``."""
    moved: dict[Key, int | None] = {}
    for cell in above(original, key):
        beside = cell._replace(column=column)
        if _has(original, cell) and _has(original, beside):
            moved[cell] = _now(original, changes, cell) - fen or None
            moved[beside] = _now(original, changes, beside) + fen
    return moved


def _blank_beside(original: Original, key: Key) -> list[Key]:
    return [other for other in _beside(original, key) if not original.fen(other)]


def _beside(original: Original, key: Key) -> list[Key]:
    columns = SOURCES.get(key.table, ())
    if key.column not in columns:
        return []
    others = [key._replace(column=column) for column in columns if column != key.column]
    return [other for other in others if _has(original, other)]


def _shifted_block(original: Original, rng: random.Random) -> Injection | None:
    """The amounts of some lines were pasted one to three rows too low or too high, over what stood there."""
    number = rng.choice(("02", "03", "05", "06"))
    table, tree = original.disclosure.tables[number], _tree(original, number)
    rows = list(tree.keys)
    if number == "06":
        classes = [rows for rows in tree.children.values() if len(rows) > FEWEST_SHIFTED]
        rows = list(rng.choice(classes)) if classes else []
    step = rng.randint(1, 3)
    if len(rows) < FEWEST_SHIFTED + step:
        return None
    length = rng.randint(FEWEST_SHIFTED, min(MOST_SHIFTED, len(rows) - step))
    first = rng.randrange(len(rows) - length - step + 1)
    block = rows[first : first + length + step]
    if rng.random() < 0.5:
        block.reverse()
    changes: dict[Key, int | None] = {}
    for column in table.columns:
        printed = [table.amounts.get((item, column)) for item in block[:length]]
        moved = [None] * step + [None if amount is None else amount.fen for amount in printed]
        changes.update({Key(number, item, column): fen for item, fen in zip(block, moved, strict=True)})
    injection = damage(original, changes, places=_row_cells(table, block))
    # Amounts that stood below blanks or below themselves have not moved.
    enough = injection is not None and sum(original.fen(key) != 0 for key in injection.changes) >= FEWEST_SHIFTED
    return injection if enough else None


def _swapped_rows(original: Original, rng: random.Random) -> Injection | None:
    """Two neighbouring lines hold each other's amounts."""
    key = rng.choice(original.printed)
    table = original.disclosure.tables[key.table]
    first = table.items[key.item]
    mates = _mates(table, first)
    at = mates.index(first)
    second = mates[at + 1] if at + 1 < len(mates) else mates[at - 1]
    if first == second:
        return None
    changes = _swapped(original, {}, key.table, first, second)
    touched = {cell for tie in original.ties.broken(changes) for cell, _ in tie.cells}
    lines = {(cell.table, cell.item) for cell in touched if cell.item in original.disclosure.tables[cell.table].items}
    rivals = (
        _swapped(original, changes, number, one, two)
        for number, item in sorted(lines)
        for one in [original.disclosure.tables[number].items[item]]
        for two in _mates(original.disclosure.tables[number], one)
        if one != two and (number, {one.key, two.key}) != (key.table, {first.key, second.key})
    )
    columns = (
        _exchanged_columns(original, changes, number, pair)
        for number, names in SOURCES.items()
        for pair in combinations(names, 2)
        if {first.key, second.key} == set(pair)
    )
    places = _row_cells(table, (first.key, second.key))
    return damage(original, changes, places=places, rivals=chain(rivals, columns))


def _mates(table: Table, line: Item) -> list[Item]:
    """The lines that a line can be taken for, itself among them."""
    return [item for item in table.items.values() if item.role == line.role and item.columns == line.columns]


def _swapped(original: Original, changes: Changes, number: str, first: Item, second: Item) -> Changes:
    """Two lines with each other's amounts, as they are after ``changes``."""
    swapped: dict[Key, int | None] = {}
    for column in first.columns:
        one, other = Key(number, first.key, column), Key(number, second.key, column)
        swapped[one], swapped[other] = original.now(other, changes), original.now(one, changes)
    return swapped


def _swapped_columns(original: Original, rng: random.Random) -> Injection | None:
    """Two columns of a table hold each other's amounts from top to bottom."""
    number = rng.choice(tuple(SOURCES))
    table = original.disclosure.tables[number]
    columns = [column for column in table.columns if column in SOURCES[number]]
    used = [
        column for column in columns if any(key.table == number and key.column == column for key in original.printed)
    ]
    if not used or len(columns) < 2:
        return None
    one = rng.choice(used)
    other = rng.choice([column for column in columns if column != one])
    changes = _exchanged_columns(original, {}, number, (one, other))
    cells = [table.place(item, column) for item in table.items for column in (one, other)]
    # Where the lines of another table are these columns' totals, it may be those that changed places.
    rivals = (
        _swapped(original, changes, name, lines[one], lines[other])
        for name, lines in ((name, table.items) for name, table in original.disclosure.tables.items())
        if one in lines and other in lines
    )
    return damage(original, changes, places=[cell for cell in cells if cell], rivals=rivals)


def _exchanged_columns(original: Original, changes: Changes, number: str, pair: tuple[str, str]) -> Changes:
    """Two columns of a table with each other's amounts, as they are after ``changes``."""
    exchanged: dict[Key, int | None] = {}
    for item, line in original.disclosure.tables[number].items.items():
        if pair[0] in line.columns and pair[1] in line.columns:
            one, other = (Key(number, item, column) for column in pair)
            exchanged[one], exchanged[other] = original.now(other, changes), original.now(one, changes)
    return exchanged


def _table_in_yuan(original: Original, rng: random.Random) -> Injection | None:
    """All amounts of a table are in 元, though 万元 is printed above it."""
    number = rng.choice([number for number, table in original.disclosure.tables.items() if table.amounts])
    table = original.disclosure.tables[number]
    if original.unit(number).fen == 100:
        return None
    changes = {
        key: original.exact.get(key, amount.fen) * 10_000
        for (item, column), amount in table.amounts.items()
        for key in [Key(number, item, column)]
    }
    places = {cell for item in table.items for cell in _row_cells(table, (item,))}
    heading = {cell for cell in (table.unit_cell, table.title_cell) if cell}
    return damage(original, changes, places=places | heading)


def _tree(original: Original, number: str) -> CodeTree:
    return code_tree(original.disclosure.tables[number])


def _has(original: Original, key: Key) -> bool:
    return original.disclosure.tables[key.table].place(key.item, key.column) is not None


def _row_cells(table: Table, items: Sequence[str]) -> list[CellRef]:
    """The cells of some lines, their labels included."""
    lines = [table.items[item] for item in items]
    return [
        CellRef(table.sheet, line.row, column)
        for line in lines
        for column in (line.label_column, *line.columns.values())
    ]


GROUPS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        "missing row": _missing_row,
        "stale chain": _stale_chain,
        "wrong column": _wrong_column,
        "wrong column throughout": _wrong_column_throughout,
        "shifted block": _shifted_block,
        "swapped rows": _swapped_rows,
        "swapped columns": _swapped_columns,
        "table in yuan": _table_in_yuan,
    }
)
