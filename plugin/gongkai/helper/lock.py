"""A lock that one process holds until it ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from gongkai_workbooks.user_folders import ensure_private


class TakenError(Exception):
    """Another process holds the lock."""


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock on a file; the system releases it when the process dies. Raises ``TakenError`` and ``OSError``."""
    ensure_private(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Windows says EACCES; a C library that gives no reason at all (0) means the same.
        if isinstance(error, BlockingIOError | PermissionError) or not error.errno:
            raise TakenError from error
        raise
