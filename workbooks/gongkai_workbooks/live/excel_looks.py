"""Fill and border of cells in Excel: read exactly, marked by several areas at once, put back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.grid import Span

from .addresses import addresses
from .excel_values import optional
from .looks import GRADIENT, SIDES, Look, look_fields

if TYPE_CHECKING:
    import xlwings

_NONE, _SOLID, _AUTOMATIC = -4142, 1, -4105
_GRADIENTS = (4000, 4001)
_EDGES = {"left": 7, "top": 8, "bottom": 9, "right": 10}
_LINES = {"medium": (1, -4138), "dashed": (-4115, 2), "dotted": (-4118, 2)}
"""Line style and weight."""
_COLOUR = ("Color", "ColorIndex", "ThemeColor", "TintAndShade")
_FILL = (*_COLOUR, *(f"Pattern{name}" for name in _COLOUR))
_LINE = ("Weight", *_COLOUR)


def looks_of(sheet: xlwings.Sheet, spans: Sequence[Span]) -> dict[Span, Look]:
    """The looks of cells and merged ranges, one by one: what Excel answers for several at once is not exact."""
    return {span: _look(sheet, span) for span in spans}


def _look(sheet: xlwings.Sheet, span: Span) -> Look:
    # A merged range is filled as its first cell is; the others may have kept fills that nobody sees.
    interior = sheet.range((span.top, span.left)).api.Interior
    pattern = int(interior.Pattern)
    exact: dict[str, object] = {"Pattern": pattern}
    fill = ""
    if pattern in _GRADIENTS:
        fill = GRADIENT
    elif pattern != _NONE:
        exact |= {name: optional(interior, name) for name in _FILL}
        fill = _hex(interior.Color) if pattern == _SOLID else f"pattern{pattern} {_hex(interior.Color)}"
    words = []
    for side in SIDES:
        # Along a merged range the line may change from cell to cell, and Excel answers for the range with any one of them.
        lines = [_line(sheet.range(place).api.Borders(_EDGES[side])) for place in _along(span, side)]
        same = all(line == lines[0] for line in lines)
        exact[side] = lines[0] if same else lines
        words.append(_word(lines[0]) if same else "mixed")
    left, right, top, bottom = words
    return Look(fill, (left, right, top, bottom), json.dumps(exact))


def _line(line: Any) -> dict[str, Any]:
    """A line in full; empty where none is drawn."""
    style = line.LineStyle
    if style is None or style == _NONE:
        return {}
    return {"LineStyle": style, **{name: optional(line, name) for name in _LINE}}


def _first_cells(spans: Sequence[Span]) -> list[Span]:
    return [Span(span.top, span.left, span.top, span.left) for span in spans]


def _word(line: Mapping[str, Any]) -> str:
    return f"{line['LineStyle']}/{line['Weight']} {_hex(line['Color'])}" if line else ""


def _along(span: Span, side: str) -> list[tuple[int, int]]:
    """The cells on one side of a range."""
    top, left, bottom, right = span
    if side in ("top", "bottom"):
        row = top if side == "top" else bottom
        return [(row, column) for column in range(left, right + 1)]
    column = left if side == "left" else right
    return [(row, column) for row in range(top, bottom + 1)]


def mark_cells(sheet: xlwings.Sheet, spans: Sequence[Span], fill: str, side: str, colour: str) -> None:
    """Fill and frame cells; an address takes as many of them as its length allows."""
    style, weight = _LINES[side]
    line = {"LineStyle": style, "Weight": weight, "Color": colour_number(colour)}
    for address in addresses(_first_cells(spans) if fill else ()):
        interior = sheet.range(address).api.Interior
        # Over a hatched pattern the colour alone would change what lies behind the hatching.
        interior.Pattern = _SOLID
        interior.Color = colour_number(fill)
        # A shade of the colour before would stay.
        interior.TintAndShade = 0
    for address in addresses(spans):
        cells = sheet.range(address).api
        for edge in _EDGES.values():
            border = cells.Borders(edge)
            # The colour says whose line it is, also when the program ends before the rest is set; setting the style may take it away again.
            border.Color = line["Color"]
            _set(border, line)


def put_fill(sheet: xlwings.Sheet, spans: Sequence[Span], look: Look) -> None:
    """The fill of ``look`` for cells."""
    exact = look_fields(look)
    for address in addresses(_first_cells(spans)):
        interior = sheet.range(address).api.Interior
        interior.Pattern = exact["Pattern"]
        if exact["Pattern"] != _NONE:
            _put_colour(interior, exact, "")
            if exact["Pattern"] != _SOLID:
                _put_colour(interior, exact, "Pattern")


def put_sides(sheet: xlwings.Sheet, spans: Sequence[Span], look: Look, sides: Sequence[str]) -> None:
    """Those sides of the border of ``look`` for cells."""
    exact = look_fields(look)
    for side in sides:
        edge, fields = _EDGES[side], exact[side]
        if isinstance(fields, list):
            for span in spans:
                for place, line in zip(_along(span, side), fields, strict=True):
                    _put_line(sheet.range(place).api.Borders(edge), line)
            continue
        for address in addresses(spans):
            _put_line(sheet.range(address).api.Borders(edge), fields)


def _put_line(line: Any, fields: Mapping[str, Any]) -> None:
    if not fields:
        line.LineStyle = _NONE
        return
    _set(line, {name: fields[name] for name in ("LineStyle", "Weight") if fields[name] is not None})
    _put_colour(line, fields, "")


def _put_colour(thing: Any, exact: Mapping[str, Any], prefix: str) -> None:
    """A colour of the theme stays one, and so does the automatic one; else the colour itself."""
    if exact.get(f"{prefix}ColorIndex") == _AUTOMATIC:
        setattr(thing, f"{prefix}ColorIndex", _AUTOMATIC)
        return
    theme = exact.get(f"{prefix}ThemeColor")
    if isinstance(theme, int) and theme > 0:
        setattr(thing, f"{prefix}ThemeColor", theme)
        setattr(thing, f"{prefix}TintAndShade", exact.get(f"{prefix}TintAndShade") or 0)
    elif exact.get(f"{prefix}Color") is not None:
        setattr(thing, f"{prefix}Color", exact[f"{prefix}Color"])


def _set(thing: Any, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)


def _hex(colour: float) -> str:
    """Excel counts colours as blue, green, red."""
    number = int(colour)
    return f"{number & 255:02X}{number >> 8 & 255:02X}{number >> 16 & 255:02X}"


def colour_number(colour: str) -> int:
    """``FFC7CE`` as Excel counts colours."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return red | green << 8 | blue << 16
