"""Failing rows in groups that share no cell, so that each can be explained by itself."""

from __future__ import annotations

from collections.abc import Iterable

from .system import System


def components(system: System, rows: Iterable[int]) -> list[tuple[int, ...]]:
    """The groups, each in the order of its rows."""
    numbers = sorted(rows)
    parent = {number: number for number in numbers}

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    first: dict[int, int] = {}
    for number in numbers:
        for cell in system.rows[number].cells:
            other = first.setdefault(cell, number)
            if other != number:
                parent[root(number)] = root(other)
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(root(number), []).append(number)
    return [tuple(group) for group in groups.values()]
