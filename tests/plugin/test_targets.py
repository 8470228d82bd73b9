from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.language import Words
from gongkai.paths import WorkbookPath
from gongkai.settings import Rewrite
from gongkai.targets import back_up, ensure_writable, prepare_targets, target_of
from gongkai.usage import UsageError
from gongkai_workbooks.errors import LockedError

ZH = Words("zh")
BOOK = WorkbookPath(Path("夹/下/决算.xlsx"), Path("下/决算.xlsx"))


def test_where_results_go() -> None:
    assert target_of(BOOK, Rewrite()) == Path("夹/下/决算.校验.xlsx")
    assert target_of(BOOK, Rewrite(in_place=True)) == BOOK.path
    assert target_of(BOOK, Rewrite(output_dir=Path("出"))) == Path("出/下/决算.校验.xlsx")


def test_two_results_never_share_a_file(tmp_path: Path) -> None:
    other = WorkbookPath(Path("另/决算.xlsx"), Path("下/决算.xlsx"))
    with pytest.raises(UsageError, match="同一个文件"):
        prepare_targets([BOOK, other], Rewrite(output_dir=tmp_path), ZH)
    prepare_targets([BOOK, other], Rewrite(), ZH)


def test_the_output_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "甲" / "乙"
    prepare_targets([BOOK], Rewrite(output_dir=folder), ZH)
    assert list(folder.iterdir()) == []


def test_an_output_folder_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(UsageError, match="无法写入文件夹"):
        prepare_targets([BOOK], Rewrite(output_dir=tmp_path / "文件" / "夹"), ZH)


def test_backups_never_replace_one_another(tmp_path: Path) -> None:
    path = tmp_path / "决算.xlsx"
    path.write_bytes(b"1")
    names = [back_up(path, "2025-08-21T09:30:00+08:00", ZH).name for _ in range(2)]
    assert names == ["决算.备份-20250821-093000.xlsx", "决算.备份-20250821-093000-2.xlsx"]
    assert (tmp_path / names[0]).read_bytes() == b"1"


def test_a_target_that_cannot_be_written_is_locked(tmp_path: Path) -> None:
    (tmp_path / "决算.xlsx").mkdir()  # as good as any file that does not open for writing
    with pytest.raises(LockedError, match="无法写入"):
        ensure_writable(tmp_path / "决算.xlsx", ZH)
    assert [path.name for path in tmp_path.iterdir()] == ["决算.xlsx"]
