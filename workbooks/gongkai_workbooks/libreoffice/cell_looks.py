"""Fill and border of cells in LibreOffice, as looks and as its numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from gongkai_workbooks.live.looks import SIDES, Look, look_fields

_SOLID, _DOTTED, _DASHED = 0, 1, 2
_STYLES = {"medium": (_SOLID, 62), "dashed": (_DASHED, 26), "dotted": (_DOTTED, 26)}
"""Line style and width in hundredths of a millimetre."""

_WORDS = {0: "solid", 1: "dotted", 2: "dashed", 3: "double", 14: "dashed", 16: "dashed", 17: "dashed"}
"""Files know one dashed line where LibreOffice knows three, so these are one style here."""

_COLOUR, _OUTER, _STYLE, _WIDTH = 0, 2, 4, 5
"""Places in the numbers of a line."""


def look_of(exact: Mapping[str, object]) -> Look:
    """The look of which LibreOffice gives ``fill`` and sides."""
    back = exact["fill"]
    assert isinstance(back, int)
    left, right, top, bottom = (_words(exact[side]) for side in SIDES)
    return Look("" if back < 0 else f"{back & 0xFFFFFF:06X}", (left, right, top, bottom), json.dumps(exact))


def mark_lines(side: str, colour: str) -> dict[str, list[int]]:
    """The lines around a mark, by their sides."""
    style, width = _STYLES[side]
    return {side: [int(colour, 16), 0, width, 0, style, width] for side in SIDES}


def fill_of(look: Look) -> int:
    """The fill of a look; -1 for none."""
    return int(look_fields(look)["fill"])


def lines_of(look: Look, sides: Sequence[str]) -> dict[str, list[int]]:
    """Those sides of the border of a look."""
    fields = look_fields(look)
    return {side: fields[side] for side in sides}


def _words(line: object) -> str:
    assert isinstance(line, list)
    drawn = line[_WIDTH] or line[_OUTER]
    return f"{_WORDS.get(line[_STYLE], 'other')} {line[_COLOUR] & 0xFFFFFF:06X}" if drawn else ""
