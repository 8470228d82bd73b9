"""LibreOffice as a spreadsheet program for xlwings: an engine over UNO, the interface that LibreOffice offers to other programs.

``connect`` gives the ``xlwings.App`` of a LibreOffice with our extension, or of one that listens; everything after that is xlwings' public interface.
"""

from __future__ import annotations

from .bridge import bridge_names
from .connection import DEFAULT_PORT, connect, engine

__all__ = ["DEFAULT_PORT", "bridge_names", "connect", "engine"]
