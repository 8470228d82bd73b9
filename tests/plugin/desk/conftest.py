"""A desk of its own for each test, and the sample workbooks in memory and on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gongkai.desk.actions import perform
from gongkai.desk.answer import Answer
from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost

from .memory_workbook import MemoryWorkbook

WRONG = "示例-有错误.xlsx"
CLEAN = "江汉区医疗保障局2024.xlsx"
NAME = "/决算公开.xlsx"

Ask = Callable[..., Answer]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data", tmp_path / "config" / "settings.toml")


@pytest.fixture
def wrong() -> MemoryWorkbook:
    """The sample with documented errors."""
    return MemoryWorkbook(FileHost(data_folder("samples") / WRONG).read_all())


@pytest.fixture
def clean() -> MemoryWorkbook:
    """A sample in which nothing is wrong, but for one warning."""
    return MemoryWorkbook(FileHost(data_folder("samples") / CLEAN).read_all())


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The sample with documented errors as a file."""
    path = tmp_path / "书" / "决算 公开.xlsx"
    path.parent.mkdir()
    shutil.copyfile(data_folder("samples") / WRONG, path)
    return path


@pytest.fixture
def ask(desk: Desk) -> Ask:
    """Does one action on a workbook."""

    def does(workbook: OpenWorkbook, action: str, **given: object) -> Answer:
        settings = given.get("settings")
        assert settings is None or isinstance(settings, Mapping)
        request = Request(workbook=NAME, **given)  # type: ignore[arg-type]
        return perform(action, desk, request, lambda _: workbook)

    return does
