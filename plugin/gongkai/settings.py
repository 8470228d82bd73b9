"""What one run was asked to do: plain data that is sent to every process of the run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gongkai_checks.options import Options

from .language import LanguageName


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """What is to be written, and where.

    ``fix`` writes proven corrections, with ``unsafe`` the unproven ones too; ``mark`` colours cells and adds the results sheet; ``preview`` works everything out
    and writes nothing. Without ``in_place`` the result is ``<name>.校验.xlsx`` beside the original, or below ``output_dir``.
    """

    fix: bool = False
    unsafe: bool = False
    mark: bool = False
    preview: bool = False
    in_place: bool = False
    output_dir: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a run. ``time`` is when it began, ``2025-08-21T09:30:00+08:00``; it is the same in all that is written."""

    options: Options = field(default_factory=Options)
    password: str | None = field(default=None, repr=False)
    rewrite: Rewrite | None = None
    language: LanguageName = "zh"
    time: str = ""
    show_quiet: bool = False
