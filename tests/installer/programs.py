"""Programs that some tests need. Without them those tests are passed over on a developer's machine; where ``GONGKAI_REQUIRE_PROGRAMS=1`` is set, as in
continuous integration, their absence is a failure."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

DESKTOP_PATH = os.pathsep.join(("/usr/local/bin", "/usr/bin", "/bin"))
"""Where a desktop looks for programs. LibreOffice's own Python takes the first ``python3`` on the path for its home: in that of a virtual environment, or of any
other installation, it misses the module ``uno``, and a LibreOffice that has an extension written in Python ends as soon as it starts."""


def desktop_environment() -> dict[str, str]:
    """The variables with which a desktop would start a program, without those of the Python that runs the tests."""
    kept = {
        name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV" and not name.startswith("PYTHON")
    }
    return {**kept, "PATH": DESKTOP_PATH}


def required(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    found = next(filter(None, map(shutil.which, names)), None)
    return found or absent(f"{' or '.join(names)} is not installed")


def absent(reason: str) -> NoReturn:
    """Pass the test over, or fail where every program has to be there."""
    if os.environ.get("GONGKAI_REQUIRE_PROGRAMS") == "1":
        pytest.fail(f"{reason}, and GONGKAI_REQUIRE_PROGRAMS=1 says that it has to be there")
    pytest.skip(reason)


@cache
def python_with_uno() -> str:
    """A Python that has LibreOffice's module ``uno``: this one, or the system's."""
    for program in (sys.executable, "/usr/bin/python3"):
        if Path(program).exists():
            done = subprocess.run([program, "-I", "-c", "import uno"], capture_output=True, check=False)
            if done.returncode == 0:
                return program
    absent("no Python has the module uno (python3-uno)")


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Wait until no other test run on this machine uses the program ``name``, which is large."""
    with Path(tempfile.gettempdir(), f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
