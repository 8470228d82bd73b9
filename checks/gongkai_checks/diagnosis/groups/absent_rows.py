"""A code that one sheet leaves out, though its totals count it and other sheets print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai_checks.diagnosis.explanation import Explanation
from gongkai_checks.diagnosis.system import System
from gongkai_checks.equations import CHILDREN, COLUMN, FUNCTION_LINES, QUANTIFIERS, TOP
from gongkai_checks.ledger import TOTAL, Key
from gongkai_workbooks.amounts import format_fen

CODE = "DX006"
FUNCTIONAL = ("02", "03", "05", "07", "08")
BY_CLASS = ("01", "04")


def propose(system: System, rows: Sequence[int]) -> Iterator[Explanation]:
    """Explanations by one more row: under a total that exceeds its parts, or under a code whose only part is missing."""
    tables = {table for number in rows for table in system.rows[number].relation.equation.tables}
    for table in sorted(tables):
        for parent, amounts in _deficits(system, rows, table).items():
            names = _absent(system, table, parent)
            if not names and len(amounts) > 1:
                names = [""]
            for name in names:
                yield _with_row(system, (table, parent, name), amounts)
        if table in FUNCTIONAL:
            yield from _only_parts(system, rows, table)


def _deficits(system: System, rows: Sequence[int], table: str) -> dict[str, dict[str, int]]:
    """By which amounts a total exceeds its parts: by its line and column, with the failing row."""
    found: dict[str, dict[str, int]] = {}
    for number in rows:
        relation = system.rows[number].relation
        equation = relation.equation
        if equation.tables != (table,) or relation.lefts != 1 or system.difference[number] <= 0:
            continue
        sums = {term.item for term in equation.right.terms}
        total = system.keys[system.rows[number].cells[0]]
        if sums & {CHILDREN, TOP, FUNCTION_LINES}:
            grain = system.ledger.unit(table).grain
            amount = (system.difference[number] + grain // 2) // grain * grain
            found.setdefault(total.item, {})[total.column] = amount
    return found


def _absent(system: System, table: str, parent: str) -> list[str]:
    """The codes right below a line that other sheets print and this one does not."""
    mine = system.ledger.tables[table]
    stems = mine.tree.stems
    found: dict[str, None] = {}
    if table in BY_CLASS:
        for other in FUNCTIONAL + BY_CLASS:
            top = (
                system.ledger.tables[other].classes
                if other in BY_CLASS
                else (*system.ledger.tables[other].tree.stems, *system.ledger.tables[other].tree.keys)
            )
            found.update(dict.fromkeys(code for code in top if len(code) == 3 and code not in mine.classes))
        return list(found)
    if table not in FUNCTIONAL:
        return []
    for other in FUNCTIONAL:
        if other == table:
            continue
        for code in system.ledger.tables[other].tree.keys:
            if code in mine.table.items or code in stems or "#" in code:
                continue
            above = next(
                (code[:size] for size in (5, 3) if size < len(code) and code[:size] in mine.table.items), TOTAL
            )
            if above == parent and not any(code.startswith(name) for name in found):
                found[code] = None
    return list(found)


def _with_row(system: System, place: tuple[str, str, str], amounts: Mapping[str, int]) -> Explanation:
    """The explanation by a row ``name`` below ``parent`` with some amounts."""
    table, parent, name = place
    cells = []
    for column, amount in amounts.items():
        uses = _uses(system, table, parent, name, column)
        cells.append((system.extend(Key(table, name or f"{parent}以下", column), uses), amount))
    unknown = []
    if name:
        for code in _below(system, table, name):
            for column in amounts:
                uses = _uses(system, table, "", code, column)
                if uses:
                    unknown.append(system.extend(Key(table, code, column), uses))
    unit = system.ledger.unit(table)
    figures = "，".join(f"{column} {format_fen(amount, unit)}" for column, amount in amounts.items())
    above = system.ledger.item_label(Key(table, parent, next(iter(amounts))))
    if name:
        label = _label(system, table, name)
        message = f"公开{table}缺少“{label}”一行（{figures}）：补上后“{above}”与所属各行之和及有关的关系全部相符"
        title = f"在公开{table}补列“{label}”：{figures}"
    else:
        message = f"公开{table}“{above}”下疑少列一行（{figures}）：补上后合计与所属各行之和相符"
        title = f"核对公开{table}“{above}”下是否漏列一行：{figures}"
    return Explanation(
        tuple(cells),
        code=CODE,
        message=message,
        title=title,
        unknown=tuple(unknown),
        prior=0 if name else 1,
        place=Key(table, parent, next(iter(amounts))),
        item=name,
    )


def _only_parts(system: System, rows: Sequence[int], table: str) -> Iterator[Explanation]:
    """Rows that fail because a code is printed elsewhere and not here: its amounts are those of the code above it where that has no other part."""
    mine = system.ledger.tables[table]
    for name in dict.fromkeys(system.rows[number].relation.item for number in rows):
        if not name.isdigit() or len(name) < 5 or name in mine.table.items or name in mine.tree.stems:
            continue
        parent = next((name[:size] for size in (5, 3) if size < len(name) and name[:size] in mine.table.items), "")
        if parent and parent not in mine.tree.children:
            amounts = {
                column: system.value[cell]
                for column in mine.table.columns
                if (cell := system.at.get(Key(table, parent, column))) is not None and system.value[cell]
            }
        else:
            amounts = _lacking(system, rows, table, name)
        if parent and amounts:
            yield _with_row(system, (table, parent, name), amounts)


def _lacking(system: System, rows: Sequence[int], table: str, name: str) -> dict[str, int]:
    """What the other sheets have of a code in excess of a sheet that does not print it, by column of that sheet."""
    amounts: dict[str, int] = {}
    for number in rows:
        relation = system.rows[number].relation
        if relation.item != name:
            continue
        for term in relation.equation.terms:
            at = relation.column if term.column is COLUMN else str(term.column)
            if term.table == table and term.item in QUANTIFIERS:
                amounts[at] = max(amounts.get(at, 0), -term.sign * system.difference[number])
    return {column: amount for column, amount in amounts.items() if amount > 0}


def _below(system: System, table: str, name: str) -> list[str]:
    """Further codes below an absent one that other sheets print: absent here, too."""
    found: dict[str, None] = {}
    for other in FUNCTIONAL:
        if other != table and table in FUNCTIONAL:
            for code in system.ledger.tables[other].tree.keys:
                if code.startswith(name) and code != name:
                    found[code] = None
    return list(found)


def _uses(system: System, table: str, parent: str, name: str, column: str) -> list[tuple[int, int]]:
    """The rows that a cell of an absent line would be in, with its sign."""
    found = []
    for number, row in enumerate(system.rows):
        relation = row.relation
        if table not in relation.equation.tables:
            continue
        for term in relation.equation.terms:
            at = relation.column if term.column is COLUMN else term.column
            if term.table != table or at != column:
                continue
            part = (
                (term.item is CHILDREN and relation.item == parent and parent not in ("", TOTAL))
                or (term.item is TOP and parent == TOTAL)
                or (term.item is FUNCTION_LINES and bool(parent) and table in BY_CLASS)
            )
            if part or (term.item in QUANTIFIERS and name and relation.item == name):
                found.append((number, term.sign))
    system.effort -= len(system.rows) // 4
    return found


def _label(system: System, table: str, name: str) -> str:
    for other in (*FUNCTIONAL, *BY_CLASS):
        if other != table and name in system.ledger.disclosure.tables[other].items:
            return system.ledger.item_label(Key(other, name, ""))
    return name
