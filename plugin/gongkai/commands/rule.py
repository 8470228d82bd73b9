"""``gongkai rule CODE``: one rule explained."""

from __future__ import annotations

import difflib
from argparse import Namespace

from gongkai.console import Console, clean
from gongkai.language import Words
from gongkai.usage import UsageError
from gongkai.wording import SEVERITY_STYLES, severity_word
from gongkai_checks.english import cure, formula, safety, statement, why
from gongkai_checks.equations import Equation
from gongkai_checks.registry import load_registry


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Print what a rule checks, why, an example, what to do, the basis, and how safe its fix is. Raises ``UsageError``."""
    registry = load_registry()
    asked = arguments.code.strip()
    rule = next((rule for rule in registry.rules if asked.upper() == rule.code or asked.lower() == rule.name), None)
    if rule is None:
        known = [name for rule in registry.rules for name in (rule.code, rule.name)]
        near = difflib.get_close_matches(asked.upper(), known, 3) or difflib.get_close_matches(asked.lower(), known, 3)
        hint = words(f"您是否想看 {'、'.join(near)}？", f" Did you mean {', '.join(near)}?") if near else ""
        raise UsageError(
            words(
                f"没有规则“{clean(asked)}”。{hint}用 gongkai rules 查看全部规则。",
                f"No rule {clean(asked)}.{hint} See gongkai rules.",
            )
        )
    console.print(
        (f"{rule.code}  {words(rule.title, statement(rule) or rule.title)}", "strong"),
        "  ",
        (f"{console.sign(rule.severity)} {severity_word(rule.severity, words)}", SEVERITY_STYLES[rule.severity]),
        f"  {rule.name}",
    )
    for heading, text in (
        (words("为什么", "why"), words(rule.why, why(rule) or rule.why)),
        (words("示例", "example"), words(rule.example, formula(rule) if isinstance(rule, Equation) else rule.example)),
        (words("如何修改", "what to do"), words(rule.remedy, cure(rule) or rule.remedy)),
        (words("依据", "basis"), rule.basis),
        (words("修正是否安全", "safety of the fix"), words(rule.fix_safety, safety(rule) or rule.fix_safety)),
    ):
        if text:
            console.print((heading + words("：", ": "), "muted"), clean(text))
    return 0
