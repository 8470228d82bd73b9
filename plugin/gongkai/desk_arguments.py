"""The options of ``helper`` and ``excel``: what belongs to the button in Excel, WPS and LibreOffice."""

from __future__ import annotations

import argparse

from .help_text import Parser
from .language import Words

IDLE_MINUTES = 480

Commands = argparse._SubParsersAction  # the type of add_subparsers(), which argparse does not name in public


def add_helper(commands: Commands[Parser], common: Parser, words: Words) -> None:
    """The command of the resident helper."""
    text = words(
        "按钮背后的常驻程序：运行、启动、结束、状态；检查助手窗口",
        "the resident helper behind the buttons; the small window",
    )
    parser = commands.add_parser("helper", parents=[common], help=text, description=text)
    parser.add_argument(
        "what",
        choices=("run", "start", "stop", "status", "window", "page", "click"),
        metavar=words("做什么", "WHAT"),
        help=words(
            "run 在本进程运行，start 在后台启动，stop 结束，status 查看，window 打开检查助手窗口，page 在浏览器里打开；"
            "click 不经常驻程序做一次操作，请求和结果是标准输入、输出或文件中的 JSON",
            "run it in this process, start it in the background, stop it, status; window opens the small window, page opens it in the browser; "
            "click does one action without the helper, request and answer are JSON on standard input and output or in files",
        ),
    )
    parser.add_argument(
        "action",
        nargs="?",
        metavar=words("操作", "ACTION"),
        help=words("click 的操作名，如 check_workbook", "the action of click, as check_workbook"),
    )
    parser.add_argument(
        "--request",
        metavar=words("文件", "FILE"),
        help=words(
            "click 的请求文件，读后删除；须在用户数据文件夹的 clicks 里",
            "the request of click, removed when it is read; in the folder clicks of the user's data",
        ),
    )
    parser.add_argument(
        "--answer",
        metavar=words("文件", "FILE"),
        help=words("click 的结果写入这个文件，位置同上", "the answer of click goes into this file, in the same folder"),
    )
    parser.add_argument(
        "--idle-minutes",
        type=minutes,
        default=IDLE_MINUTES,
        metavar="N",
        help=words("空闲这么多分钟后自行结束，默认 480", "end after so many minutes without work, default 480"),
    )


def add_excel(commands: Commands[Parser], common: Parser, words: Words) -> None:
    """The command that puts the add-in in its place."""
    text = words(
        "Excel 加载项（Windows）：安装、卸载、状态", "the add-in of Excel (Windows): install, uninstall, status"
    )
    parser = commands.add_parser("excel", parents=[common], help=text, description=text)
    parser.add_argument(
        "what",
        choices=("install", "uninstall", "status"),
        metavar=words("做什么", "WHAT"),
        help=words("install 安装，uninstall 卸载，status 查看", "install, uninstall, status"),
    )
    parser.add_argument(
        "--add-in",
        metavar=words("文件", "FILE"),
        help=words(
            "用这个加载项文件，默认由本程序生成", "this file of the add-in; by default it is built from the sources"
        ),
    )
    parser.add_argument(
        "--keep-settings",
        action="store_true",
        help=words(
            "uninstall 时保留设置文件；日志、报告和记录仍删除",
            "with uninstall: the settings stay; log, reports and records still go",
        ),
    )


def minutes(text: str) -> float:
    """A number of minutes, more than none and at most a week."""
    number = float(text)
    if not 0 < number <= 7 * 24 * 60:
        raise ValueError(text)
    return number
