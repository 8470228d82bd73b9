"""The options of check and fix: which workbooks, what is checked, what is reported, what is written."""

from __future__ import annotations

import argparse

from .help_text import Parser
from .language import Words

SEVERITIES = {
    "error": "error",
    "warning": "warning",
    "info": "info",
    "错误": "error",
    "警告": "warning",
    "提示": "info",
}


def add_paths(parser: Parser, words: Words) -> None:
    """Which workbooks, and how they are opened."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar=words("路径", "PATH"),
        help=words(
            "工作簿、文件夹（含下级）或带 * 的文件名；- 为标准输入中的一个 .xlsx；省略为当前文件夹",
            "workbooks, folders (with all below), patterns; - is one .xlsx on standard input; default: the current folder",
        ),
    )
    parser.add_argument(
        "--password", metavar=words("密码", "PASSWORD"), help=words("打开加密文件的密码", "password of encrypted files")
    )
    parser.add_argument(
        "--jobs",
        type=positive,
        metavar="N",
        help=words(
            "用几个进程，默认按文件数决定；结果与进程数无关", "number of processes; the result does not depend on it"
        ),
    )


def add_selection(parser: Parser, words: Words) -> None:
    """What is checked, and how strictly."""
    group = parser.add_argument_group(words("校验什么", "what is checked"))
    add_codes(
        group,
        words,
        words("只用这些规则：代码或开头，逗号分隔，如 TO,XF3", "only these rules: codes or prefixes, as TO,XF3"),
        words(
            "不用这些规则；与 --select 冲突时，写得更具体的为准", "not these rules; the more specific of the two wins"
        ),
    )
    group.add_argument(
        "--profile",
        choices=("half_up", "truncate", "balanced"),
        default="half_up",
        help=words(
            "尾差口径：half_up 四舍五入（默认），truncate 截尾，balanced 舍位平衡",
            "rounding: half_up (default), truncate, balanced",
        ),
    )
    group.add_argument(
        "--dictionary",
        metavar=words("文件", "FILE"),
        help=words("替换内置科目字典的 CSV（编码,名称）", "CSV (code,name) instead of the built-in classification"),
    )
    group.add_argument(
        "--show-rounding",
        action="store_true",
        help=words("列出容差以内的尾差", "also show differences within the tolerance"),
    )
    group.add_argument(
        "--joint",
        action="store_true",
        help=words(
            "联合校验：各处关系单独看都在尾差以内时，再看合起来能否同时成立（更严，较慢）",
            "hold all relations together even where each holds by itself: stricter, and slower",
        ),
    )
    group.add_argument(
        "--time-limit",
        type=seconds,
        default=2.0,
        metavar=words("秒", "SECONDS"),
        help=words(
            "每个工作簿查找错误原因的工作量上限，以普通电脑的秒数计，默认 2；到了上限未能定位的，列出各处差额",
            "the most work for finding out what is wrong in one workbook, in seconds of a usual computer, default 2; then plain differences are told",
        ),
    )


def add_codes(group: argparse._ArgumentGroup, words: Words, select: str, ignore: str) -> None:
    """``--select`` and ``--ignore``, each with its own text."""
    codes = words("代码", "CODES")
    for option, text in (("--select", select), ("--ignore", ignore)):
        group.add_argument(option, action="append", default=[], type=code_list, metavar=codes, help=text)


def add_output(parser: Parser, words: Words) -> None:
    """The report and the exit code."""
    group = parser.add_argument_group(words("报告和退出码", "report and exit code"))
    group.add_argument(
        "--output-format",
        choices=("text", "json"),
        default="text",
        help=words("报告格式，默认 text", "format, default text"),
    )
    group.add_argument(
        "--output-file",
        metavar=words("文件", "FILE"),
        help=words("报告写入文件（UTF-8）", "write the report into a file (UTF-8)"),
    )
    group.add_argument(
        "--fail-on",
        choices=tuple(SEVERITIES),
        default="error",
        metavar=words("级别", "SEVERITY"),
        help=words(
            "达到此级别即以 1 退出：错误（默认）、警告、提示，或 error、warning、info",
            "exit with 1 from here on: error (default), warning, info",
        ),
    )
    group.add_argument(
        "--exit-zero",
        action="store_true",
        help=words("有问题也以 0 退出（2 不变）", "exit with 0 despite findings (2 stays 2)"),
    )


def add_rewriting(parser: Parser, words: Words) -> None:
    """Marks and corrections, and where they are written."""
    group = parser.add_argument_group(words("标记和修正", "marks and corrections"))
    group.add_argument(
        "--mark",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=words(
            "在副本中标出单元格、写批注、附结果清单；修正时默认标记，--no-mark 不标",
            "mark cells, add notes and the list of results in a copy; the default when fixing",
        ),
    )
    group.add_argument(
        "--unsafe-fixes", action="store_true", help=words("也作需要确认的修正", "make unproven corrections too")
    )
    group.add_argument(
        "--diff",
        action="store_true",
        help=words("只显示将作的修正（前后对照），不写文件", "show what would be corrected, write nothing"),
    )
    where = group.add_mutually_exclusive_group()
    where.add_argument(
        "--in-place",
        action="store_true",
        help=words(
            "直接改原文件，另留备份 <名称>.备份-<时间>.xlsx",
            "change the file itself and keep a backup, <name>.备份-<time>.xlsx",
        ),
    )
    where.add_argument(
        "--output-dir",
        metavar=words("文件夹", "FOLDER"),
        help=words("副本写到此文件夹", "write the copies into this folder"),
    )


def code_list(text: str) -> list[str]:
    """Codes separated by commas (Chinese ones too), in capitals."""
    return [code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip()]


def positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def seconds(text: str) -> float:
    """A time above zero and up to ten minutes."""
    number = float(text)
    if not 0 < number <= 600:
        raise ValueError(text)
    return number
