"""What can go wrong with a file, in English. Chinese is what errors are written in; see ``phrasebook``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from .phrasebook import Phrasebook

_ERRORS = Path(__file__).parent / "errors.toml"


def english(text: str) -> str | None:
    """The text of an error, or why a cell was left alone, in English; None when it is not made of known phrases."""
    return errors().english(text)


@lru_cache(maxsize=1)
def errors() -> Phrasebook:
    """All phrases of errors."""
    groups = tomllib.loads(_ERRORS.read_text(encoding="utf-8"))
    kinds = groups.pop("kinds")
    return Phrasebook([(chinese, words) for group in groups.values() for chinese, words in group], words=kinds)
