"""Stacked column headings: which words stand over a column, from the top down, and which amount column they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from .grid import CellValue
from .labels import plain, unnumbered
from .layouts import Layout

SUBTOTALS = frozenset({"小计", "合计", "总计"})
PASSED_OVER = ""
"""A column that stands under a known heading, but is none of its own: an "of which" or a figure that is no final account."""

LONGEST_HEADING = 80
"""Characters of a heading that count."""
_WIDEST = 64
"""Headings of so many columns are remembered."""
_YEAR = re.compile(r"^20\d\d年度?")
_OF_WHICH = frozenset({("事业收入", "其中：教育收费")})
_OPEN_GROUPS = frozenset({"小计", "本年支出合计", "本年收入合计"})
_UNITS = ("(万元)", "(元)", "(单位:万元)", "(单位:元)", "(人民币万元)", "(千元)", "(亿元)")

Path = tuple[str, ...]


def heading_paths(
    levels: Iterable[Sequence[CellValue]], first: int, last: int, skip: frozenset[str] = frozenset()
) -> dict[int, Path]:
    """The plain headings over each column, from the top down, by column index ``first`` to ``last``.

    ``levels`` are the rows of the heading. A blank cell belongs to the heading on its left as long as the columns share the headings
    above it, so merged cells and blanks to their right count alike. Columns without a heading of their own are left
    out, words in ``skip`` and numbers are no headings.
    """
    labels: list[tuple[str, ...]] = []
    for row in levels:
        texts = [heading_label(value) for value in row[first : last + 1]]
        labels.append(tuple(["" if text in skip or text.isdecimal() else text for text in texts]))
    width = last + 1 - first
    read = _paths if width <= _WIDEST else _paths.__wrapped__
    return {first + column: path for column, path in read(tuple(labels), width)}


@lru_cache(maxsize=256)
def _paths(levels: tuple[tuple[str, ...], ...], width: int) -> tuple[tuple[int, Path], ...]:
    """The headings over each column that has one of its own: levels of plain labels, counted from the first column."""
    paths: list[list[str]] = [[] for _ in range(width)]
    joined = [True] * width
    own: set[int] = set()
    for labels in levels:
        left = ""
        for column in range(width):
            label = labels[column] if column < len(labels) else ""
            if label:
                own.add(column)
                joined[column] = False
            elif joined[column] and column > 0:
                label = left
            left = label
            path = paths[column]
            if label and (not path or path[-1] != label):
                path.append(label)
    return tuple((column, tuple(path)) for column, path in enumerate(paths) if column in own)


def heading_label(value: CellValue) -> str:
    """The plain text of a heading cell without numbering and unit."""
    if value.__class__ is not str or not value:
        return ""
    return _short_heading_label(value) if len(value) <= LONGEST_HEADING else plain(value)[:LONGEST_HEADING]


def _heading_label(text: str) -> str:
    label = unnumbered(_YEAR.sub("", plain(text)))
    if label.endswith(")"):
        for unit in _UNITS:
            label = label.removesuffix(unit)
    return label


_short_heading_label = lru_cache(maxsize=4096)(_heading_label)


@lru_cache(maxsize=4096)
def column_label(path: Path, number: str, layout: Layout) -> str | None:
    """The canonical label of a column of a table with these headings; ``PASSED_OVER``; None when no layout knows it.

    The lowest heading decides; 小计 and 合计 mean the heading above. 基本支出 counts under 本年支出, not under 年初结转和结余.
    """
    names = layout.columns[number]
    amount, budget, other = layout.words["amount"], layout.words["budget"], layout.words["other_amount"]
    labels = [label for label in path if label not in amount or label in names]
    if not labels:
        return None
    if any(label in other or label in budget for label in path):
        return PASSED_OVER
    label, above = labels[-1], labels[:-1]
    group = next((names[word] for word in reversed(above) if word in names and word not in SUBTOTALS), None)
    if label in SUBTOTALS:
        if group is not None:
            return group
        return names.get(label) if all(word in SUBTOTALS or word in layout.words["item"] for word in above) else None
    found = names.get(label)
    if found is None:
        return None if group is None else PASSED_OVER
    if group is None or group == found or group in _OPEN_GROUPS or (group, found) in _OF_WHICH:
        return found
    return PASSED_OVER
