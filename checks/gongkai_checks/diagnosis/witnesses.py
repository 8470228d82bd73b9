"""What speaks for a figure, in words: 公开03第12行横向合计, 公开05同一科目."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.relations import Relation

NUMERALS = ("", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")
MOST_NAMED = 4


def witnesses(relations: Sequence[Relation], key: Key, ledger: Ledger) -> tuple[str, ...]:
    """A short name for each relation that a cell takes part in, each once."""
    return tuple(dict.fromkeys(_name(relation, key, ledger) for relation in relations))


def agreement(relations: Sequence[Relation], key: Key, ledger: Ledger, figure: str) -> str:
    """The witnesses of ``figure`` in one clause: 甲、乙、丙三处均以 14.72 相符."""
    names = witnesses(relations, key, ledger)
    number = len(names)
    if number == 1:
        return f"{names[0]}以 {figure} 相符"
    count = NUMERALS[number] if number < len(NUMERALS) else str(number)
    if number > MOST_NAMED:
        return f"{'、'.join(names[:MOST_NAMED])}等{count}处均以 {figure} 相符"
    return f"{'、'.join(names)}{count}处均以 {figure} 相符"


def _name(relation: Relation, key: Key, ledger: Ledger) -> str:
    figures = [figure for figure in relation.figures if figure.key != key]
    if len(relation.equation.tables) == 1:
        if all(figure.key.item == key.item for figure in figures):
            return f"公开{key.table}第 {_row(key, ledger)} 行横向合计"
        left = relation.figures[0].key
        if relation.lefts == 1 and left == key:
            return f"公开{key.table}“{key.item}”各组成行之和"
        if relation.lefts == 1:
            return f"公开{key.table}“{left.item}”的分项合计"
        return f"公开{key.table}收支平衡"
    others = [figure for figure in figures if figure.key.table != key.table]
    tables = list(dict.fromkeys(figure.key.table for figure in others))
    where = "、".join(f"公开{table}" for table in tables)
    if not others:
        return "、".join(f"公开{table}" for table in relation.equation.tables if table != key.table) + "（空白）"
    if relation.item and all(figure.key.item == key.item for figure in others):
        return f"{where}同一科目" if key.item.isdigit() else f"{where}{key.item}"
    if len(others) == 1:
        return f"{where}“{others[0].key.item}”"
    return f"{where}{len(others)}格之和"


def _row(key: Key, ledger: Ledger) -> int:
    place = ledger.place(key)
    return place.row if place else 0
