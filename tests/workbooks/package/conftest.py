from __future__ import annotations

from pathlib import Path

import pytest

from .rich import rich_workbook


@pytest.fixture(scope="session")
def _rich_bytes() -> bytes:
    return rich_workbook()


@pytest.fixture(scope="session")
def _macro_bytes() -> bytes:
    return rich_workbook(with_macros=True)


@pytest.fixture
def rich(_rich_bytes: bytes, tmp_path: Path) -> Path:
    """The rich workbook as a file."""
    path = tmp_path / "决算公开.xlsx"
    path.write_bytes(_rich_bytes)
    return path


@pytest.fixture
def rich_with_macros(_macro_bytes: bytes, tmp_path: Path) -> Path:
    """The rich workbook with a macro project."""
    path = tmp_path / "决算公开.xlsm"
    path.write_bytes(_macro_bytes)
    return path


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Where the marked workbook goes."""
    return tmp_path / "决算公开.校验.xlsx"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "libreoffice: opens what was written in LibreOffice; needs the program soffice")
