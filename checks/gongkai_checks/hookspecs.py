"""The hooks of gongkai. Built-in rules come through the same door as anybody's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from .equations import Equation
    from .rule import Rule

PROJECT = "gongkai"
"""Name of the pluggy project and of the entry-point group."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def gongkai_rules() -> Iterable[Rule | Equation]:
    """Rules to load: functions made with ``@rule``, and declarative equations."""
    raise AssertionError("a hook specification is never called")


@hookspec
def gongkai_layouts() -> Iterable[Path]:
    """Layout files (TOML) of a place or year: further titles, column headings and line labels. See docs/architecture.md."""
    raise AssertionError("a hook specification is never called")
