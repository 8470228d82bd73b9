"""Why a workbook could not be read or written, in one Chinese sentence with place and cure."""

from __future__ import annotations


class WorkbookError(Exception):
    """The workbook cannot be used. ``str()`` is the whole sentence for the user: what, where, what to do."""


class UnreadableError(WorkbookError):
    """The file is no workbook, is damaged, or is too large to be one."""


class PasswordError(WorkbookError):
    """The file is encrypted and the password is missing or wrong."""


class LockedError(WorkbookError):
    """The file or folder cannot be written: open elsewhere, read-only, no permission, disk full."""
