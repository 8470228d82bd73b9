"""``gongkai rules lint``: whether the equations themselves are in order, those of plugins included."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gongkai import __version__
from gongkai.console import Console, clean
from gongkai.language import Words
from gongkai.reporters.as_json import JsonValue, dumps
from gongkai.usage import UsageError
from gongkai.wording import SEVERITY_STYLES, severity_word
from gongkai_checks.equations import Equation
from gongkai_checks.finding import Severity
from gongkai_checks.lint import Kind, Lint, Remark, UnsolvedError, lint
from gongkai_checks.options import Options
from gongkai_checks.registry import Registry, load_registry
from gongkai_checks.selection import selected
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.layouts import load_layout

VERSION = 1
KINDS: Mapping[Kind, tuple[str, str]] = {
    "contradiction": ("矛盾", "contradictory"),
    "duplicate": ("重复", "repeated"),
    "inapplicable": ("用不上", "never applicable"),
    "implied": ("可推出", "implied"),
}
"""What a kind of remark is called in either language, the worst first."""


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Say what is wrong: 1 when an equation is at fault, 2 when not all could be looked at. Raises ``UsageError``."""
    if arguments.output_format == "md" or arguments.output_dir is not None:
        raise UsageError(words("rules lint 的报告只有 text 和 json 两种。", "rules lint reports as text or json."))
    registry = load_registry()
    for problem in registry.problems:
        console.say((problem, "error"))
    options = _options(arguments, registry, words)
    try:
        found = lint(_own_first(registry), load_layout(registry.layouts), lambda code: selected(code, options))
    except (UnsolvedError, WorkbookError) as error:
        raise UsageError(clean(str(error))) from error
    remarks = [remark for remark in found.remarks if wanted(remark, options)]
    if arguments.output_format == "json":
        console.write_utf8(lint_json(found, remarks, registry.problems))
    else:
        for remark in remarks:
            if remark.kind != "implied" or arguments.verbose:
                _print(remark, console, words)
        if not arguments.quiet:
            for sentence in _summary(found, remarks, words, told=arguments.verbose):
                console.say(sentence)
    if registry.problems:
        return 2
    return int(any(remark.severity > Severity.INFO for remark in remarks))


def _own_first(registry: Registry) -> list[Equation]:
    """The built-in equations first: of two that say the same, it is the plugin's that repeats the other."""
    own = load_registry(plugins=False).by_code
    return sorted(registry.equations, key=lambda equation: equation.code not in own)


def wanted(remark: Remark, options: Options) -> bool:
    """Whether a remark is asked for: it names a selected equation, and the one that it is about is not ignored."""
    names = (remark.code,) if remark.kind == "implied" else remark.codes
    return any(selected(code, options) for code in names) and (
        selected(remark.code, options) or selected(remark.code, replace(options, select=()))
    )


def lint_json(found: Lint, remarks: Sequence[Remark], problems: Sequence[str]) -> str:
    """The report for machines, see docs/lint.schema.json."""
    severities = Counter(remark.severity for remark in remarks)
    report: JsonValue = {
        "version": VERSION,
        "tool": {"name": "gongkai", "version": __version__},
        "equations": found.equations,
        "accounts": [*found.accounts],
        "problems": [*problems],
        "remarks": [_remark_json(remark) for remark in remarks],
        "summary": {severity.word: severities[severity] for severity in sorted(Severity, reverse=True)},
    }
    return dumps(report) + "\n"


def _remark_json(remark: Remark) -> JsonValue:
    return {
        "kind": remark.kind,
        "severity": remark.severity.word,
        "code": remark.code,
        "others": [*remark.others],
        "message": remark.message,
        "cells": [{"table": cell.table, "item": cell.item, "column": cell.column} for cell in remark.cells],
        "suggestion": remark.suggestion or None,
        "account": remark.account or None,
    }


def _print(remark: Remark, console: Console, words: Words) -> None:
    console.print(
        (
            f"{console.sign(remark.severity)} {severity_word(remark.severity, words)}",
            SEVERITY_STYLES[remark.severity],
        ),
        f"  {words(*KINDS[remark.kind])}  {clean(remark.message)}",
    )


def _summary(found: Lint, remarks: Sequence[Remark], words: Words, *, told: bool) -> Iterator[str]:
    counts = Counter(remark.kind for remark in remarks)
    shown = [f"{words(*KINDS[kind])} {counts[kind]}" for kind in KINDS if kind != "implied"]
    yield words(
        f"共 {found.equations} 条勾稽关系，在 {len(found.accounts)} 套示意账上互相对照：{'，'.join(shown)}。",
        f"{found.equations} equations, held against one another on {len(found.accounts)} schematic accounts: "
        f"{', '.join(shown)}.",
    )
    if counts["contradiction"]:
        yield words(
            "若本意就是不许有这笔金额，请改用 @rule 写成一条规则。",
            "If the amount is meant not to exist, write a rule with @rule instead.",
        )
    if counts["implied"]:
        how = words("见上。" if told else "用 --verbose 列出。", "See above." if told else "--verbose lists them.")
        yield words(
            f"另有 {counts['implied']} 条可由其他关系推出：这不是毛病，互相印证才看得出是哪一格错。{how}",
            f"{counts['implied']} more follow from others, as they should: that is what shows which cell is wrong. {how}",
        )


def _options(arguments: Namespace, registry: Registry, words: Words) -> Options:
    chosen = {
        name: tuple(code for codes in getattr(arguments, name) for code in codes) for name in ("select", "ignore")
    }
    for name, prefixes in chosen.items():
        for prefix in prefixes:
            if not any(rule.code.startswith(prefix) for rule in registry.equations):
                raise UsageError(
                    words(
                        f"--{name}：没有以“{clean(prefix)}”开头的勾稽关系；用 gongkai rules 查看全部规则。",
                        f"--{name}: no equation begins with {clean(prefix)}; see gongkai rules.",
                    )
                )
    return Options(select=chosen["select"], ignore=chosen["ignore"])
