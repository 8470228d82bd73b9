"""Every kind of mistake, by name."""

from __future__ import annotations

import random
from collections.abc import Mapping
from types import MappingProxyType

from gongkai_checks.ledger import Key

from .groups import GROUPS
from .injection import Injection, damage
from .original import Original
from .single_cells import SINGLE_CELLS, TYPOS, Kind

SIMPLE = (*TYPOS, "omitted part")
"""What several independent mistakes are made of."""
TRIES = 60


def _several(count: int) -> Kind:
    def inject(original: Original, rng: random.Random) -> Injection | None:
        """Mistakes in as many cells, each of which would be noticed by itself."""
        merged: dict[Key, int | None] = {}
        for _ in range(TRIES):
            one = SINGLE_CELLS[rng.choice(SIMPLE)](original, rng)
            if one is not None and not one.changes.keys() & merged.keys() and original.ties.broken(one.changes):
                merged.update(one.changes)
                if len(merged) == count:
                    return damage(original, merged, independent=True)
        return None

    return inject


SEVERAL: MappingProxyType[str, Kind] = MappingProxyType(
    {"two errors": _several(2), "three errors": _several(3), "five errors": _several(5)}
)

KINDS: Mapping[str, Kind] = MappingProxyType({**SINGLE_CELLS, **GROUPS, **SEVERAL})
SINGLE_CAUSE = (*SINGLE_CELLS, *GROUPS)
