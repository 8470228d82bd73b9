"""Python for Windows, as whoever builds the setup supplies it: the embeddable .zip of python.org, or a standalone build as .tar.gz.

A standalone build has tkinter, so that the 检查助手 is a window; with an embeddable one it is a page in the browser.
"""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from pathlib import Path

from .wheel_lock import PYTHON_VERSION

PATHS = f"python{PYTHON_VERSION.replace('.', '')}._pth"
"""The file in which an embeddable Python lists where it finds modules; there, nothing else counts."""

PACKAGES = ("Lib", "site-packages")
NEEDED = ("python.exe", "pythonw.exe")


def unpack_python(archive: Path, sha256: str, folder: Path) -> Path:
    """Unpack a Python into ``folder`` and return the folder of its packages.

    Raises ``SystemExit`` when the archive is not the one that was meant, or holds no Python for Windows of the version that the wheels are for.
    """
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256.lower():
        raise SystemExit(f"{archive.name} has SHA-256 {found}, not {sha256}")
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(folder)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(folder.parent / "unpacked", filter="data")
        (folder.parent / "unpacked" / "python").rename(folder)
    version = PYTHON_VERSION.replace(".", "")
    missing = [name for name in (*NEEDED, f"python{version}.dll") if not (folder / name).is_file()]
    if missing:
        raise SystemExit(f"{archive.name} is no Python {PYTHON_VERSION} for Windows: no {', '.join(missing)}")
    if (folder / PATHS).exists():
        # "import site" makes it read the .pth files of packages; pywin32 needs that.
        lines = [f"python{version}.zip", ".", "\\".join(PACKAGES), "import site"]
        (folder / PATHS).write_text("\r\n".join([*lines, ""]), encoding="ascii")
    packages = folder.joinpath(*PACKAGES)
    packages.mkdir(parents=True, exist_ok=True)
    return packages
