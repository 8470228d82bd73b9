"""A folder with the sample workbooks, and the program run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from gongkai.__main__ import main
from gongkai_workbooks.data_folder import data_folder

SAMPLES = {
    "江汉.xlsx": "江汉区医疗保障局2024.xlsx",
    "青山.xlsx": "青山区医疗保健办公室2024.xlsx",
    "有错误.xlsx": "示例-有错误.xlsx",
}


class Run(NamedTuple):
    """What one run of the program left: its exit code and what it printed."""

    code: int
    out: str
    err: str


Program = Callable[..., Run]


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders of the program, apart from those of whoever runs the tests, whichever system a test pretends to run on."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(variable, str(home))
    return home


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with 江汉.xlsx (no error), 青山.xlsx (two warnings) and 有错误.xlsx (documented errors)."""
    for name, sample in SAMPLES.items():
        shutil.copyfile(data_folder("samples") / sample, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANGUAGE", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


@pytest.fixture
def gongkai(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Program:
    """Runs the program in this process."""

    def run(*arguments: str) -> Run:
        code = main(list(arguments))
        captured = capfdbinary.readouterr()
        return Run(code, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def command(folder: Path) -> Program:
    """Runs the real command in a process of its own; ``environment`` is added to the usual one, ``given`` is its standard input."""

    def run(*arguments: str, environment: Mapping[str, str] | None = None, given: bytes = b"") -> Run:
        surroundings = {**os.environ, "PYTHONUTF8": "1", **(environment or {})}
        done = subprocess.run(
            [sys.executable, "-m", "gongkai", *arguments],
            input=given,
            capture_output=True,
            env=surroundings,
            check=False,
        )
        encoding = surroundings.get("PYTHONIOENCODING", "utf-8")
        return Run(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return run
