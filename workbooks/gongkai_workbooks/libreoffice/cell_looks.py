"""Fill and border of cells in LibreOffice: read, marked, put back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.grid import Span
from gongkai_workbooks.live.looks import SIDES, Look, look_fields

from .binding import load_uno

if TYPE_CHECKING:
    import xlwings

_FILL = "CellBackColor"
_BORDERS = {"left": "LeftBorder2", "right": "RightBorder2", "top": "TopBorder2", "bottom": "BottomBorder2"}
_NAMES = tuple(sorted([_FILL, *_BORDERS.values()]))
"""LibreOffice wants the names of several properties in alphabetical order."""

_SOLID, _DOTTED, _DASHED = 0, 1, 2
_STYLES = {"medium": (_SOLID, 62), "dashed": (_DASHED, 26), "dotted": (_DOTTED, 26)}
"""Line style and width in hundredths of a millimetre."""

_WORDS = {0: "solid", 1: "dotted", 2: "dashed", 3: "double", 14: "dashed", 16: "dashed", 17: "dashed"}
"""Files know one dashed line where LibreOffice knows three, so these are one style here."""


def looks_of(sheet: xlwings.Sheet, spans: Sequence[Span]) -> dict[Span, Look]:
    """The looks of cells and merged ranges. Those that look alike are asked together; the others are halved until they do."""
    found: dict[Span, Look] = {}
    waiting = [list(spans)] if spans else []
    while waiting:
        group = waiting.pop()
        cells = _cells(sheet, group)
        alike = len(group) == 1 or all(state.value != "AMBIGUOUS_VALUE" for state in cells.getPropertyStates(_NAMES))
        if alike:
            look = _look(cells.getPropertyValues(_NAMES))
            found.update(dict.fromkeys(group, look))
        else:
            middle = len(group) // 2
            waiting += [group[:middle], group[middle:]]
    return found


def mark_cells(sheet: xlwings.Sheet, spans: Sequence[Span], fill: str, side: str, colour: str) -> None:
    """Fill and frame cells."""
    if not spans:
        return
    style, width = _STYLES[side]
    line = _line([int(colour, 16), 0, width, 0, style, width])
    values = dict.fromkeys(_BORDERS.values(), line)
    if fill:
        values[_FILL] = int(fill, 16)
    _put(_cells(sheet, spans), values)


def put_fill(sheet: xlwings.Sheet, spans: Sequence[Span], look: Look) -> None:
    """The fill of ``look`` for cells."""
    if spans:
        _put(_cells(sheet, spans), {_FILL: int(look_fields(look)["fill"])})


def put_sides(sheet: xlwings.Sheet, spans: Sequence[Span], look: Look, sides: Sequence[str]) -> None:
    """Those sides of the border of ``look`` for cells.

    LibreOffice stores the four sides as one: of cells taken together, the sides that are not set could get lost.
    """
    if not spans:
        return
    exact = look_fields(look)
    values = {_BORDERS[side]: _line(exact[side]) for side in sides}
    if len(values) == len(SIDES):
        _put(_cells(sheet, spans), values)
    else:
        for span in spans:
            _put(_cells(sheet, [span]), values)


def _cells(sheet: xlwings.Sheet, spans: Sequence[Span]) -> Any:
    """The first cell of each range: LibreOffice draws a merged range as its first cell says."""
    if len(spans) == 1:
        return sheet.api.getCellByPosition(spans[0].left - 1, spans[0].top - 1)
    return sheet.impl.together([Span(span.top, span.left, span.top, span.left) for span in spans])


def _put(cells: Any, values: Mapping[str, Any]) -> None:
    names = tuple(sorted(values))
    cells.setPropertyValues(names, tuple(values[name] for name in names))


def _look(values: Sequence[Any]) -> Look:
    named = dict(zip(_NAMES, values, strict=True))
    back = named[_FILL]
    back = -1 if back is None else int(back)
    exact: dict[str, object] = {"fill": back}
    words = []
    for side in SIDES:
        line = named[_BORDERS[side]]
        exact[side] = [
            line.Color,
            line.InnerLineWidth,
            line.OuterLineWidth,
            line.LineDistance,
            line.LineStyle,
            line.LineWidth,
        ]
        drawn = line.LineWidth or line.OuterLineWidth
        words.append(f"{_WORDS.get(line.LineStyle, 'other')} {line.Color & 0xFFFFFF:06X}" if drawn else "")
    left, right, top, bottom = words
    return Look("" if back < 0 else f"{back & 0xFFFFFF:06X}", (left, right, top, bottom), json.dumps(exact))


def _line(fields: Sequence[int]) -> Any:
    line = load_uno().createUnoStruct("com.sun.star.table.BorderLine2")
    line.Color, line.InnerLineWidth, line.OuterLineWidth = fields[0], fields[1], fields[2]
    line.LineDistance, line.LineStyle, line.LineWidth = fields[3], fields[4], fields[5]
    return line
