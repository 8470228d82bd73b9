"""The wheels of the lock file: fetched, checked against their hashes, and laid out as Python expects its packages."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from .wheel_lock import PLATFORM, PYTHON_VERSION, Locked

LEFT_OUT = ("xlwings/pro/",)
"""Folders of packages that stay away: this one has a licence of its own, and gongkai never imports it."""


def fetch(lock: Path, folder: Path) -> None:
    """Let pip download the wheels of a lock file into ``folder``; pip refuses a wheel that has another hash."""
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:", f"--platform={PLATFORM}", "--implementation=cp"]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", *options]
    subprocess.run(
        [*command, f"--python-version={PYTHON_VERSION}", f"--dest={folder}", f"--requirement={lock}"], check=True
    )


def locked_wheels(folder: Path, packages: Iterable[Locked]) -> tuple[Path, ...]:
    """The wheel of each locked package, known by its hash whatever it is called. Raises ``SystemExit`` naming what is not there."""
    wheels = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.glob("*.whl"))}
    missing = [str(package) for package in packages if package.sha256 not in wheels]
    if missing:
        raise SystemExit("not in " + str(folder) + ":\n" + "\n".join(missing))
    return tuple(wheels[package.sha256] for package in packages)


def unpack(wheel: Path, packages: Path) -> None:
    """Lay the content of a wheel out in the folder of packages. Raises ``ValueError`` for a name that leads out of it."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = _place(entry.filename)
            if entry.is_dir() or name is None or str(name).startswith(LEFT_OUT):
                continue
            if name.is_absolute() or ".." in name.parts or ":" in str(name) or "\\" in str(name):
                raise ValueError(f"{wheel.name}: {entry.filename}")
            path = packages.joinpath(*name.parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(entry))


def _place(name: str) -> PurePosixPath | None:
    """Where a file of a wheel belongs among the packages; nowhere when it is a script or belongs elsewhere on the machine."""
    first, *rest = PurePosixPath(name).parts
    if not first.endswith(".data"):
        return PurePosixPath(name)
    return PurePosixPath(*rest[1:]) if rest[0] in ("purelib", "platlib") else None
