"""The buttons inside the spreadsheet programs: builds the add-in of Excel and WPS (.xlam) and the extension of LibreOffice (.oxt) from sources.

The standard library is enough, on any system; the same sources give the same bytes.
"""

from __future__ import annotations

from .excel.add_in import ADD_IN_NAME, build_add_in
from .libreoffice.extension import EXTENSION_NAME, build_extension
from .version import __version__

__all__ = ["ADD_IN_NAME", "EXTENSION_NAME", "__version__", "build_add_in", "build_extension"]
