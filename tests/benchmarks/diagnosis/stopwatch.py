"""The processor time that diagnosis adds to a check: finding the causes, and evaluating the relations again for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from gongkai_checks import diagnosis, run
from gongkai_checks.ledger import Ledger
from gongkai_workbooks.disclosure import Disclosure


class Stopwatch:
    """Seconds by disclosure, while ``running``."""

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time what ``gongkai_checks.run`` calls for diagnosis, by the names that it uses."""
        with ExitStack() as stack:
            for module, name, always in ((diagnosis, "diagnose", True), (run, "evaluate", False)):
                stack.enter_context(patch.object(module, name, self._timed(getattr(module, name), always=always)))
            yield

    def seconds(self, disclosure: Disclosure) -> float:
        """What was added for one disclosure; 0 when nothing had to be diagnosed."""
        return self._seconds.get(id(disclosure), 0.0)

    def _timed(self, function: Callable[..., Any], *, always: bool) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            start = time.process_time()
            result = function(*arguments, **options)
            if always or options.get("whole"):
                [ledger] = (argument for argument in arguments if isinstance(argument, Ledger))
                key = id(ledger.disclosure)
                self._seconds[key] = self._seconds.get(key, 0.0) + time.process_time() - start
            return result

        return call
