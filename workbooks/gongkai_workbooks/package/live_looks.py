"""Fill and border as an open program told them, written as a file writes them: Excel's numbers and LibreOffice's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import Span

from .xml_tree import TRANSITIONAL

_SIDES = ("left", "right", "top", "bottom")

_EXCEL_NONE, _EXCEL_SOLID, _EXCEL_AUTOMATIC = -4142, 1, -4105
_EXCEL_PATTERNS: Mapping[int, str] = {
    -4124: "darkGray",
    -4125: "mediumGray",
    -4126: "lightGray",
    17: "gray125",
    18: "gray0625",
    -4128: "darkHorizontal",
    -4166: "darkVertical",
    -4121: "darkDown",
    -4162: "darkUp",
    9: "darkGrid",
    10: "darkTrellis",
    11: "lightHorizontal",
    12: "lightVertical",
    13: "lightDown",
    14: "lightUp",
    15: "lightGrid",
    16: "lightTrellis",
}
"""XlPattern and what files call it."""

_THIN, _MEDIUM = 2, -4138
_EXCEL_LINES: Mapping[tuple[int, int], str] = {
    (1, 1): "hair",
    (1, _THIN): "thin",
    (1, _MEDIUM): "medium",
    (1, 4): "thick",
    (-4115, _THIN): "dashed",
    (-4115, _MEDIUM): "mediumDashed",
    (4, _THIN): "dashDot",
    (4, _MEDIUM): "mediumDashDot",
    (5, _THIN): "dashDotDot",
    (5, _MEDIUM): "mediumDashDotDot",
}
"""XlLineStyle and XlBorderWeight; a dotted, a double and a slanted line are the same at every weight."""
_EXCEL_STYLES: Mapping[int, str] = {-4118: "dotted", -4119: "double", 13: "slantDashDot", -4115: "dashed"}

_OFFICE_STYLES: Mapping[int, str] = {1: "dotted", 2: "dashed", 14: "dashed", 16: "dashDot", 17: "dashDotDot"}
_OFFICE_SOLID = 0
_OFFICE_WIDTHS = ((10, "hair"), (44, "thin"), (75, "medium"))
"""Hundredths of a millimetre below which a line of LibreOffice is the hair line, the thin or the medium one of a file."""


def fill_before(exact: Mapping[str, Any], shown: str) -> str:
    """The fill as XML. ``exact`` is what the program told, ``shown`` the colour that was seen (``""``: none)."""
    if "Pattern" not in exact:
        colour = int(exact["fill"])
        return _fill(
            "none" if colour < 0 else "solid", "" if colour < 0 else _rgb("fgColor", f"{colour & 0xFFFFFF:06X}")
        )
    pattern = int(exact["Pattern"])
    if pattern == _EXCEL_NONE:
        return _fill("none", "")
    back, fore = _excel_colour(exact, "", "bgColor"), _excel_colour(exact, "Pattern", "fgColor")
    if pattern == _EXCEL_SOLID:
        return _fill("solid", _excel_colour(exact, "", "fgColor") or _rgb("fgColor", shown))
    return _fill(_EXCEL_PATTERNS.get(pattern, "solid"), fore + back)


def border_before(exact: Mapping[str, Any], span: Span, cell: CellRef) -> str:
    """The border of one cell of the range ``span`` as XML: along the edges of the range what the program told, inside nothing."""
    edges = {
        "left": (cell.column == span.left, cell.row - span.top),
        "right": (cell.column == span.right, cell.row - span.top),
        "top": (cell.row == span.top, cell.column - span.left),
        "bottom": (cell.row == span.bottom, cell.column - span.left),
    }
    drawn = "".join(_side(side, exact[side], place) if at else f"<{side}/>" for side, (at, place) in edges.items())
    return f'<border xmlns="{TRANSITIONAL.main}">{drawn}<diagonal/></border>'


def _side(side: str, told: Any, place: int) -> str:
    if isinstance(told, Mapping):
        return _excel_side(side, told)
    if told and isinstance(told[0], Mapping):
        return _excel_side(side, told[place])
    return _office_side(side, told)


def _excel_side(side: str, line: Mapping[str, Any]) -> str:
    if not line:
        return f"<{side}/>"
    kind, weight = int(line["LineStyle"]), int(line.get("Weight") or _THIN)
    style = _EXCEL_LINES.get((kind, weight)) or _EXCEL_STYLES.get(kind, "thin")
    colour = _excel_colour(line, "", "color") or '<color auto="1"/>'
    return f'<{side} style="{style}">{colour}</{side}>'


def _office_side(side: str, line: Sequence[int]) -> str:
    colour, _, outer, _, kind, width = (int(number) for number in line)
    drawn = width or outer
    if not drawn:
        return f"<{side}/>"
    solid = next((name for below, name in _OFFICE_WIDTHS if drawn < below), "thick")
    style = solid if kind == _OFFICE_SOLID else _OFFICE_STYLES.get(kind, "double")
    return f'<{side} style="{style}">{_rgb("color", f"{colour & 0xFFFFFF:06X}")}</{side}>'


def _excel_colour(told: Mapping[str, Any], prefix: str, name: str) -> str:
    """A colour of the theme stays one, and so does the automatic one. Excel counts its colours from 1 and the file from 0, and blue, green, red."""
    if told.get(f"{prefix}ColorIndex") == _EXCEL_AUTOMATIC:
        return f'<{name} auto="1"/>'
    theme, tint = told.get(f"{prefix}ThemeColor"), told.get(f"{prefix}TintAndShade") or 0
    if isinstance(theme, int | float) and theme > 0:
        return f'<{name} theme="{int(theme) - 1}"' + (f' tint="{float(tint)!r}"' if tint else "") + "/>"
    colour = told.get(f"{prefix}Color")
    if colour is None:
        return ""
    number = int(colour)
    return _rgb(name, f"{number & 255:02X}{number >> 8 & 255:02X}{number >> 16 & 255:02X}")


def _rgb(name: str, colour: str) -> str:
    return f'<{name} rgb="FF{colour}"/>' if colour else ""


def _fill(pattern: str, colours: str) -> str:
    return f'<fill xmlns="{TRANSITIONAL.main}"><patternFill patternType="{pattern}">{colours}</patternFill></fill>'
