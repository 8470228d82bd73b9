"""What the setup program of Windows is made of: the lock file, the wheels, Python."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from gongkai_setup.python_archive import unpack_python
from gongkai_setup.wheel_lock import Locked, read_lock, write_lock
from gongkai_setup.wheelhouse import locked_wheels, unpack

ROOT = Path(__file__).parents[2]


def wheel(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_everything_that_gongkai_requires_is_locked_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.split(r"[^a-z0-9.-]", text, maxsplit=1)[0] for text in project["dependencies"]}
    names = [package.name for package in read_lock()]
    assert required <= set(names)
    assert sorted(set(names)) == names


def test_what_only_windows_requires_is_locked_too() -> None:
    names = {package.name for package in read_lock()}
    assert "xlwings" in names  # gongkai asks for it on Windows and macOS, and it asks for pywin32 on Windows alone.
    assert "pywin32" in names


def test_a_lock_file_comes_back(tmp_path: Path) -> None:
    packages = (Locked("a", "1.0", "0" * 64), Locked("b-c", "2026.1", "f" * 64))
    write_lock(reversed(packages), tmp_path / "lock")
    assert read_lock(tmp_path / "lock") == packages


@pytest.mark.parametrize("line", ["a==1", "a==1 --hash=sha256:0", "a>=1 --hash=sha256:" + "0" * 64, "--index-url x"])
def test_a_line_without_a_hash_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "lock").write_text(line)
    with pytest.raises(ValueError, match="names no package with its hash"):
        read_lock(tmp_path / "lock")


def test_a_wheel_counts_by_its_hash_alone(tmp_path: Path) -> None:
    good = wheel(tmp_path / "whatever-1-py3-none-any.whl", {"a/b": b"1"})
    assert locked_wheels(tmp_path, [Locked("a", "1", sha256(good))]) == (good,)
    with pytest.raises(SystemExit, match="a==1 --hash=sha256:0000"):
        locked_wheels(tmp_path, [Locked("a", "1", "0" * 64)])


def test_a_wheel_is_laid_out_as_pip_would(tmp_path: Path) -> None:
    path = wheel(
        tmp_path / "a-1-py3-none-any.whl",
        {
            "a/__init__.py": b"1",
            "xlwings/main.py": b"2",
            "xlwings/pro/reports.py": b"not ours to pass on",
            "a-1.data/platlib/a/x.pyd": b"3",
            "a-1.data/scripts/a.py": b"4",
            "a-1.dist-info/METADATA": b"5",
        },
    )
    packages = tmp_path / "packages"
    unpack(path, packages)
    found = {file.relative_to(packages).as_posix(): file.read_bytes() for file in packages.rglob("*") if file.is_file()}
    assert found == {"a/__init__.py": b"1", "xlwings/main.py": b"2", "a/x.pyd": b"3", "a-1.dist-info/METADATA": b"5"}


@pytest.mark.parametrize("name", ["../out.py", "/etc/out.py", "C:/out.py", "a/..\\..\\out.py"])
def test_a_wheel_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"")
    with pytest.raises(ValueError, match=r"a-1-py3-none-any\.whl"):
        unpack(path, tmp_path / "packages")


def embeddable(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names or ("python.exe", "pythonw.exe", "python311.dll", "python311._pth"):
            archive.writestr(name, b"")
    return path


def test_an_embeddable_python_finds_the_packages(tmp_path: Path) -> None:
    archive = embeddable(tmp_path / "python.zip")
    packages = unpack_python(archive, sha256(archive).upper(), tmp_path / "python")
    assert packages == tmp_path / "python" / "Lib" / "site-packages" and packages.is_dir()
    assert (tmp_path / "python" / "python311._pth").read_text().split("\n") == [
        "python311.zip",
        ".",
        "Lib\\site-packages",
        "import site",
        "",
    ]


def test_a_standalone_python_brings_windows_along(tmp_path: Path) -> None:
    archive = tmp_path / "python.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        for name in ("python.exe", "pythonw.exe", "python311.dll", "DLLs/_tkinter.pyd", "Lib/tkinter/__init__.py"):
            entry = tarfile.TarInfo(f"python/{name}")
            packed.addfile(entry, io.BytesIO())
    unpack_python(archive, sha256(archive), tmp_path / "python")
    assert (tmp_path / "python" / "DLLs" / "_tkinter.pyd").is_file()
    assert not (tmp_path / "python" / "python311._pth").exists()


def test_another_archive_than_the_one_that_was_meant_is_refused(tmp_path: Path) -> None:
    archive = embeddable(tmp_path / "python.zip")
    with pytest.raises(SystemExit, match="has SHA-256"):
        unpack_python(archive, "0" * 64, tmp_path / "python")


def test_python_of_another_version_or_system_is_refused(tmp_path: Path) -> None:
    archive = embeddable(tmp_path / "python.zip", "python.exe", "pythonw.exe", "python312.dll")
    with pytest.raises(SystemExit, match=r"no Python 3\.11 for Windows: no python311\.dll"):
        unpack_python(archive, sha256(archive), tmp_path / "python")
