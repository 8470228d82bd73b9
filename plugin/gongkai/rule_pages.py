"""The pages of docs/rules: one a rule and an index by family, all of it taken from the rules themselves."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from gongkai_checks.described import Described
from gongkai_checks.equations import Equation
from gongkai_checks.rule import CODE

from .console import clean

MARKER = "<!-- 本页由 gongkai rules --output-format md --output-dir 生成，请勿手改。 -->"
INDEX = "README.md"
FAMILIES: Mapping[str, str] = {
    "WB": "工作簿：表是否齐全，年度、部门、单位、说明",
    "FM": "表样：栏目、合计行、编码、单元格里的数",
    "XF": "表内勾稽",
    "TO": "表间勾稽",
    "CO": "结转和结余",
    "CL": "科目编码和名称",
    "DX": "原因诊断：一个原因弄错一片单元格",
    "RD": "尾差",
}
"""What the first two letters of a code stand for, in the order of the index."""
OTHER_FAMILY = "其他（由插件提供）"
NO_FIX = "只报告，不自动修改。"


def rule_page(rule: Described) -> str:
    """One rule as a Markdown page."""
    facts = [
        MARKER,
        "",
        f"# {rule.code} {_line(rule.title)}",
        "",
        f"{rule.severity.sign} **{rule.severity.label}** · `{rule.name}` · {_family(rule).partition('：')[0]}",
    ]
    if isinstance(rule, Equation):
        facts += ["", "## 公式", "", f"> {_line(rule.formula)}"]
    for heading, text in sections(rule).items():
        facts += ["", f"## {heading}", "", _line(text)]
    return "\n".join([*facts, "", f"[全部规则]({INDEX})", ""])


def sections(rule: Described) -> dict[str, str]:
    """What a page says under each heading, in order."""
    return {
        "为什么": rule.why,
        "示例": rule.example,
        "如何修改": rule.remedy,
        "依据": rule.basis,
        "修正是否安全": rule.fix_safety or NO_FIX,
    }


def rule_index(rules: Sequence[Described]) -> str:
    """All rules by family, with links to their pages."""
    lines = [MARKER, "", "# 规则", "", f"共 {len(rules)} 条。命令行中用 `gongkai rule 代码` 查看同样的内容。"]
    families: dict[str, list[Described]] = {family: [] for family in (*FAMILIES.values(), OTHER_FAMILY)}
    for rule in sorted(rules, key=lambda rule: rule.code):
        families[_family(rule)].append(rule)
    for family, members in families.items():
        if members:
            lines += ["", f"## {family}", "", "| 代码 | 级别 | 规则 |", "|---|---|---|"]
            lines += [_row(rule) for rule in members]
    return "\n".join([*lines, ""])


def pages(rules: Sequence[Described]) -> dict[str, str]:
    """The text of every page by the name of its file."""
    return {INDEX: rule_index(rules), **{f"{rule.code}.md": rule_page(rule) for rule in rules}}


def write_pages(rules: Sequence[Described], folder: Path) -> int:
    """Write the pages into ``folder``, remove those of rules that are gone, and return how many rules have one.

    Raises ``FileExistsError`` for a file of the same name that was not made here, before anything is written, and ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = pages(rules)
    for name in texts:
        if (folder / name).exists() and not _is_generated(folder / name):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder / name))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for path in folder.glob("*.md"):
        if path.name not in texts and CODE.fullmatch(path.stem) and _is_generated(path):
            path.unlink()
    return len(rules)


def _is_generated(path: Path) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace").startswith(MARKER)


def _family(rule: Described) -> str:
    return FAMILIES.get(rule.code[:2], OTHER_FAMILY)


def _row(rule: Described) -> str:
    title = _line(rule.title).replace("|", "\\|")
    return f"| [{rule.code}]({rule.code}.md) | {rule.severity.sign} {rule.severity.label} | {title} |"


def _line(text: str) -> str:
    """A text of a rule on one line, with no HTML in it."""
    return clean(text).replace("<", "&lt;")
