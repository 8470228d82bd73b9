"""The version of the add-ins, which is that of gongkai."""

from __future__ import annotations

__version__ = "0.1.0"
