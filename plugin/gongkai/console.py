"""Output that never fails: signs the console cannot print have a substitute, and no text of a workbook can steer the terminal."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Mapping
from typing import Literal, TextIO

from gongkai_checks.finding import Severity

ColorChoice = Literal["auto", "always", "never"]
Style = Literal["plain", "error", "warning", "info", "muted", "strong", "removed", "added"]
Part = str | tuple[str, Style]

_RICH_STYLES: Mapping[Style, str] = {
    "plain": "",
    "error": "bold red",
    "warning": "yellow",
    "info": "cyan",
    "muted": "dim",
    "strong": "bold",
    "removed": "red",
    "added": "green",
}
_ASCII_SIGNS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.INFO: "I"}
_SUBSTITUTES = str.maketrans({"✖": "E", "→": "->", "−": "-", "·": ".", "〔": "[", "〕": "]", "…": "..."})
_ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)?|[@-Z\\-_])")
_SUSPICIOUS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def clean(text: str) -> str:
    """Text of a workbook or a path for a person to read: on one line, without control characters, escape sequences, marks of direction.

    Whatever stands in a cell can then neither steer a terminal nor show its letters in another order.
    """
    if _SUSPICIOUS.search(text) is None:
        return text
    text = _ESCAPE_SEQUENCE.sub("", text)
    return _SUSPICIOUS.sub(lambda match: _replacement(match[0]), text)


def _replacement(character: str) -> str:
    if character in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) == "Cs" else ""


class Console:
    """Where a run speaks: results on ``out``, everything else on ``err``. Colour only where it is wanted and possible."""

    def __init__(self, color: ColorChoice = "auto", *, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.out = sys.stdout if out is None else out
        self.err = sys.stderr if err is None else err
        self._color = {id(stream): _wants_color(stream, color) for stream in (self.out, self.err)}
        self._painters: dict[int, object] = {}
        self._status = 0

    def sign(self, severity: Severity) -> str:
        """✖ ▲ ●, or E W I for all three where the encoding lacks one of them."""
        return severity.sign if _can_print("✖▲●", self.out) else _ASCII_SIGNS[severity]

    def print(self, *parts: Part) -> None:
        """One line of the result."""
        self._line(self.out, parts)

    def say(self, *parts: Part) -> None:
        """One line beside the result, on stderr."""
        self._line(self.err, parts)

    def write_utf8(self, text: str) -> None:
        """Write a report for machines to stdout, in UTF-8 whatever the console's code page is."""
        self.clear_status()
        self.out.flush()
        buffer = getattr(self.out, "buffer", None)
        if buffer is None:
            self.out.write(text)
        else:
            buffer.write(text.encode("utf-8", "replace"))
            buffer.flush()

    def show_status(self, text: str) -> None:
        """Show a line of progress on stderr that the next line of output replaces."""
        width = len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)
        self.err.write("\r" + _printable(text, self.err) + " " * max(0, self._status - width))
        self.err.flush()
        self._status = width

    def clear_status(self) -> None:
        """Remove the line of progress."""
        if self._status:
            self.err.write("\r" + " " * self._status + "\r")
            self.err.flush()
            self._status = 0

    def _line(self, stream: TextIO, parts: tuple[Part, ...]) -> None:
        self.clear_status()
        styled = [part if isinstance(part, tuple) else (part, "plain") for part in parts]
        if self._color[id(stream)]:
            self._paint(stream, [(_printable(text, stream), _RICH_STYLES[style]) for text, style in styled])
        else:
            stream.write(_printable("".join(text for text, _ in styled), stream) + "\n")

    def _paint(self, stream: TextIO, styled: list[tuple[str, str]]) -> None:
        from rich.console import Console as Painter
        from rich.text import Text

        painter = self._painters.get(id(stream))
        if not isinstance(painter, Painter):
            painter = Painter(
                file=stream,
                force_terminal=True,
                highlight=False,
                markup=False,
                emoji=False,
                soft_wrap=True,
                no_color=False,
            )
            self._painters[id(stream)] = painter
        painter.print(Text.assemble(*styled))


def _wants_color(stream: TextIO, color: ColorChoice) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def is_terminal(stream: TextIO) -> bool:
    """Whether a person reads or writes here; False for a closed stream too."""
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:
        return False


def _can_print(text: str, stream: TextIO) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _printable(text: str, stream: TextIO) -> str:
    if _can_print(text, stream):
        return text
    encoding = stream.encoding or "utf-8"
    return (
        "".join(character if _can_print(character, stream) else character.translate(_SUBSTITUTES) for character in text)
        .encode(encoding, "replace")
        .decode(encoding)
    )
