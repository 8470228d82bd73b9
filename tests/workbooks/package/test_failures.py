"""Whatever happens while writing, the original and any earlier result are whole."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest

from gongkai_workbooks.edits import Edits
from gongkai_workbooks.errors import LockedError
from gongkai_workbooks.package import journal_path, read_journals, undo_edits

from .edits import all_edits, change, mark, write
from .reading import compressed, contents, openpyxl_book
from .rich import pack, unpack

CHILD = """
import os, sys, time
from pathlib import Path
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark
from gongkai_workbooks.package import safe_file, undo_edits, write_edits

source, output, stage = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
edits = Edits(marks=(Mark(cell=CellRef("公开01", 10, 4), severity="error", note="第二次"),))

def hang(*_):
    print("ready", flush=True)
    time.sleep(60)

def half(file):
    file.write(b"PK" + b"x" * 5000)
    file.flush()
    hang()

if stage == "writing":
    from gongkai_workbooks.package import editor
    editor.write_archive = lambda file, parts, headers: half(file)
elif stage == "forcing":
    os.fsync = hang
elif stage.startswith("renaming"):
    renamed = []
    original = Path.replace
    def replace(self, target):
        if len(renamed) == int(stage[-1]):
            hang()
        renamed.append(target)
        return original(self, target)
    Path.replace = replace
elif stage == "full":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
if stage == "loop":
    print("ready", flush=True)
    while True:
        write_edits(source, edits, source, tool_version="1", time="t")
        undo_edits(source, source)
try:
    write_edits(source, edits, output, tool_version="1", time="t")
except Exception as error:
    print(type(error).__name__, error, flush=True)
"""


def child(source: Path, output: Path, stage: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    arguments = [sys.executable, "-c", CHILD, str(source), str(output), stage]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment)


def killed(source: Path, output: Path, stage: str) -> None:
    process = child(source, output, stage)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.communicate()


def final_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".tmp"}


@pytest.mark.parametrize("stage", ["writing", "forcing", "renaming 0", "renaming 1"])
def test_killed_while_writing(rich: Path, output: Path, stage: str) -> None:
    write(rich, all_edits(), output)
    original, earlier = rich.read_bytes(), output.read_bytes()
    killed(rich, output, stage)
    assert (rich.read_bytes(), output.read_bytes()) == (original, earlier)
    # The earlier result can still be taken back: its journal is inside it.
    assert undo_edits(output, output) == ()
    assert compressed(output) == compressed(rich)


@pytest.mark.parametrize("stage", ["writing", "renaming 0", "renaming 1"])
def test_killed_while_writing_in_place(rich: Path, stage: str) -> None:
    original = rich.read_bytes()
    killed(rich, rich, stage)
    assert rich.read_bytes() == original
    write(rich, all_edits(), rich)
    assert undo_edits(rich, rich) == ()
    assert compressed(rich) == contents_compressed(original, rich)


def contents_compressed(original: bytes, path: Path) -> dict[str, bytes]:
    other = path.with_name("original.xlsx")
    other.write_bytes(original)
    return compressed(other)


def test_killed_at_any_moment(rich: Path) -> None:
    """Marking and taking back in turn, killed at random: the file is always one of the two, and whole."""
    plain = contents(rich)
    choice = random.Random(20251122)
    for _ in range(6):
        process = child(rich, rich, "loop")
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(choice.uniform(0.02, 0.3))
        process.kill()
        process.communicate()
        openpyxl_book(rich)
        if contents(rich) != plain:
            assert len(read_journals(rich)) == 1
            assert undo_edits(rich, rich) == ()
        assert contents(rich) == plain


def test_a_full_disk_leaves_nothing_partial(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark("C8"),)), output)
    before = final_files(rich.parent)
    process = child(rich, output, "full")
    printed, _ = process.communicate(timeout=60)
    assert printed.startswith("LockedError") and "磁盘空间不足" in printed
    assert final_files(rich.parent) == before
    assert list(rich.parent.glob("*.tmp")) == list(rich.parent.glob(".*.tmp")) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足"),
        (PermissionError(errno.EACCES, "denied"), "没有写入权限"),
        (OSError(errno.EROFS, "read-only"), "无法写入"),
        (OSError(errno.EIO, "input/output error"), "请检查磁盘或网络"),
    ],
)
@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_every_failure_says_what_to_do_and_changes_nothing(
    rich: Path, output: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str, where: str
) -> None:
    write(rich, Edits(marks=(mark("C8"),)), output)
    before = final_files(rich.parent)

    def fail(*_: object) -> NoReturn:
        raise error

    original = Path.replace

    def replace(self: Path, target: Path) -> Any:
        return fail() if target.suffix == ".xlsx" else original(self, target)

    with monkeypatch.context() as patch:
        if where == "fsync":
            patch.setattr(os, "fsync", fail)
        else:
            patch.setattr(Path, "replace", replace)
        with pytest.raises(LockedError) as raised:
            write(rich, all_edits(), output)
    assert str(output) in str(raised.value) and words in str(raised.value)
    assert final_files(rich.parent) == before
    assert not [path for path in rich.parent.iterdir() if path.suffix == ".tmp"]


def test_no_such_folder(rich: Path, tmp_path: Path) -> None:
    with pytest.raises(LockedError, match="输出文件夹不存在"):
        write(rich, all_edits(), tmp_path / "没有" / "out.xlsx")


def test_a_folder_of_that_name(rich: Path, tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").mkdir()
    with pytest.raises(LockedError, match="已有同名的文件夹"):
        write(rich, all_edits(), tmp_path / "out.xlsx")
    assert not journal_path(tmp_path / "out.xlsx").exists()


def test_a_read_only_file_is_not_replaced(rich: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rich.read_bytes()
    # The superuser may write everything, so the answer of the system is given here.
    monkeypatch.setattr(os, "access", lambda path, mode: not (Path(path) == rich and mode == os.W_OK))
    with pytest.raises(LockedError, match="只读"):
        write(rich, all_edits(), rich)
    assert rich.read_bytes() == before


def test_permissions_and_links_stay(rich: Path, tmp_path: Path) -> None:
    rich.chmod(0o640)
    link = tmp_path / "链接.xlsx"
    link.symlink_to(rich)
    write(link, all_edits(), link)
    assert link.is_symlink()
    assert rich.stat().st_mode & 0o777 == 0o640
    assert openpyxl_book(rich)["公开01"]["C8"].value == 11.5


def test_a_refused_undo_leaves_the_file(rich: Path, output: Path) -> None:
    write(rich, Edits(values=(change("C8", 10, 11),)), output)
    parts = unpack(output.read_bytes())
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<v>11</v>", b"<v>12</v>")
    output.write_bytes(pack(parts))
    (refused,) = undo_edits(output, output)
    assert "现为“12”" in refused.reason
    assert openpyxl_book(output)["公开01"]["C8"].value == 12
