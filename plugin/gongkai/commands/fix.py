"""``gongkai fix``: the same as ``gongkai check --fix``."""

from __future__ import annotations

from .check import run

__all__ = ["run"]
