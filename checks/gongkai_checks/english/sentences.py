"""The messages of findings and the reasons of what was not checked, in English, by the phrases of ``phrases.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from gongkai_workbooks.english.phrasebook import Phrasebook

_FOLDER = Path(__file__).parent


def english(text: str) -> str | None:
    """A sentence of the checks in English; None when it is not made of known phrases."""
    return phrasebook().english(text)


def selectors() -> Mapping[str, str]:
    """The lines that equations choose, in words."""
    return _terms()["selectors"]


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """All phrases of the checks, the most special first."""
    groups = tomllib.loads((_FOLDER / "phrases.toml").read_text(encoding="utf-8"))
    pairs = [(chinese, words) for group in groups.values() for chinese, words in group]
    return Phrasebook(pairs, _terms()["labels"], _terms()["words"])


@lru_cache(maxsize=1)
def _terms() -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / "terms.toml").read_text(encoding="utf-8"))
