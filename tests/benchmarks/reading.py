"""The reference of most ratios: python-calamine alone reading every value of every sheet, which any checker must at least do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook


def read_alone(paths: Sequence[Path]) -> None:
    """Read the workbooks one after the other and let them go."""
    for path in paths:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()
