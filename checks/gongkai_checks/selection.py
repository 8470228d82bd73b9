"""Which rules run: ``--select`` and ``--ignore`` by code or prefix of a code; the longest match wins."""

from __future__ import annotations

from .options import Options


def selected(code: str, options: Options) -> bool:
    """Whether a rule's findings are wanted."""
    chosen = max((len(prefix) for prefix in options.select if code.startswith(prefix)), default=-1)
    dropped = max((len(prefix) for prefix in options.ignore if code.startswith(prefix)), default=-1)
    if options.select and chosen < 0:
        return False
    return chosen >= dropped if dropped >= 0 and chosen >= 0 else dropped < 0
