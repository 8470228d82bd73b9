"""The setup program is built with makensis and carried out with wine: silently in, again over itself, and out, leaving nothing.

The Python in it is a stand-in that writes down how it was called: no Python for Windows can be had from a package registry.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai_addins import ADD_IN_NAME, build_add_in
from gongkai_setup.staging import compile_setup, stage

from .programs import one_at_a_time, required

STAND_IN = """\
Unicode true
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
OutFile "{output}"
!include FileFunc.nsh
Section
  ${{GetParameters}} $1
  FileOpen $0 "$WINDIR\\called.txt" a
  FileSeek $0 0 END
  FileWrite $0 "$1$\\n"
  FileClose $0
SectionEnd
"""
RUN = "-I -m gongkai helper run"
STOP = "-I -m gongkai helper stop"


def build(folder: Path) -> Path:
    """A setup program with a stand-in for Python and no packages but gongkai's own."""
    script, program = folder / "stand_in.nsi", folder / "pythonw.exe"
    script.write_text(STAND_IN.format(output=program))
    subprocess.run([required("makensis"), "-V2", str(script)], check=True, timeout=60)
    archive, lock, staged = folder / "python.zip", folder / "empty.lock", folder / "staged"
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, content in {
            "python.exe": b"",
            "pythonw.exe": program.read_bytes(),
            "python311.dll": b"",
            "python311._pth": b"",
        }.items():
            zipped.writestr(name, content)
    lock.write_text("")
    staged.mkdir()
    stage(staged, archive, hashlib.sha256(archive.read_bytes()).hexdigest(), folder / "wheels", lock=lock)
    output = folder / "setup.exe"
    compile_setup(staged, output, fast=True)
    return output


class Windows:
    """A Windows made of wine, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = required("wine")
        hidden = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.environment = {**hidden, "WINEPREFIX": str(folder), "WINEDEBUG": "-all", "WINEARCH": "win64"}
        self.run("wineboot", "-i")

    @property
    def drive(self) -> Path:
        return self.folder / "drive_c"

    def run(self, *arguments: str) -> str:
        """Run a program and wait until it and whatever it started have ended."""
        command = [self.program, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, timeout=180, check=False)
        assert done.returncode == 0, (arguments, done.stderr)
        subprocess.run(
            [required("wineserver", "/usr/lib/wine/wineserver"), "-w"], env=self.environment, check=True, timeout=120
        )
        return done.stdout.decode("utf-8", "replace")

    def user(self) -> Path:
        """The folder AppData of the user."""
        [path] = [path for path in (self.drive / "users").glob("*/AppData") if path.parent.name != "Public"]
        return path

    def files(self) -> set[str]:
        """Every file and folder but the temporary ones."""
        found = {path.relative_to(self.drive).as_posix() for path in self.drive.rglob("*")}
        return {name for name in found if "/temp" not in name.lower() and not name.endswith("called.txt")}

    def registry(self) -> dict[str, str]:
        """Every key of the user with what stands in it."""
        self.run("reg", "export", "HKCU", "C:\\windows\\temp\\user.reg", "/y")
        text = (self.drive / "windows/temp/user.reg").read_text(encoding="utf-16")
        sections = text.replace("\r\n", "\n").split("\n\n[")[1:]
        return dict(section.partition("]\n")[::2] for section in sections)

    def calls(self) -> list[str]:
        """How the stand-in for Python was called since the last time this was asked."""
        path = self.drive / "windows/called.txt"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("setup"))


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    with one_at_a_time("wine"):
        yield Windows(tmp_path / "prefix")


def test_the_same_sources_give_the_same_setup_program(setup: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == setup.read_bytes()


def test_it_goes_in_and_out_silently_and_leaves_nothing(setup: Path, windows: Windows) -> None:
    files, registry = windows.files(), windows.registry()
    user = windows.user()
    add_in = user / "Roaming/Microsoft/Excel/XLSTART" / ADD_IN_NAME
    program = user / "Local/Programs/gongkai"
    menu = user / "Roaming/Microsoft/Windows/Start Menu/Programs/决算公开校验"

    windows.run(str(setup), "/S")
    assert windows.calls() == [RUN]
    assert add_in.read_bytes() == build_add_in()
    assert (program / "python/Lib/site-packages/gongkai/__main__.py").is_file()
    assert {path.name for path in menu.iterdir()} == {"检查助手.lnk", "卸载.lnk"}
    installed = windows.registry()
    changed = {key.rpartition("Software\\")[2] for key, values in installed.items() if registry.get(key) != values}
    written = {key: values for key, values in installed.items() if registry.get(key) != values}
    start = 'python\\\\pythonw.exe\\" -I -m gongkai helper run"'
    assert any(key.endswith("CurrentVersion\\Run") and start in values for key, values in written.items()), changed
    assert any(key.endswith("Settings\\gongkai\\helper") and start in values for key, values in written.items()), (
        changed
    )
    assert any(key.endswith("Uninstall\\gongkai") and "决算公开校验" in values for key, values in written.items()), (
        changed
    )

    # Over itself, with an old file of the program that is not in the new one.
    (program / "python/Lib/site-packages/gongkai/gone.py").write_text("")
    windows.run(str(setup), "/S")
    assert windows.calls() == [STOP, RUN]
    assert not (program / "python/Lib/site-packages/gongkai/gone.py").exists()

    # What the program itself writes goes with it; what others keep beside it stays.
    for folder in ("Local", "Roaming"):
        (user / folder / "gongkai").mkdir()
        (user / folder / "gongkai/settings.toml").write_text("")
    (add_in.parent / "other.xlam").write_text("")
    windows.run(str(program / "uninstall.exe"), "/S")
    assert windows.calls() == [STOP]
    assert (add_in.parent / "other.xlam").exists()
    (add_in.parent / "other.xlam").unlink()
    add_in.parent.rmdir()
    add_in.parent.parent.rmdir()
    assert windows.files() - files == set()
    assert windows.registry() == registry
