"""Workbooks that are open in Excel, WPS or LibreOffice, by way of xlwings."""

from __future__ import annotations

from .busy import BusyError, GoneError, UnfinishedError
from .live_host import LiveHost
from .open_books import OpenBook, find_book, open_books

__all__ = ["BusyError", "GoneError", "LiveHost", "OpenBook", "UnfinishedError", "find_book", "open_books"]
