"""One Windows with one installation for all tests."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai_setup.staging import compile_setup, stage
from tests.installer.programs import absent, required
from tests.installer.screen import screen

from .pc import Pc
from .python_for_windows import python_archive

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def setup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The setup program as it is delivered, but for its compression: a real Python, every package of the lock file."""
    required("makensis")
    archive = python_archive(ROOT / "build/python")
    folder = tmp_path_factory.mktemp("setup")
    staged = folder / "staged"
    staged.mkdir()
    try:
        stage(staged, archive, hashlib.sha256(archive.read_bytes()).hexdigest(), ROOT / "build/wheels")
    except subprocess.CalledProcessError as error:
        absent(f"the wheels for Windows cannot be downloaded ({error})")
    compile_setup(staged, folder / "setup.exe", fast=True)
    yield folder / "setup.exe"
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pc]:
    """A Windows without the product."""
    folder = tmp_path_factory.mktemp("pc")
    # Without a screen wine has no windows, and xlwings looks for those of Excel.
    with screen(folder) as shown:
        pc = Pc(folder / "prefix", folder / "locales", shown.environment["DISPLAY"])
        yield pc
        pc.end()
    shutil.rmtree(folder)


@pytest.fixture
def pc(bare: Pc, setup: Path) -> Pc:
    """A Windows with the product, installed once, and again after it was taken away; its helper was started."""
    if not bare.installed.exists():
        bare.install(setup)
    return bare
