"""The command line: what can be asked for. Nothing heavy is imported here, so that --help and --version answer at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from .check_arguments import add_codes, add_output, add_paths, add_rewriting, add_selection
from .desk_arguments import add_excel, add_helper
from .help_text import Parser
from .language import VARIABLE, Words
from .version import __version__

COMMANDS = ("check", "fix", "clear", "undo", "rules", "rule", "new", "doctor", "helper", "excel")
_TAKES_VALUE = frozenset({"--language", "--color"})


def parse(arguments: Sequence[str], words: Words) -> argparse.Namespace:
    """Read the command line. Leaves the program (``SystemExit``) for --help, --version (0) and errors (2)."""
    namespace = make_parser(words).parse_args(with_command(arguments))
    for name, value in (("language", words.language), ("color", "auto"), ("quiet", False), ("verbose", False)):
        if not hasattr(namespace, name):
            setattr(namespace, name, value)
    return namespace


def with_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with ``check`` put in where no command is named: ``gongkai 决算公开.xlsx``."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-"):
        if arguments[place] in ("-h", "--help", "--version"):
            return list(arguments)
        if arguments[place] in _TAKES_VALUE:
            place += 1
        elif arguments[place] not in ("-q", "--quiet", "-v", "--verbose") and "=" not in arguments[place]:
            break
        place += 1
    if place < len(arguments) and arguments[place] in COMMANDS:
        return list(arguments)
    return ["check", *arguments] if arguments else []


def make_parser(words: Words) -> Parser:
    """The parser of the whole command line, in one language."""
    Parser.words = words
    common = _common(words)
    parser = Parser(
        prog="gongkai",
        description=words(
            "校验部门决算公开的九张表（公开01至公开09）：哪一格不对、为什么、应为多少；标记、修正，并可撤销。\n"
            "不写命令即为 check，例如：gongkai 决算公开.xlsx",
            "Check the nine disclosure sheets of a department's final accounts: which cell is wrong, why, and what it should be.\n"
            "Without a command the files are checked: gongkai accounts.xlsx",
        ),
        epilog=words(
            "退出码：0 未发现达到 --fail-on 级别的问题；1 有问题；2 结果不可信（文件读不出、参数有误、插件或规则出错）。\n"
            f"环境变量：{VARIABLE}=zh|en，NO_COLOR，FORCE_COLOR。",
            "Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 not to be trusted (unreadable file, bad option, failed plugin or rule).\n"
            f"Environment: {VARIABLE}=zh|en, NO_COLOR, FORCE_COLOR.",
        ),
        parents=[common],
    )
    parser.add_argument(
        "--version", action="version", version=f"gongkai {__version__}", help=words("显示版本", "show the version")
    )
    commands = parser.add_subparsers(dest="command", metavar=words("命令", "COMMAND"), title=words("命令", "commands"))
    _add_check(commands, common, words)
    _add_fix(commands, common, words)
    _add_take_back(commands, common, words)
    _add_rules(commands, common, words)
    _add_new(commands, common, words)
    doctor = words(
        "检查安装：版本、插件、样表、Excel/WPS 是否可用", "what is installed: versions, plugins, Excel and WPS"
    )
    commands.add_parser("doctor", parents=[common], help=doctor, description=doctor)
    add_helper(commands, common, words)
    add_excel(commands, common, words)
    return parser


Commands = argparse._SubParsersAction  # the type of add_subparsers(), which argparse does not name in public


def _common(words: Words) -> Parser:
    options = Parser(options_only=True)
    group = options.add_argument_group(words("通用选项", "common options"))
    group.add_argument(
        "--language", choices=("zh", "en"), help=words("界面语言，默认 zh", "language of the messages, default zh")
    )
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        help=words("颜色，默认只在终端中使用", "colours; by default only on a terminal"),
    )
    loudness = group.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help=words("只输出发现的问题", "print findings only"))
    loudness.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help=words(
            "另列未校验的项目及原因、尾差、跳过的文件和用时",
            "also what was not checked and why, rounding, files passed over, times",
        ),
    )
    return options


def _add_check(commands: Commands[Parser], common: Parser, words: Words) -> None:
    text = words("校验工作簿（默认命令）", "check workbooks (the default command)")
    parser = commands.add_parser("check", parents=[common], help=text, description=text)
    add_paths(parser, words)
    add_selection(parser, words)
    add_output(parser, words)
    add_rewriting(parser, words)
    parser.add_argument(
        "--fix",
        action="store_true",
        help=words(
            "把可证实的修正写入副本 <名称>.校验.xlsx，原文件不动",
            "write proven corrections into a copy, <name>.校验.xlsx",
        ),
    )


def _add_fix(commands: Commands[Parser], common: Parser, words: Words) -> None:
    text = words("校验并修正，等于 check --fix", "check and correct: the same as check --fix")
    parser = commands.add_parser("fix", parents=[common], help=text, description=text)
    parser.set_defaults(fix=True)
    add_paths(parser, words)
    add_selection(parser, words)
    add_output(parser, words)
    add_rewriting(parser, words)


def _add_take_back(commands: Commands[Parser], common: Parser, words: Words) -> None:
    for name, text in (
        ("clear", words("清除本程序的标记、批注和结果清单", "take back the marks, the notes and the list of results")),
        ("undo", words("撤销上次修正（连同标记）", "take back the last correction, with its marks")),
    ):
        parser = commands.add_parser(name, parents=[common], help=text, description=text)
        parser.add_argument(
            "paths",
            nargs="+",
            metavar=words("路径", "PATH"),
            help=words("工作簿或带 * 的文件名", "workbooks or patterns"),
        )
        parser.add_argument(
            "--output-dir",
            metavar=words("文件夹", "FOLDER"),
            help=words("结果写到此文件夹，原文件不动", "write the result into this folder instead"),
        )
        parser.add_argument(
            "--password",
            metavar=words("密码", "PASSWORD"),
            help=words("打开加密文件的密码", "password of encrypted files"),
        )


def _add_rules(commands: Commands[Parser], common: Parser, words: Words) -> None:
    text = words("列出规则；rules lint 检查勾稽关系本身", "list the rules; rules lint checks the equations themselves")
    parser = commands.add_parser("rules", parents=[common], help=text, description=text)
    parser.add_argument(
        "--output-format",
        choices=("text", "json", "md"),
        default="text",
        help=words("格式，默认 text", "format, default text"),
    )
    parser.add_argument(
        "--output-dir",
        metavar=words("文件夹", "FOLDER"),
        help=words("与 md 同用：每条规则写一页说明到此文件夹", "with md: write one page a rule into this folder"),
    )
    _add_lint(parser, common, words)
    text = words("解释一条规则：为什么、示例、如何修改、依据", "explain one rule: why, example, what to do, basis")
    parser = commands.add_parser("rule", parents=[common], help=text, description=text)
    parser.add_argument(
        "code",
        metavar=words("代码", "CODE"),
        help=words("规则代码或名称，如 TO101", "code or name of a rule, as TO101"),
    )


def _add_lint(rules: Parser, common: Parser, words: Words) -> None:
    text = words(
        "检查勾稽关系本身（插件的也在内）：互相矛盾的、重复的、从来用不上的；加 -v 另列可由其他关系推出的",
        "check the equations themselves, plugins' included: contradictory, repeated, never applicable; with -v also implied ones",
    )
    commands = rules.add_subparsers(metavar=words("命令", "COMMAND"), title=words("命令", "commands"))
    parser = commands.add_parser(
        "lint",
        parents=[common],
        help=text,
        description=text,
        epilog=words(
            "退出码：0 没有；1 有矛盾或警告；2 未能检查（插件出错、参数有误）。",
            "Exit codes: 0 none; 1 contradictions or warnings; 2 not checked (failed plugin, bad option).",
        ),
    )
    parser.set_defaults(command="rules_lint")
    add_codes(
        parser.add_argument_group(words("说哪些规则", "which rules it speaks of")),
        words,
        words(
            "只说这些规则，如 MC；其余的仍参加对照",
            "only these rules, as MC; the others are held against them all the same",
        ),
        words("不说这些规则", "not these rules"),
    )
    parser.add_argument(
        "--output-format",
        choices=("text", "json"),
        default=argparse.SUPPRESS,
        help=words("格式，默认 text", "format, default text"),
    )


def _add_new(commands: Commands[Parser], common: Parser, words: Words) -> None:
    text = words("新建空白的九张表", "a new workbook with the nine blank sheets")
    parser = commands.add_parser("new", parents=[common], help=text, description=text)
    parser.add_argument(
        "--year",
        type=year,
        required=True,
        metavar=words("年度", "YEAR"),
        help=words("决算年度，如 2025", "fiscal year, as 2025"),
    )
    parser.add_argument(
        "--department", default="", metavar=words("部门", "NAME"), help=words("部门名称", "name of the department")
    )
    parser.add_argument(
        "--form",
        default="national",
        metavar=words("式样", "FORM"),
        help=words("表样：national（默认）、shanghai", "form: national (default), shanghai"),
    )
    parser.add_argument(
        "--unit",
        default="万元",
        choices=("万元", "元"),
        help=words("金额单位，默认万元", "unit of the amounts, default 万元"),
    )
    parser.add_argument(
        "--output-file",
        metavar=words("文件", "FILE"),
        help=words("默认 <部门><年度>年度部门决算公开表.xlsx", "default <name><year>年度部门决算公开表.xlsx"),
    )


def year(text: str) -> int:
    """A fiscal year: 2025, or 2025年度."""
    number = int(text.removesuffix("年度").removesuffix("年"))
    if not 1990 <= number <= 2100:
        raise ValueError(text)
    return number
