"""Stacked column headings: which words stand over a column, from the top down, and which amount column they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import plain, unnumbered
from gongkai_workbooks.layouts import Layout
from gongkai_workbooks.remembered import Remembered

SUBTOTALS = frozenset({"小计", "合计", "总计"})
PASSED_OVER = ""
"""A column that stands under a known heading, but is none of its own: an "of which" or a figure that is no final account."""

LONGEST_HEADING = 80
"""Characters of a heading that count."""
WIDEST = 64
"""Headings of so many columns are remembered."""
_YEAR = re.compile(r"^20\d\d年度?")
_OF_WHICH = frozenset({("事业收入", "其中：教育收费")})
_OPEN_GROUPS = frozenset({"小计", "本年支出合计", "本年收入合计"})
_UNITS = ("(万元)", "(元)", "(单位:万元)", "(单位:元)", "(人民币万元)", "(千元)", "(亿元)")

Path = tuple[str, ...]
Levels = tuple[tuple[str, ...], ...]


def heading_paths(levels: Iterable[Sequence[CellValue]], first: int, last: int, layout: Layout) -> Mapping[int, Path]:
    """The plain headings over each column, from the top down, by column index ``first`` to ``last``.

    ``levels`` are the rows of the heading. A blank cell belongs to the heading on its left as long as the columns share the headings
    above it, so merged cells and blanks to their right count alike. Columns without a heading of their own are left
    out; numbers and words for the number of a line are no headings.
    """
    labels = heading_levels(levels, first, last, layout)
    return paths_of(labels, first, last)


def paths_of(levels: Levels, first: int, last: int) -> Mapping[int, Path]:
    """``heading_paths`` of what ``heading_levels`` returned."""
    read = _paths if last - first < WIDEST else _paths.__wrapped__
    return read(levels, first, last)


def column_labels(
    levels: Iterable[Sequence[CellValue]], first: int, last: int, number: str, layout: Layout
) -> Sequence[tuple[int, Path, str | None]]:
    """Of each column that ``heading_paths`` finds: its index, its headings and its canonical label in a table (see ``column_label``)."""
    labels = heading_levels(levels, first, last, layout)
    read = _column_labels if last - first < WIDEST else _column_labels.__wrapped__
    return read(labels, first, last, number, layout)


def heading_levels(levels: Iterable[Sequence[CellValue]], first: int, last: int, layout: Layout) -> Levels:
    """The plain headings of each row, from column ``first`` to ``last``; "" for a cell that holds none."""
    known = _own_headings(layout)
    end = last + 1
    return tuple([tuple([known[v] if v.__class__ is str else "" for v in row[first:end]]) for row in levels])


@lru_cache(maxsize=16)
def _own_headings(layout: Layout) -> Remembered[str]:
    """The heading that the text of a cell is, "" for a number or a word for the number of a line."""
    skip = layout.words["line_number"]

    def read(text: str) -> str:
        label = HEADINGS[text]
        return "" if label in skip or label.isdecimal() else label

    return Remembered(read)


@lru_cache(maxsize=256)
def _paths(levels: Levels, first: int, last: int) -> Mapping[int, Path]:
    """The headings over each column that has one of its own: levels of plain labels, counted from column ``first``."""
    width = last + 1 - first
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
    return {first + column: tuple(path) for column, path in enumerate(paths) if column in own}


@lru_cache(maxsize=256)
def _column_labels(
    levels: Levels, first: int, last: int, number: str, layout: Layout
) -> Sequence[tuple[int, Path, str | None]]:
    found = _paths.__wrapped__(levels, first, last)
    return tuple((j, path, column_label(path, number, layout)) for j, path in found.items())


def heading_label(value: CellValue) -> str:
    """The plain text of a heading cell without numbering and unit."""
    return HEADINGS[value] if value.__class__ is str else ""


def _heading_label(text: str) -> str:
    if len(text) > LONGEST_HEADING:
        return plain(text)[:LONGEST_HEADING]
    label = unnumbered(_YEAR.sub("", plain(text)))
    if label.endswith(")"):
        for unit in _UNITS:
            label = label.removesuffix(unit)
    return label


HEADINGS = Remembered(_heading_label)
"""``heading_label`` by the text of a cell."""


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
