"""The buttons inside the spreadsheet programs: builds the add-in of Excel and WPS (.xlam) and the extension of LibreOffice (.oxt) from sources.

The standard library is enough, on any system; the same sources give the same bytes.
"""

from __future__ import annotations

from .excel.add_in import ADD_IN_NAME, build_add_in

__all__ = ["ADD_IN_NAME", "build_add_in"]
