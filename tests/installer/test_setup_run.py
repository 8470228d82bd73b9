"""The setup program is built with makensis and carried out with wine: silently in, again over itself, and out, leaving nothing.

The Python in it is a stand-in that writes down how it was called; with a real one ``tests/windows`` carries the setup out.
"""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from gongkai_addins import ADD_IN_NAME, build_add_in
from gongkai_setup.staging import compile_setup, stage

from .programs import required
from .windows import Windows

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


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("setup"))


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
    assert (program / "python/Lib/site-packages/gongkai/helper/page.html").is_file()
    assert {path.name for path in menu.iterdir()} == {"检查助手.lnk", "卸载.lnk"}
    assert "-m gongkai helper window".encode("utf-16-le") in (menu / "检查助手.lnk").read_bytes()
    installed = windows.registry()
    changed = {key.rpartition("Software\\")[2] for key, values in installed.items() if registry.get(key) != values}
    written = {key: values for key, values in installed.items() if registry.get(key) != values}
    start = 'python\\\\pythonw.exe\\" -I -m gongkai helper run"'
    assert any(key.endswith("CurrentVersion\\Run") and start in values for key, values in written.items()), changed
    assert any(key.endswith("Settings\\gongkai\\helper") and start in values for key, values in written.items()), (
        changed
    )
    click = start.replace("run", "click")
    assert any(key.endswith("Settings\\gongkai\\helper") and click in values for key, values in written.items()), (
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

    # Who asks for it finds the settings again after another installation; the log goes.
    for folder, name in (("Local", "helper.log"), ("Roaming", "settings.toml")):
        (user / folder / "gongkai").mkdir()
        (user / folder / "gongkai" / name).write_text("")
    windows.run(str(program / "uninstall.exe"), "/S", "/KEEPSETTINGS")
    assert windows.calls() == [STOP]
    assert (user / "Roaming/gongkai/settings.toml").exists()
    assert not program.exists() and not add_in.exists() and not (user / "Local/gongkai").exists()
    windows.run(str(setup), "/S")
    assert windows.calls() == [RUN]

    # What the program itself writes goes with it; what others keep beside it stays.
    for folder in ("Local", "Roaming"):
        (user / folder / "gongkai").mkdir(exist_ok=True)
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
