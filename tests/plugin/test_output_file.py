from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.language import Words
from gongkai.output_file import OutputError, OutputFile
from gongkai.paths import WorkbookPath

ZH = Words("zh")


def test_the_file_is_there_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "报告.json"
    with OutputFile(path, (), ZH) as output:
        output.stream.write("✖\n")
        assert not path.exists()
    assert path.read_bytes() == "✖\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_run_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "报告.json"
    path.write_text("旧", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), OutputFile(path, (), ZH) as output:
        output.stream.write("新")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["决算.xlsx", "决算.XLS", "决算", "夹"])
def test_no_workbook_and_no_input_is_overwritten(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "夹":
        path.mkdir()
    else:
        path.write_bytes(b"figures")
    with pytest.raises(OutputError) as error:
        OutputFile(path, [WorkbookPath(path, Path(name))] if name == "决算" else (), ZH)
    assert name in str(error.value)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="无法写报告"):
        OutputFile(tmp_path / "没有" / "报告.json", (), ZH)
