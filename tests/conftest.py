"""Options of the test run, and what more than one package's tests ask for."""

from __future__ import annotations

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
