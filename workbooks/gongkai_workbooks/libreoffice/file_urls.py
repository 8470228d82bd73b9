"""Paths as LibreOffice has them: as addresses that begin with ``file:``."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit


def file_url(path: str | Path) -> str:
    """The address of a path."""
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 (Path.absolute keeps "..", resolve would follow links)


def path_of(url: str, windows: bool = os.name == "nt") -> str:
    """The path of an address that begins with ``file:``; on Windows with a drive, or the name of a server, at its beginning."""
    parts = urlsplit(url)
    path = os.fsdecode(unquote_to_bytes(parts.path))
    if not windows:
        return path
    path = path.replace("/", "\\")
    return f"\\\\{parts.netloc}{path}" if parts.netloc not in ("", "localhost") else path.removeprefix("\\")
