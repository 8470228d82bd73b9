"""How a running LibreOffice is reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way to one LibreOffice.

    ``address`` tells it from others, ``locator`` is what ``live.find_book`` needs to go it again. ``context`` is the component context,
    from which all else comes; ``struct`` makes a struct that can be sent there: its type, and its fields by name. Where the extension is
    needed, errands can be done only inside LibreOffice. ``close`` gives the connection up.
    """

    address: str
    locator: Mapping[str, str | int]
    context: Any
    struct: Callable[..., Any]
    needs_extension: bool
    close: Callable[[], None]
