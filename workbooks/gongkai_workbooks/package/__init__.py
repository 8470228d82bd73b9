"""Lossless editing of .xlsx and .xlsm packages: what is not touched stays as it was, byte for byte, and all can be taken back."""

from __future__ import annotations

from .editor import clear_marks, read_journals, same_workbook, undo_edits, write_edits
from .journal import journal_path

__all__ = ["clear_marks", "journal_path", "read_journals", "same_workbook", "undo_edits", "write_edits"]
