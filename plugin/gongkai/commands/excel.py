"""``gongkai excel``: the add-in of Excel, installed, removed and looked at, for people who have Python."""

from __future__ import annotations

import shutil
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gongkai.console import Console
from gongkai.excel_setup import ExcelSetup, SetupError, user_setup
from gongkai.language import Words
from gongkai.paths import shown_path
from gongkai.usage import UsageError
from gongkai_workbooks.user_folders import config_home, data_home

LARGEST = 16 * 1024 * 1024


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Install, uninstall or say what is there; ``status`` is 1 when the add-in is not installed. Raises ``UsageError``."""
    setup = user_setup()
    if setup is None:
        raise UsageError(
            words(
                "Excel 加载项只用于 Windows；在其他系统上请用 LibreOffice 扩展或命令行。",
                "The add-in is for Excel on Windows; elsewhere use the LibreOffice extension or the command line.",
            )
        )
    try:
        return {"install": _install, "uninstall": _uninstall, "status": _status}[arguments.what](
            setup, arguments, console, words
        )
    except SetupError as error:
        raise UsageError(str(error)) from error


def _install(setup: ExcelSetup, arguments: Namespace, console: Console, words: Words) -> int:
    setup.install(_add_in(arguments, words))
    if not arguments.quiet:
        console.print(
            words(
                f"已安装到 {setup.path}。重新打开 Excel，即有“决算公开校验”选项卡；登录时自动启动常驻程序。",
                f"Installed as {setup.path}. Open Excel anew; the helper starts at log-on.",
            )
        )
    for line in _missing(words):
        console.say((line, "warning"))
    return 0


def _uninstall(setup: ExcelSetup, arguments: Namespace, console: Console, words: Words) -> int:
    from gongkai.helper.client import HelperError, stop

    there = setup.uninstall()
    try:
        stop()
    except HelperError as error:
        console.say((str(error), "warning"))
    else:
        _forget(arguments.keep_settings, console, words)
    if not arguments.quiet:
        console.print(
            words(
                "已卸载加载项，登录时不再启动常驻程序，设置、日志和报告已删除。",
                "The add-in is removed, no helper starts at log-on; settings, log and reports are gone.",
            )
            if there
            else words("加载项没有安装。", "The add-in is not installed.")
        )
    return 0


def _forget(keep_settings: bool, console: Console, words: Words) -> None:
    """Remove what the buttons left in the user's folders: log, reports, records, and the settings unless they are to stay."""
    for folder in (data_home(), *(() if keep_settings else (config_home(),))):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            console.say(
                (words(f"未能删除 {folder}（{error.strerror}）。", f"{folder} stays: {error.strerror}."), "warning")
            )


def _status(setup: ExcelSetup, arguments: Namespace, console: Console, words: Words) -> int:
    state = setup.state(_add_in(arguments, words))
    if state.add_in is None:
        console.print(words("加载项：未安装", "add-in: not installed"))
    elif state.current:
        console.print(words(f"加载项：{state.add_in}", f"add-in: {state.add_in}"))
    else:
        console.print(
            words(
                f"加载项：{state.add_in}（与本版本不同，请重新运行 gongkai excel install）",
                f"add-in: {state.add_in} (of another version; run gongkai excel install)",
            )
        )
    console.print(
        words("登录时启动常驻程序：", "helper at log-on: ")
        + (words("是", "yes") if state.at_log_on else words("否", "no"))
    )
    console.print(words("启动方法：", "started by: ") + (state.start or words("未写明", "not written down")))
    for line in _missing(words):
        console.say((line, "warning"))
    return 0 if state.add_in is not None else 1


def _add_in(arguments: Namespace, words: Words) -> bytes:
    """The add-in: the file that is named, else the one that the installed sources make."""
    if arguments.add_in is None:
        from gongkai_addins import build_add_in

        return build_add_in()
    path = Path(arguments.add_in)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(
            words(
                f"无法读取 {shown_path(path)}（{error.strerror}）。",
                f"Cannot read {shown_path(path)}: {error.strerror}.",
            )
        ) from error
    if not content.startswith(b"PK") or len(content) > LARGEST:
        raise UsageError(
            words(
                f"{shown_path(path)} 不是 Excel 加载项（.xlam）。", f"{shown_path(path)} is no add-in of Excel (.xlam)."
            )
        )
    return content


def _missing(words: Words) -> list[str]:
    try:
        version("xlwings")
    except PackageNotFoundError:
        return [
            words(
                "没有安装 xlwings，按钮无法连接打开的工作簿：请运行 pip install xlwings。",
                "xlwings is not installed, and the buttons cannot reach open workbooks: pip install xlwings.",
            )
        ]
    return []
