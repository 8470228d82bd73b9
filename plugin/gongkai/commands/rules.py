"""``gongkai rules``: the list of rules, as text, JSON, a Markdown table or one page a rule."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from gongkai.console import Console, clean
from gongkai.language import Words
from gongkai.paths import shown_path
from gongkai.reporters.as_json import JsonValue, dumps
from gongkai.rule_pages import write_pages
from gongkai.system_reason import system_reason
from gongkai.usage import UsageError
from gongkai.wording import SEVERITY_STYLES, severity_word
from gongkai_checks.english import statement
from gongkai_checks.registry import Registry, load_registry


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """List the rules in order of their codes; 2 when a plugin could not be loaded. Raises ``UsageError``."""
    if arguments.output_dir is not None and arguments.output_format != "md":
        raise UsageError(words("--output-dir 要与 --output-format md 同用。", "--output-dir needs --output-format md."))
    registry = load_registry()
    for problem in registry.problems:
        console.say((words.error(problem), "error"))
    if arguments.output_format == "json":
        console.write_utf8(rules_json(registry))
    elif arguments.output_dir is not None:
        _write(registry, Path(arguments.output_dir), console, words)
    elif arguments.output_format == "md":
        console.write_utf8(rules_markdown(registry, words))
    else:
        for rule in registry.rules:
            console.print(
                f"{rule.code}  ",
                (
                    f"{console.sign(rule.severity)} {severity_word(rule.severity, words)}",
                    SEVERITY_STYLES[rule.severity],
                ),
                f"  {clean(words(rule.title, statement(rule) or rule.title))}",
            )
        if not arguments.quiet:
            count = len(registry.rules)
            console.say(
                words(
                    f"共 {count} 条规则；用 gongkai rule 代码 查看说明。",
                    f"{count} rules; gongkai rule CODE explains one.",
                )
            )
    return 2 if registry.problems else 0


def _write(registry: Registry, folder: Path, console: Console, words: Words) -> None:
    shown = shown_path(folder)
    try:
        count = write_pages(registry.rules, folder)
    except FileExistsError as error:
        name = shown_path(error.filename)
        raise UsageError(
            words(
                f"{name} 已经存在，而且不是本程序写的规则说明，没有覆盖；请换一个文件夹。",
                f"{name} exists and is no page of gongkai's; choose another folder.",
            )
        ) from error
    except OSError as error:
        raise UsageError(
            words(
                f"无法写规则说明到 {shown}（{system_reason(error, words)}）：没有写权限、磁盘已满，或文件正被打开；请换一个文件夹。",
                f"Cannot write the pages of the rules into {shown} ({system_reason(error, words)}); choose another folder.",
            )
        ) from error
    console.say(words(f"已写 {count} 条规则的说明到 {shown}。", f"Wrote the pages of {count} rules into {shown}."))


def rules_json(registry: Registry) -> str:
    """All that is known of each rule."""
    rules: list[JsonValue] = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.word,
            "title": rule.title,
            "why": rule.why,
            "example": rule.example,
            "remedy": rule.remedy,
            "basis": rule.basis,
            "fix_safety": rule.fix_safety or None,
        }
        for rule in registry.rules
    ]
    return "[\n" + ",\n".join(dumps(rule) for rule in rules) + "\n]\n"


def rules_markdown(registry: Registry, words: Words) -> str:
    """A table for the documentation."""
    heading = words("| 代码 | 名称 | 级别 | 规则 | 依据 |", "| code | name | severity | rule | basis |")
    lines = [heading, "|---|---|---|---|---|"]
    for rule in registry.rules:
        title = words(rule.title, statement(rule) or rule.title)
        cells = (rule.code, rule.name, severity_word(rule.severity, words), title, rule.basis)
        lines.append("| " + " | ".join(clean(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
