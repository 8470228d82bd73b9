"""Help pages and errors of the command line in Chinese or English, wrapped by the width of the letters."""

from __future__ import annotations

import argparse
import re
import shutil
import unicodedata
from collections.abc import Sequence
from typing import NoReturn

from .language import Words

_PATTERNS = (
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"\1 不能是“\2”，可以是：\3"),
    (r"argument (.+?): expected one argument", r"\1 后面要有一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.+?): ignored explicit argument '?(.*?)'?", r"\1 后面不能有值“\2”"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同用"),
    (r"argument (.+?): invalid \S+ value: '?(.*?)'?", r"\1 的值“\2”不合要求"),
    (r"argument (.+?): (.*)", r"\1：\2"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 可以是 \2，请写全"),
    (r"one of the arguments (.*) is required", r"须给出其中之一：\1"),
)
_NEVER_FIRST = frozenset("，。、；：）”")


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Wraps texts that may be Chinese: every letter of twice the width counts as two, and a line may end between any two of them."""

    def __init__(self, prog: str) -> None:
        width = min(100, max(60, shutil.get_terminal_size().columns - 2))
        super().__init__(prog, max_help_position=30, width=width)

    def _format_action(self, action: argparse.Action) -> str:
        text = super()._format_action(action)
        shown = self._format_action_invocation(action)
        surplus = _width(shown) - len(shown)  # argparse pads by the number of letters
        return text.replace(shown + " " * (surplus + 2), shown + "  ", 1)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for part in text.splitlines() for line in (wrap(part, width) or [""]))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells; words of Latin letters, codes and options stay whole."""
    lines: list[str] = []
    line, used = "", 0
    for piece in re.findall(r"[!-~]+| +|.", text):
        cells = _width(piece)
        if used + cells > width and line and piece not in _NEVER_FIRST:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
            cells = _width(piece)
        line, used = line + piece, used + cells
    return [*lines, line] if line else lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the language of the run. Errors end the program with code 2, as argparse does.

    With ``options_only`` it holds the options that others take over as their parent.
    """

    words = Words()

    def __init__(
        self,
        prog: str | None = None,
        *,
        description: str | None = None,
        epilog: str | None = None,
        parents: Sequence[Parser] = (),
        options_only: bool = False,
        **_: object,
    ) -> None:
        super().__init__(
            prog,
            description=description,
            epilog=epilog,
            parents=[*parents],
            formatter_class=HelpFormatter,
            add_help=False,
            allow_abbrev=False,
            # What a parent sets only where it is given means the same before the command and after it.
            argument_default=argparse.SUPPRESS if options_only else None,
        )
        words = self.words
        self._positionals.title = words("参数", "arguments")
        self._optionals.title = words("选项", "options")
        if not options_only:
            self.add_argument("-h", "--help", action="help", help=words("显示帮助", "show this help"))

    def format_usage(self) -> str:
        """The usage line."""
        return self._translated(super().format_usage())

    def format_help(self) -> str:
        """The help page."""
        return self._translated(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, and leave with 2."""
        words = self.words
        if words.language == "zh":
            for pattern, chinese in _PATTERNS:
                match = re.fullmatch(pattern, message)
                if match:
                    message = match.expand(chinese).replace("'", "")
                    break
        hint = words(f"用 {self.prog} --help 查看用法。", f"See {self.prog} --help.")
        self.exit(2, words(f"参数有误：{message}。{hint}\n", f"{self.prog}: {message}. {hint}\n"))

    def _translated(self, text: str) -> str:
        return re.sub("^usage: ", self.words("用法：", "usage: "), text)
