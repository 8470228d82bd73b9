"""Which code rows of a table lie below which: 2080505 below 20805 below 208, or below the nearest of them that is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai_workbooks.disclosure import Table

LEVELS = {3: "类", 5: "款", 7: "项"}
CLASS_DIGITS, SECTION_DIGITS, ITEM_DIGITS = LEVELS


@dataclass(frozen=True, slots=True)
class CodeTree:
    """The hierarchy of the codes of one table, by item key."""

    keys: tuple[str, ...]
    codes: tuple[str, ...]
    """The code of each key."""
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
    classes: tuple[str, ...]
    sections: tuple[str, ...]
    """Keys that are codes of three and of five digits."""
    class_parents: frozenset[str]
    section_parents: frozenset[str]
    """Those that have rows right below them."""
    members: frozenset[str]
    """All of the ``keys``."""
    gaps: frozenset[str]
    """Those of the ``stems`` that are not printed."""
    in_order: bool
    """No row stands below one with a greater code."""

    @property
    def leaves(self) -> tuple[str, ...]:
        """Keys of the rows without a row below them."""
        return tuple(key for key in self.keys if key not in self.children)


def code_tree(table: Table) -> CodeTree:
    """The tree of a table's code rows; rows whose code has not 3, 5 or 7 digits stand at the top and have no children."""
    tree: CodeTree | None = table.known.get("code tree")
    if tree is None:
        tree = _build(tuple([(key, item.code) for key, item in table.items.items() if item.role == "code"]))
        table.known["code tree"] = tree
    return tree


@lru_cache(maxsize=256)
def _build(codes: tuple[tuple[str, str], ...]) -> CodeTree:
    keys, numbers = [key for key, _ in codes], [code for _, code in codes]
    printed = set(numbers)
    top: list[str] = []
    children: dict[str, list[str]] = {}
    stems: set[str] = set()
    repeated: set[str] = set()
    for key, code in codes:
        if key != code:
            repeated.add(code)
        digits = len(code)
        parent = code[:CLASS_DIGITS] if digits in (SECTION_DIGITS, ITEM_DIGITS) else ""
        if parent:
            stems.add(parent)
        if digits == ITEM_DIGITS:
            section = code[:SECTION_DIGITS]
            stems.add(section)
            if section in printed:
                parent = section
        if not parent or parent not in printed:
            top.append(key)
        elif parent in children:
            children[parent].append(key)
        else:
            children[parent] = [key]
    classes, sections = of_digits(CLASS_DIGITS, keys), of_digits(SECTION_DIGITS, keys)
    return CodeTree(
        tuple(keys),
        tuple(numbers),
        tuple(top),
        {parent: tuple(below) for parent, below in children.items()},
        {key: parent for parent, below in children.items() for key in below},
        frozenset(stems),
        frozenset(repeated),
        classes,
        sections,
        frozenset([key for key in classes if key in children]),
        frozenset([key for key in sections if key in children]),
        frozenset(keys),
        frozenset(stems - printed),
        numbers == sorted(numbers),
    )


def of_digits(digits: int, keys: Iterable[str]) -> tuple[str, ...]:
    """Those of the keys that are codes of so many digits."""
    return tuple([key for key in keys if len(key) == digits and key.isdigit()])
