"""What every benchmark is given: the workbooks, how many of them, how many pairs, and a folder to write in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .corpus import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One run of the benchmarks. ``scratch`` is removed when it ends."""

    corpus: Corpus
    files: int
    pairs: int
    scratch: Path

    def workbooks(self) -> list[Path]:
        """The workbooks of a batch."""
        return self.corpus.workbooks(self.files)
