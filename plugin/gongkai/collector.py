"""Python's cycle collector, out of the way while a batch is checked."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Let no cyclic garbage be looked for meanwhile.

    A batch makes hundreds of thousands of small tuples and hardly a cycle: looking for cycles among them costs a fifth of the run, and
    they are freed without it. Batches are bounded, so that what cycles there are stay few.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
