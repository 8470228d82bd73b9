"""Which code rows of a table lie below which: 2080505 below 20805 below 208, or below the nearest of them that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai_workbooks.disclosure import Table

LEVELS = {3: "类", 5: "款", 7: "项"}


@dataclass(frozen=True, slots=True)
class CodeTree:
    """The hierarchy of the codes of one table, by item key."""

    keys: tuple[str, ...]
    top: tuple[str, ...]
    """Keys of the rows that have no printed row above them."""
    children: Mapping[str, tuple[str, ...]]
    """Keys of the rows right below a code row; only codes that have some."""
    parents: Mapping[str, str]
    """The code right above a row, by key; only rows that have one."""
    stems: frozenset[str]
    """Every proper prefix (3 or 5 digits) of a printed code: a code here has descendants, printed itself or not."""
    repeated: frozenset[str]
    """Codes that occur more than once."""

    @property
    def leaves(self) -> tuple[str, ...]:
        """Keys of the rows without a row below them."""
        return tuple(key for key in self.keys if key not in self.children)


def code_tree(table: Table) -> CodeTree:
    """The tree of a table's code rows; rows whose code has not 3, 5 or 7 digits stand at the top and have no children."""
    return _build(tuple((key, item.code) for key, item in table.items.items() if item.role == "code"))


@lru_cache(maxsize=256)
def _build(codes: tuple[tuple[str, str], ...]) -> CodeTree:
    printed = {code for _, code in codes}
    top: list[str] = []
    children: dict[str, list[str]] = {}
    stems: set[str] = set()
    repeated: set[str] = set()
    for key, code in codes:
        if key != code:
            repeated.add(code)
        parent = ""
        for length in (3, 5):
            if length < len(code) and len(code) in LEVELS:
                stems.add(code[:length])
                if code[:length] in printed:
                    parent = code[:length]
        if parent:
            children.setdefault(parent, []).append(key)
        else:
            top.append(key)
    return CodeTree(
        tuple(key for key, _ in codes),
        tuple(top),
        {parent: tuple(below) for parent, below in children.items()},
        {key: parent for parent, below in children.items() for key in below},
        frozenset(stems),
        frozenset(repeated),
    )
