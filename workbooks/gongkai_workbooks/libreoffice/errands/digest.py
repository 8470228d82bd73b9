"""Whether two copies of the errands are the same."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest() -> str:
    """A number of the sources of all errands, whatever the ends of their lines."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.name.encode() + b"\0" + path.read_text(encoding="utf-8").encode() + b"\0")
    return total.hexdigest()
