from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.language import Words
from gongkai.paths import find_workbooks, shown_path

ZH = Words("zh")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        "甲/决算.xlsx",
        "甲/决算.校验.xlsx",
        "甲/决算.备份-20250821-093000.xlsx",
        "甲/~$决算.xlsx",
        "甲/说明.docx",
        "甲/下级/旧表.xls",
        "甲/下级/表.ODS",
        "甲/.隐藏/x.xlsx",
        "乙[1].xlsx",
        "丙.et",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def names(*asked: str) -> list[str]:
    return [workbook.shown for workbook in find_workbooks(asked, ZH).workbooks]


def test_folder_is_searched_below_without_lock_files_backups_and_results(folder: Path) -> None:
    search = find_workbooks(["甲"], ZH)
    assert [workbook.shown for workbook in search.workbooks] == ["甲/下级/旧表.xls", "甲/下级/表.ODS", "甲/决算.xlsx"]
    assert [workbook.below.as_posix() for workbook in search.workbooks] == [
        "下级/旧表.xls",
        "下级/表.ODS",
        "决算.xlsx",
    ]
    assert search.passed_over == ("甲/~$决算.xlsx", "甲/决算.备份-20250821-093000.xlsx", "甲/决算.校验.xlsx")
    assert search.problems == ()


def test_what_is_named_is_checked_whatever_its_name(folder: Path) -> None:
    assert names("甲/决算.校验.xlsx", "甲/说明.docx") == ["甲/决算.校验.xlsx", "甲/说明.docx"]


def test_patterns(folder: Path) -> None:
    assert names("甲/*.xlsx") == ["甲/决算.xlsx"]
    assert names("**/*.xls") == ["甲/下级/旧表.xls"]
    assert names("甲/*.校验.xlsx") == ["甲/决算.校验.xlsx"]


def test_a_name_with_brackets_is_a_name_first(folder: Path) -> None:
    assert names("乙[1].xlsx") == ["乙[1].xlsx"]


def test_each_file_once_and_in_order(folder: Path) -> None:
    assert names("甲/决算.xlsx", "丙.et", "甲", "./甲/../甲/决算.xlsx") == [
        "丙.et",
        "甲/下级/旧表.xls",
        "甲/下级/表.ODS",
        "甲/决算.xlsx",
    ]


def test_what_is_not_there_is_said(folder: Path) -> None:
    (folder / "空").mkdir()
    search = find_workbooks(["没有.xlsx", "没有*.xlsx", "空", "丙.et"], ZH)
    assert [workbook.shown for workbook in search.workbooks] == ["丙.et"]
    assert len(search.problems) == 3
    for word, problem in zip(("没有.xlsx", "没有*.xlsx", "空"), search.problems, strict=True):
        assert f"“{word}”" in problem


def test_paths_outside_the_current_folder_are_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "甲" / "下级")
    assert shown_path("旧表.xls") == "旧表.xls"
    assert shown_path("../决算.xlsx") == (folder / "甲" / "决算.xlsx").as_posix()


def test_a_path_cannot_steer_the_terminal() -> None:
    assert shown_path("\x1b[31m红\n.xlsx") == "红 .xlsx"
