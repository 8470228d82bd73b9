"""A rule: data, and at most one short function."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ParamSpec

from .finding import Finding, NotChecked, Severity

CODE = re.compile(r"[A-Z]{2}[0-9]{3}")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SECTIONS = ("为什么", "示例", "如何修改", "依据")
FIX_SECTION = "修正是否安全"
ENGLISH_SECTION, ENGLISH_CURE_SECTION = "English", "What to do"
ARGUMENTS = frozenset({"disclosure", "options", "dictionary"} | {f"sheet{n:02}" for n in range(1, 10)})

Check = Callable[..., Iterator[Finding | NotChecked]]
P = ParamSpec("P")


class RuleError(Exception):
    """A rule is ill-formed: names the rule and says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule with all that is known about it.

    ``code`` is two letters and three digits, ``name`` names the fault in kebab case, ``title`` is one Chinese line. ``why``, ``example``, ``remedy``,
    ``basis`` and ``fix_safety`` are the sections of the documentation; ``english`` and ``english_cure`` say in English what it finds and what to do
    (a plugin may leave them out; those of the built-in rules are in ``english/rules.toml``). ``check`` yields ``Finding`` and ``NotChecked``; ``arguments``
    are the names it asks for: ``sheet01`` ... ``sheet09`` (a ``Table``; the rule does not apply when it is missing or
    unreadable), ``disclosure``, ``options``, ``dictionary``.
    """

    code: str
    name: str
    severity: Severity
    title: str
    check: Check
    arguments: tuple[str, ...]
    why: str = ""
    example: str = ""
    remedy: str = ""
    basis: str = ""
    fix_safety: str = ""
    english: str = ""
    english_cure: str = ""


def rule(code: str, name: str, severity: Severity) -> Callable[[Callable[P, Iterator[Finding | NotChecked]]], Rule]:
    """Make a rule of a generator function.

    The first line of its docstring is the title; 为什么, 示例, 如何修改 and 依据 follow as sections (``为什么: …``), and 修正是否安全 when it offers a
    fix. ``English: …`` and ``What to do: …`` may follow. Raises ``RuleError`` when a section, the code, the name or an argument is wrong.
    """

    def decorate(function: Callable[P, Iterator[Finding | NotChecked]]) -> Rule:
        if not CODE.fullmatch(code) or not NAME.fullmatch(name):
            raise RuleError(
                f"{code} {name}: a code is two capitals and three digits, a name is lower-case words with hyphens"
            )
        arguments = tuple(inspect.signature(function).parameters)
        unknown = [argument for argument in arguments if argument not in ARGUMENTS]
        if unknown:
            raise RuleError(f"{code}: unknown argument {', '.join(unknown)}; there are {', '.join(sorted(ARGUMENTS))}")
        title, sections = read_sections(inspect.getdoc(function) or "")
        missing = [section for section in SECTIONS if not sections.get(section)]
        if not title or missing:
            raise RuleError(
                f"{code}: the docstring needs a first line and the sections {'、'.join(missing or SECTIONS)}"
            )
        return Rule(
            code=code,
            name=name,
            severity=severity,
            title=title,
            check=function,
            arguments=arguments,
            why=sections["为什么"],
            example=sections["示例"],
            remedy=sections["如何修改"],
            basis=sections["依据"],
            fix_safety=sections.get(FIX_SECTION, ""),
            english=sections.get(ENGLISH_SECTION, ""),
            english_cure=sections.get(ENGLISH_CURE_SECTION, ""),
        )

    return decorate


def read_sections(text: str) -> tuple[str, dict[str, str]]:
    """Split a rule's docstring into its first line and its sections by heading."""
    lines = text.strip().splitlines()
    title = lines[0].strip().rstrip("。") if lines else ""
    sections: dict[str, str] = {}
    heading = ""
    for line in lines[1:]:
        match = re.match(r"\s*(为什么|示例|如何修改|依据|修正是否安全|English|What to do)\s*[:：]\s*(.*)", line)
        if match:
            heading = match[1]
            sections[heading] = match[2].strip()
        elif heading and line.strip():
            # English words need the blank that a line break stands for.
            sections[heading] += (" " if heading.isascii() else "") + line.strip()
    return title, sections


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRule:
    """A rule that the engine itself applies (the rounding test, the diagnosis): described like any other, with no function of its own."""

    code: str
    name: str
    severity: Severity
    title: str
    why: str
    example: str
    remedy: str
    basis: str
    fix_safety: str = ""
