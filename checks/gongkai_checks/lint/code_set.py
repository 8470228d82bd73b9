"""The classification codes of the schematic accounts: few, but every one that an equation names, and none an only child."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongkai_checks.bindings import CLASS_DIGITS, SECTION_DIGITS
from gongkai_checks.dictionary import load_dictionary
from gongkai_checks.equations import Equation
from gongkai_checks.tables import CODE_TABLES

STATEMENTS = ("01", "04")
"""The tables whose function lines are classes."""
ECONOMIC = "06"
ITEM_DIGITS = 7
ENDINGS = ("99", "98")
"""What a code is made of that gives a named one a sibling."""


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes in the order of a sheet. ``functional`` has every level, ``items`` the lowest, ``economic`` those of table 06."""

    functional: tuple[str, ...]
    economic: tuple[str, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """The 项."""
        return tuple(code for code in self.functional if len(code) == ITEM_DIGITS)

    @property
    def classes(self) -> tuple[str, ...]:
        """The 类."""
        return tuple(code for code in self.functional if len(code) == CLASS_DIGITS)


def code_set(equations: Iterable[Equation], always: Iterable[str], classes: Collection[str]) -> CodeSet:
    """The codes that the equations name and those that are wanted ``always``, completed; no other classes than those in ``classes``.

    A class gets two sections and a section two items: with a single child, parent and child would be one amount, and equations would
    seem to say the same that do not.
    """
    functional = {code for code in always if is_functional(code)}
    economic = {code for code in always if is_economic(code)}
    for equation in equations:
        for term in (*equation.terms, *equation.slack):
            if not isinstance(term.item, str):
                continue
            if term.table == ECONOMIC and is_economic(term.item):
                economic.add(term.item)
            elif term.table in (*CODE_TABLES, *STATEMENTS) and is_functional(term.item):
                functional.add(term.item)
    functional = {code for code in functional if code[:CLASS_DIGITS] in classes}
    listed = {code for code in load_dictionary().standard_rows if is_economic(code)}
    economic = {stem for code in economic | listed for stem in (code[:CLASS_DIGITS], code)}
    return CodeSet(tuple(sorted(_completed(functional))), tuple(sorted(_with_siblings(economic, CLASS_DIGITS))))


def is_functional(code: str) -> bool:
    """Whether this is written as a code of 支出功能分类."""
    return _is_code(code, "2") and len(code) in (CLASS_DIGITS, SECTION_DIGITS, ITEM_DIGITS)


def is_economic(code: str) -> bool:
    """Whether this is written as a code of 部门预算支出经济分类."""
    return _is_code(code, "3") and len(code) in (CLASS_DIGITS, SECTION_DIGITS)


def _is_code(code: str, first: str) -> bool:
    return code.isascii() and code.isdigit() and code.startswith(first)


def _completed(codes: set[str]) -> set[str]:
    stems = {code[:length] for code in codes for length in (CLASS_DIGITS, SECTION_DIGITS)}
    sections = _with_siblings(codes | stems, CLASS_DIGITS)
    return _with_siblings(sections, SECTION_DIGITS)


def _with_siblings(codes: set[str], length: int) -> set[str]:
    """With at least two codes below every one of ``length`` digits."""
    found = set(codes)
    for code in codes:
        if len(code) == length:
            below = {other for other in codes if other.startswith(code) and len(other) == length + 2}
            spare = (code + ending for ending in ENDINGS if code + ending not in below)
            found.update(spare if not below else [next(spare)] if len(below) == 1 else ())
    return found
