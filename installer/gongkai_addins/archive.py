"""Zip packages that come out the same on every machine and every day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip entry can tell."""

ORDINARY_FILE = 0o100644 << 16


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip file with ``parts`` in their order. They are stored, not compressed: how well is compressed differs between versions of zlib."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, DAY)
            entry.create_system = 3
            entry.external_attr = ORDINARY_FILE
            package.writestr(entry, content)
    return buffer.getvalue()
