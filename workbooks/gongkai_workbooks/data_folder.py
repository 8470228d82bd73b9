"""Where the data files lie: beside the package in a checkout, inside the package once it is installed."""

from __future__ import annotations

from pathlib import Path


def data_folder(name: str) -> Path:
    """The folder ``templates`` or ``samples``. Raises ``FileNotFoundError`` when this installation does not have it."""
    package = Path(__file__).resolve().parent
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no folder {name} beside or inside {package.name}")
