"""``gongkai doctor``: what is installed and whether it works, in one paste for whoever helps."""

from __future__ import annotations

import importlib.metadata
import locale
import platform
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator

from gongkai import __version__
from gongkai.console import Console, clean
from gongkai.language import Words

PACKAGES = (
    "python-calamine",
    "lxml",
    "openpyxl",
    "pandera",
    "polars",
    "pluggy",
    "highspy",
    "msoffcrypto-tool",
    "olefile",
    "rich",
)
LIVE_PACKAGES = ("xlwings", *(("pywin32",) if sys.platform == "win32" else ()))
"""What reaches workbooks that are open."""
PROGRAMS = (("Microsoft Excel", "Excel.Application"), ("WPS 表格", "Ket.Application"))


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Print the state of the installation; 2 when gongkai would not work as it is."""
    healthy = True
    for heading, text, good in state_lines(words):
        healthy &= good
        console.print(
            (words("正常  ", "ok    "), "added") if good else (words("异常  ", "FAULT "), "error"),
            f"{heading}  {clean(text)}",
        )
    console.print(
        words("安装正常。", "All is well.") if healthy else words("安装不完整，见“异常”各行。", "See the faults above.")
    )
    return 0 if healthy else 2


Line = tuple[str, str, bool]
"""What is told of, what it is, and whether that is as it should be."""


def state_lines(words: Words) -> Iterator[Line]:
    """All that whoever helps needs to know, line by line."""
    for part in (_system, _packages, _forms, _programs, _rules, _desk):
        yield from part(words)


def _system(words: Words) -> Iterator[Line]:
    yield "gongkai", __version__, True
    yield "Python", f"{platform.python_version()} {sys.executable}", sys.version_info >= (3, 11)
    yield words("系统", "system"), platform.platform(), True
    encoding = f"{sys.stdout.encoding} / {locale.getpreferredencoding(False)}"
    yield words("编码", "encoding"), encoding, True


def _packages(words: Words) -> Iterator[Line]:
    for package in PACKAGES:
        try:
            yield package, importlib.metadata.version(package), True
        except importlib.metadata.PackageNotFoundError:
            yield package, words("未安装，请重新安装 gongkai", "not installed; install gongkai again"), False
    for package in LIVE_PACKAGES:
        try:
            yield package, importlib.metadata.version(package), True
        except importlib.metadata.PackageNotFoundError:
            needed = sys.platform == "win32"
            yield package, words("未安装，不能校验打开着的工作簿", "not installed; no open workbooks"), not needed


def _forms(words: Words) -> Iterator[Line]:
    from gongkai_workbooks.forms import form_names, load_form

    heading = words("样表", "forms")
    try:
        names = form_names()
        for name in names:
            load_form(name)
    except Exception as error:  # whatever it is, it is what the doctor is asked about
        yield heading, f"{type(error).__name__}: {error}", False
        return
    yield heading, "、".join(names), bool(names)


def _programs(words: Words) -> Iterator[Line]:
    absent = words("未找到（校验已保存的文件不需要它）", "not found (not needed for saved files)")
    if sys.platform == "win32":
        for name, identifier in PROGRAMS:
            server = _server(identifier)
            yield name, absent if server is None else words(f"已安装 {server}", f"installed {server}").strip(), True
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield "LibreOffice", office or absent, True


def _server(identifier: str) -> str | None:
    """The program that starts under a registered name, which may be another one than the name says: WPS registers as Excel too. None: not registered."""
    if sys.platform != "win32":
        return None
    import winreg

    def told(key: str) -> str:
        with winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, key) as opened:
            return str(winreg.QueryValueEx(opened, "")[0])

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, identifier))
    except OSError:
        return None
    try:
        number = told(rf"{identifier}\CLSID")
        return told(rf"CLSID\{number}\LocalServer32")
    except OSError:
        return ""


def _rules(words: Words) -> Iterator[Line]:
    from gongkai_checks.registry import load_registry
    from gongkai_workbooks.layouts import load_layout

    try:
        registry = load_registry()
        load_layout(registry.layouts)
    except Exception as error:  # whatever it is, it is what the doctor is asked about
        yield words("规则", "rules"), f"{type(error).__name__}: {error}", False
        return
    yield words("规则", "rules"), words(f"{len(registry.rules)} 条", str(len(registry.rules))), bool(registry.rules)
    for entry in sorted(importlib.metadata.entry_points(group="gongkai"), key=lambda entry: entry.name):
        package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
        yield words("插件", "plugin"), f"{entry.name} ({package})", True
    for problem in registry.problems:
        yield words("插件", "plugin"), problem, False


def _desk(words: Words) -> Iterator[Line]:
    """What stands behind the buttons."""
    from gongkai.helper.condition import condition

    yield from condition(words)
