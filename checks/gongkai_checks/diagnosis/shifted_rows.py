"""Amounts that stand against the wrong lines: one cause, however many relations it breaks.

05 is held against 03 line by line (less what 07 and 08 take of each code); 06 is held against the three amounts that 09 repeats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.relations import Relation
from gongkai_workbooks.amounts import format_fen

from .cause import Cause

FEWEST_ROWS = 5
"""A shift is recognised from this many rows on that fit when displaced."""
FARTHEST = 8
TOTAL_REPEATED = "XF604"
ROWS_SHIFTED_05 = "DX501"
ROWS_SHIFTED_06 = "DX601"
COPIES_IN_09 = (
    ("30231", "公务用车运行维护费"),
    ("30217", "公务接待费"),
    ("30212", "因公出国（境）费"),
    ("31013", "公务用车购置费"),
)


def against_03(violated: Sequence[Relation], ledger: Ledger) -> Cause | None:
    """05 against 03: rows that differ where they stand and agree k rows further on."""
    table = ledger.tables["05"]
    if not table.readable or not ledger.tables["03"].readable:
        return None
    # The one that is displaced no longer adds up.
    within = Counter(r.equation.tables[0] for r in violated if len(r.equation.tables) == 1)
    if within["05"] <= within["03"]:
        return None
    rows = [key for key, item in table.table.items.items() if item.role == "code" and key == item.code]
    found = [_fen(ledger, "05", key, "小计") for key in rows]
    true = [
        _fen(ledger, "03", key, "本年支出合计") - _fen(ledger, "07", key, "小计") - _fen(ledger, "08", key, "小计")
        for key in rows
    ]
    step = 2 * ledger.unit("05").half_width
    wrong = [i for i in range(len(rows)) if abs(found[i] - true[i]) > step]
    if len(wrong) < FEWEST_ROWS:
        return None
    displaced: dict[int, int] = {}
    for shift in sorted(range(-FARTHEST, FARTHEST + 1), key=abs):
        if not shift:
            continue
        fitting = [
            i for i in wrong if 0 <= i + shift < len(rows) and found[i] and abs(found[i] - true[i + shift]) <= step
        ]
        if len(fitting) >= 3:
            for i in fitting:
                displaced.setdefault(i, shift)
    if len(displaced) < FEWEST_ROWS or 2 * len(displaced) < len(wrong):
        return None
    first, last = min(wrong), max(wrong)
    keys = {Key("05", key, column) for key in (*rows[first : last + 1], "合计") for column in table.table.columns}
    explained = _touching(violated, keys)
    if not explained:
        return None
    shifts = sorted({abs(shift) for shift in displaced.values()})
    items = table.table.items
    message = (
        f"公开05自第 {items[rows[first]].row} 行至第 {items[rows[last]].row} 行金额与科目错位（错开 {'、'.join(map(str, shifts))} 行）："
        f"共 {len(wrong)} 行与公开03同一科目不符，其中 {len(displaced)} 行与错开后的科目相符"
    )
    return Cause(
        relations=explained,
        code=ROWS_SHIFTED_05,
        message=message,
        place=Key("05", rows[first], "小计"),
        cells=frozenset(keys),
    )


def against_09(violated: Sequence[Relation], ledger: Ledger) -> list[Cause]:
    """06: an item that repeats the total of its class, and items that stand one or more rows off what 09 says."""
    table = ledger.tables["06"]
    if not table.readable:
        return []
    cells = table.fens.get("决算数", {})
    causes = []
    for relation in violated:
        if relation.equation.code != "XF601":
            continue
        total = cells.get(relation.item)
        items = [key for key in table.tree.children.get(relation.item, ()) if cells.get(key)]
        if not total or len(items) < 3:
            continue
        # Where the total itself is in doubt, it may as well be the total that repeats an item.
        doubtful = any(each is not relation and _has(each, relation.figures[0].key) for each in violated)
        repeats = [] if doubtful else [key for key in items if cells[key] == total]
        shift = _shift_against_09(relation.item, ledger)
        if not repeats and not shift:
            continue
        label = ledger.item_label(Key("06", relation.item, "决算数"))
        places = {Key("06", key, "决算数") for key in (*table.tree.children[relation.item], relation.item)}
        words = []
        if shift:
            words.append(f"“{label}”以下各款金额与科目错开 {abs(shift)} 行（与公开09相同的数印在相邻行）")
        if repeats:
            words.append(f"“{ledger.item_label(Key('06', repeats[0], '决算数'))}”重复了“{label}”的合计数")
        changes: dict[Key, int] = {}
        if len(repeats) == 1 and not shift:
            at = Key("06", repeats[0], "决算数")
            rest = total - sum(cells.get(key, 0) for key in table.tree.children[relation.item] if key != repeats[0])
            if abs(rest) <= relation.tolerance:
                rest = 0
            if rest >= 0:
                changes[at] = rest
                words.append(f"扣除其他各款，应为{' ' + format_fen(rest, ledger.unit('06')) if rest else '空白'}")
        others = () if not shift else _touching([r for r in violated if r is not relation], places)
        causes.append(
            Cause(
                relations=(relation, *others),
                safety=Safety.UNSAFE if changes else Safety.MANUAL,
                changes=changes,
                code=ROWS_SHIFTED_06 if shift else TOTAL_REPEATED,
                message="公开06" + "，".join(words),
                place=Key("06", repeats[0] if repeats else relation.item, "决算数"),
                cells=frozenset(places) if shift else frozenset(),
                candidates=tuple((Key("06", key, "决算数"),) for key in repeats) if len(repeats) > 1 else (),
            )
        )
    return causes


def _shift_against_09(economic_class: str, ledger: Ledger) -> int:
    """By how many rows the items of a class stand off the amounts that 09 repeats; 0 when they do not."""
    rows = ledger.tables["06"].tree.children.get(economic_class, ())
    votes: dict[int, int] = {}
    for code, item in COPIES_IN_09:
        copy = _fen(ledger, "09", item, "决算数")
        if code not in rows or not copy or _fen(ledger, "06", code, "决算数") == copy:
            continue
        at = rows.index(code)
        for shift in (-1, 1, -2, 2):
            if 0 <= at + shift < len(rows) and _fen(ledger, "06", rows[at + shift], "决算数") == copy:
                votes[shift] = votes.get(shift, 0) + 1
    best = max(votes, key=lambda shift: votes[shift], default=0)
    # One small amount that equals its neighbour's copy may be chance.
    return best if votes.get(best, 0) > 1 else 0


def _has(relation: Relation, key: Key) -> bool:
    return any(figure.key == key for figure in relation.figures)


def _touching(violated: Sequence[Relation], keys: set[Key]) -> tuple[Relation, ...]:
    return tuple(relation for relation in violated if any(figure.key in keys for figure in relation.figures))


def _fen(ledger: Ledger, table: str, item: str, column: str) -> int:
    return ledger.tables[table].fens.get(column, {}).get(item, 0)
