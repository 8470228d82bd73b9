"""Each rule in one English sentence, with its cure: equations from their terms, the others from ``rules.toml`` or, a plugin's, from itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from gongkai_checks.described import Described
from gongkai_checks.equations import Equation, Expression, Selector, Term

from .sentences import english, phrasebook, selectors

_RULES = Path(__file__).parent / "rules.toml"
_PLAIN_COLUMN = "决算数"
"""The one amount column of 01 and 06, and the one that is meant in 04 and 09: it need not be named."""


def statement(rule: Described) -> str:
    """What the rule finds, in English; ``""`` where a plugin does not say."""
    if isinstance(rule, Equation):
        verb = "differs from" if rule.relation == "=" else "exceeds"
        return f"{_sum(rule.left)} {english(rule.claim) or f'{verb} {_sum(rule.right)}'}"
    return str(getattr(rule, "english", "")) or _text(rule.code, 0)


def cure(rule: Described) -> str:
    """What to do, in English; ``""`` where a plugin does not say."""
    return str(getattr(rule, "english_cure", "")) or cure_of(rule.code, rule.remedy)


def cure_of(code: str, remedy: str) -> str:
    """What to do, in English, about a finding of a built-in rule, of which the Chinese cure is ``remedy``; ``""`` where it is not known."""
    return _text(code, 1) or _texts("cures").get(remedy, "")


def why(rule: Described) -> str:
    """Why it matters, in English, for the equations; ``""`` for the other rules."""
    return _texts("reasons").get(rule.why, "")


def safety(rule: Described) -> str:
    """How far its correction is trusted, in English; ``""`` where it has none, or a plugin does not say."""
    return _texts("safety").get(rule.fix_safety, "")


def formula(equation: Equation) -> str:
    """An equation in English."""
    return f"{_sum(equation.left)} {'=' if equation.relation == '=' else '≤'} {_sum(equation.right)}"


def _sum(expression: Expression) -> str:
    words = ""
    for term in expression.terms:
        words += (" - " if term.sign < 0 else " + " if words else "") + _term(term)
    return words


def _term(term: Term) -> str:
    line = f"{_part(term.item)} of sheet {term.table}"
    return line if term.column == _PLAIN_COLUMN else f"{_part(term.column)} of {line}"


def _part(part: str | Selector) -> str:
    if isinstance(part, Selector):
        return selectors()[part.value]
    return f"'{phrasebook().labels.get(part, part)}'" if not part.isdigit() else part


def _text(code: str, which: int) -> str:
    texts: Mapping[str, list[str]] = _load()["rules"]
    found = texts.get(code) or texts.get(f"{code[:2]}x{code[3:]}")
    return found[which].format(table=f"0{code[2]}") if found else ""


def _texts(group: str) -> Mapping[str, str]:
    return _load()[group]


@lru_cache(maxsize=1)
def _load() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_RULES.read_text(encoding="utf-8"))
