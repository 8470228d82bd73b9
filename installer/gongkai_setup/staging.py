"""The folder that becomes the setup program: everything that will stand on the PC, and nothing that differs from build to build."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from gongkai_addins import ADD_IN_NAME, EXTENSION_NAME, __version__, build_add_in, build_extension

from .python_archive import unpack_python
from .wheel_lock import LOCK, read_lock
from .wheelhouse import fetch, locked_wheels, unpack

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("setup.nsi")
SETUP_NAME = f"gongkai-{__version__}-setup.exe"
DAY = 315532800 + 86400
"""The time that every file is given, in seconds: 2 January 1980, which zip files and every file system can tell."""


def own_wheel(folder: Path) -> Path:
    """The wheel of gongkai itself, built from this checkout."""
    from hatchling.builders.wheel import WheelBuilder

    [path] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(path)


def stage(
    folder: Path, python: Path, sha256: str, wheels: Path, *, lock: Path = LOCK, start_helper: bool = True
) -> None:
    """Fill ``folder`` with Python, the packages of the lock file, gongkai and the add-ins. Wheels that are not in ``wheels`` are downloaded into it."""
    packages = unpack_python(python, sha256, folder / "python")
    wanted = read_lock(lock)
    wheels.mkdir(parents=True, exist_ok=True)
    try:
        found = locked_wheels(wheels, wanted)
    except SystemExit:
        fetch(lock, wheels)
        found = locked_wheels(wheels, wanted)
    for wheel in (*found, own_wheel(folder)):
        unpack(wheel, packages)
        if wheel.parent == folder:
            wheel.unlink()
    (folder / ADD_IN_NAME).write_bytes(build_add_in(start_helper=start_helper))
    (folder / EXTENSION_NAME).write_bytes(build_extension())
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE.txt")
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (DAY, DAY))


def compile_setup(folder: Path, output: Path, *, fast: bool = False) -> None:
    """Let makensis pack the staged ``folder`` into the setup program ``output``. ``fast`` does not compress. Raises ``SystemExit``."""
    program = shutil.which("makensis")
    if program is None:
        raise SystemExit("makensis is not installed (Debian: apt-get install nsis)")
    defines = {"VERSION": __version__, "STAGE": str(folder.resolve()), "OUTPUT": str(output.resolve())}
    options = [f"-D{name}={value}" for name, value in defines.items()]
    command = [program, "-V2", "-NOCD", "-INPUTCHARSET", "UTF8", *options]
    command += ["-X" + ("SetCompress off" if fast else "SetCompressor /SOLID lzma"), str(SCRIPT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)
