"""Options of the test run, and what more than one package's tests ask for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the golden reports, the pages of the rules and the tables of options from what the program says now",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether what is kept in the checkout is to be rewritten rather than compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders of the program, apart from those of whoever runs the tests; its processes inherit them."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("LOCALAPPDATA", "APPDATA") if sys.platform == "win32" else ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(home))
    return home
