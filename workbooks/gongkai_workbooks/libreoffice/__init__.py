"""LibreOffice as a spreadsheet program for xlwings: an engine over UNO, the interface that LibreOffice offers to other programs.

``connect`` gives the ``xlwings.App`` of a LibreOffice that listens; everything after that is xlwings' public interface.
"""

from __future__ import annotations

from .connection import DEFAULT_PORT, connect, engine, open_pipes

__all__ = ["DEFAULT_PORT", "connect", "engine", "open_pipes"]
