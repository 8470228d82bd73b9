"""Workbooks that are open in Excel, WPS or LibreOffice, by way of xlwings."""

from __future__ import annotations

from .live_host import LiveHost

__all__ = ["LiveHost"]
