"""The formula of a cell as a file spells it, from what a program showed of it; nothing where the two might differ.

Excel and WPS show a formula almost as a file holds it, but for functions younger than 2007, which have a prefix in the file, and for formulas that
give more values than one, of which the file says so. LibreOffice parts arguments by ``;``, and sheet and cell by ``.``. So only that is taken which is
spelt and calculated alike everywhere: figures, texts, cells of sheets that are there, sums, and functions of old; and a range of cells only where
a function takes one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from .sheet_name import quoted

LONGEST = 8_192
"""Characters that Excel takes."""

_EVERY = frozenset(range(256))
_RANGES: Mapping[str, frozenset[int]] = {
    **dict.fromkeys(["SUM", "AVERAGE", "MIN", "MAX", "COUNT", "COUNTA", "PRODUCT", "MEDIAN", "AND", "OR"], _EVERY),
    **dict.fromkeys(["COUNTIF", "COUNTBLANK", "LARGE", "SMALL"], frozenset((0,))),
    **dict.fromkeys(["VLOOKUP", "HLOOKUP", "MATCH", "RANK"], frozenset((1,))),
    "SUMIF": frozenset((0, 2)),
    "SUBTOTAL": _EVERY - {0},
}
"""The functions that take a range of cells, and as which of their arguments."""
_SINGLE = frozenset(
    [
        "ABS",
        "CONCATENATE",
        "DATE",
        "DAY",
        "FALSE",
        "FIXED",
        "IF",
        "IFERROR",
        "INT",
        "ISBLANK",
        "ISERROR",
        "ISNUMBER",
        "ISTEXT",
        "LEFT",
        "LEN",
        "MID",
        "MOD",
        "MONTH",
        "N",
        "NOT",
        "POWER",
        "RIGHT",
        "ROUND",
        "ROUNDDOWN",
        "ROUNDUP",
        "SIGN",
        "SQRT",
        "SUBSTITUTE",
        "TEXT",
        "TRIM",
        "TRUE",
        "TRUNC",
        "VALUE",
        "YEAR",
    ]
)
"""The functions that take nothing but single values."""

_COLUMN = r"\$?[A-Z]{1,3}"
_CELL = rf"{_COLUMN}\$?[1-9][0-9]{{0,6}}"
_PIECE = re.compile(
    r'(?P<space>\ +)|(?P<constant>"(?:[^"]|"")*"|(?:TRUE|FALSE)(?![\w.(!:])|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]+)?(?![\w.:!]))'
    rf"|(?:\$?(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*?)(?P<mark>[!.]))?(?P<cells>{_CELL}(?P<range>:{_CELL})?|(?P<columns>{_COLUMN}:{_COLUMN}))(?![\w.(!:])"
    r"|(?P<function>[A-Z][A-Z0-9]*)\(|(?P<sign>[-+])|(?P<operator><=|>=|<>|[*/^&=<>])|(?P<percent>%)|(?P<open>\()|(?P<close>\))|(?P<next>[,;])"
)


class NotExactError(Exception):
    """How a file spells the formula is not certain; ``str()`` is the piece of it that is why."""


def spelt_in_file(formula: str, sheets: Collection[str]) -> str:
    """What a file writes, without ``=``, for the formula that a program shows; ``sheets`` are those of the workbook. Raises ``NotExactError``."""
    text = formula[1:].strip(" ")
    if not formula.startswith("=") or not 0 < len(text) <= LONGEST:
        raise NotExactError(formula[:50])
    return _Reading({name.casefold(): name for name in sheets}).of(text)


class _Reading:
    """Goes through one formula, piece by piece."""

    def __init__(self, sheets: Mapping[str, str]) -> None:
        self._sheets = sheets
        self._said: list[str] = []
        self._marks: set[str] = set()
        # The functions and brackets that are open, with the number of the argument.
        self._open: list[tuple[str, int]] = []
        # Whether a value has just been read: then an operator must follow, or an end.
        self._value = False
        # A range must be an argument by itself.
        self._alone = False
        self._fresh = True

    def of(self, text: str) -> str:
        at = 0
        while at < len(text):
            piece = _PIECE.match(text, at)
            if piece is None or not self._takes(piece):
                raise NotExactError(text[at : at + 20])
            at = piece.end()
        excel, libreoffice = bool(self._marks & {",", "!"}), bool(self._marks & {";", "."})
        if self._open or not self._value or (excel and libreoffice):
            raise NotExactError(text[-20:])
        return "".join(self._said)

    def _takes(self, piece: re.Match[str]) -> bool:
        """Whether the next piece of the formula is understood, and stands where it may; what a file writes for it is kept."""
        kind = piece.lastgroup
        if kind == "space":
            self._said.append(piece[0])
            return True
        if kind in ("constant", "cells"):
            return not self._value and self._takes_value(piece)
        if kind in ("function", "open"):
            if self._value or (kind == "function" and piece["function"] not in _RANGES.keys() | _SINGLE):
                return False
            self._open.append((piece["function"] or "", 0))
            self._fresh = True
        elif kind == "close":
            # TRUE() and FALSE() have nothing inside.
            if not self._open or not (self._value or (self._fresh and self._open[-1][0] in ("TRUE", "FALSE"))):
                return False
            self._open.pop()
            self._value, self._alone, self._fresh = True, False, False
        elif kind == "next":
            if not self._open or not self._open[-1][0] or not self._value:
                return False
            self._marks.add(piece[0])
            name, number = self._open.pop()
            self._open.append((name, number + 1))
            self._value, self._alone, self._fresh = False, False, True
        elif self._alone or (not self._value and kind != "sign"):
            return False
        else:
            self._value, self._fresh = kind == "percent", False
        self._said.append("," if kind == "next" else piece[0])
        return True

    def _takes_value(self, piece: re.Match[str]) -> bool:
        if piece["range"] or piece["columns"]:
            function, number = self._open[-1] if self._open else ("", 0)
            if not self._fresh or number not in _RANGES.get(function, ()):
                return False
            self._alone = True
        self._value, self._fresh = True, False
        if not piece["sheet"]:
            self._said.append(piece[0])
            return True
        self._marks.add(piece["mark"])
        printed = piece["sheet"]
        name = self._sheets.get((printed[1:-1].replace("''", "'") if printed[0] == "'" else printed).casefold())
        if name is None or (piece["mark"] == "!" and piece[0].startswith("$")):
            return False
        self._said.append(piece[0] if piece["mark"] == "!" else f"{quoted(name)}!{piece['cells']}")
        return True
