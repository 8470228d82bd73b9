"""Fill and border of cells: asked and put."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .document import Document, Sheet, struct

if TYPE_CHECKING:
    from .document import SpanLike

_FILL = "CellBackColor"
_BORDERS = {"left": "LeftBorder2", "right": "RightBorder2", "top": "TopBorder2", "bottom": "BottomBorder2"}
_NAMES = tuple(sorted([_FILL, *_BORDERS.values()]))
"""LibreOffice wants the names of several properties in alphabetical order."""

_LINE = ("Color", "InnerLineWidth", "OuterLineWidth", "LineDistance", "LineStyle", "LineWidth")


def looks(document: Document, name: str, spans: Sequence[SpanLike]) -> list[dict[str, Any]]:
    """The look of each cell and merged range: ``fill``, a colour or -1, and each side, the six numbers of a line.

    Those that look alike are asked together; the others are halved until they do.
    """
    sheet = document.sheet(name)
    found: dict[int, dict[str, Any]] = {}
    waiting = [list(range(len(spans)))] if spans else []
    while waiting:
        group = waiting.pop()
        cells = _first_cells(sheet, [spans[number] for number in group])
        alike = len(group) == 1 or all(state.value != "AMBIGUOUS_VALUE" for state in cells.getPropertyStates(_NAMES))
        if alike:
            found.update(dict.fromkeys(group, _look(cells.getPropertyValues(_NAMES))))
        else:
            middle = len(group) // 2
            waiting += [group[:middle], group[middle:]]
    return [found[number] for number in range(len(spans))]


def put_looks(
    document: Document, name: str, spans: Sequence[SpanLike], fill: int | None, lines: Mapping[str, Sequence[int]]
) -> None:
    """Give cells a fill and those sides of a border.

    LibreOffice stores the four sides as one: of cells taken together, the sides that are not set could get lost.
    """
    sheet = document.sheet(name)
    values = {_BORDERS[side]: _line(numbers) for side, numbers in lines.items()}
    if fill is not None:
        values[_FILL] = fill
    groups = [spans] if len(lines) in (0, len(_BORDERS)) else [[span] for span in spans]
    for group in groups:
        put_properties(_first_cells(sheet, group), values)


def put_properties(cells: Any, values: Mapping[str, Any]) -> None:
    """Set several properties in one call."""
    names = tuple(sorted(values))
    cells.setPropertyValues(names, tuple(values[name] for name in names))


def _first_cells(sheet: Sheet, spans: Sequence[SpanLike]) -> Any:
    """The first cell of each range: LibreOffice draws a merged range as its first cell says."""
    if len(spans) == 1:
        return sheet.cell(spans[0][:2])
    return sheet.together([[*span[:2], *span[:2]] for span in spans])


def _look(values: Sequence[Any]) -> dict[str, Any]:
    named = {name: values[number] for number, name in enumerate(_NAMES)}
    back = named[_FILL]
    look: dict[str, Any] = {side: [getattr(named[name], field) for field in _LINE] for side, name in _BORDERS.items()}
    look["fill"] = -1 if back is None else int(back)
    return look


def _line(numbers: Sequence[int]) -> Any:
    return struct("com.sun.star.table.BorderLine2", **dict(_pairs(numbers)))


def _pairs(numbers: Sequence[int]) -> list[tuple[str, int]]:
    return [(field, numbers[place]) for place, field in enumerate(_LINE)]
