"""The results sheet as LibreOffice is given it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.live.results_styles import spans_by_style
from gongkai_workbooks.mark_look import MARK_LOOKS

_BOLD = 150.0
_PROPERTIES: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "title": {"CharWeight": _BOLD, "CharWeightAsian": _BOLD, "CharHeight": 14.0, "CharHeightAsian": 14.0},
    "header": {
        "CharWeight": _BOLD,
        "CharWeightAsian": _BOLD,
        "CellBackColor": 0xDDEBF7,
        "HoriJustify": "CENTER",
        "IsTextWrapped": True,
    },
    "error": {
        "CharWeight": _BOLD,
        "CharWeightAsian": _BOLD,
        "CharColor": int(MARK_LOOKS["error"].colour, 16),
        "CellBackColor": int(MARK_LOOKS["error"].fill, 16),
        "HoriJustify": "CENTER",
    },
    "warning": {
        "CharWeight": _BOLD,
        "CharWeightAsian": _BOLD,
        "CharColor": int(MARK_LOOKS["warning"].colour, 16),
        "CellBackColor": int(MARK_LOOKS["warning"].fill, 16),
        "HoriJustify": "CENTER",
    },
    "info": {
        "CharWeight": _BOLD,
        "CharWeightAsian": _BOLD,
        "CharColor": int(MARK_LOOKS["info"].colour, 16),
        "HoriJustify": "CENTER",
    },
    "amount": {"HoriJustify": "RIGHT", "NumberFormat": "#,##0.00"},
    "wrap": {"IsTextWrapped": True},
    "muted": {"CharColor": 0x7F7F7F},
}
"""What each style sets."""


def as_given(results: ResultsSheet) -> dict[str, Any]:
    """The sheet as ``errands.results_sheet`` takes it."""
    return {
        "rows": [["" if cell.link else cell.value for cell in row] for row in results.rows],
        "links": [
            (row, column, str(cell.value), _address(cell.link.sheet, cell.link.a1))
            for row, cells in enumerate(results.rows, 1)
            for column, cell in enumerate(cells, 1)
            if cell.link is not None
        ],
        "styles": [
            (_PROPERTIES[style], spans) for style, spans in spans_by_style(results).items() if _PROPERTIES[style]
        ],
        "widths": results.widths,
        "header_row": results.header_row,
        "last_filter_row": results.last_filter_row,
        "choices": results.choices,
    }


def _address(sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"#'{quoted}'.{cell}"
