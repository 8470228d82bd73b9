"""The add-in, built once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai_addins import ADD_IN_NAME, build_add_in

from .windows import Windows


@pytest.fixture(scope="session")
def add_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``gongkai.xlam`` as it is delivered."""
    path = tmp_path_factory.mktemp("add_in") / ADD_IN_NAME
    path.write_bytes(build_add_in())
    return path


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that everybody can reach, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="gongkai-office-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Windows:
    """A Windows for all tests; each leaves it as it was."""
    return Windows(tmp_path_factory.mktemp("windows") / "prefix")
