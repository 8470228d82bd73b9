"""``wheels.lock``: every package that goes onto the PC, its version, and the SHA-256 of the wheels that may be taken for it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PYTHON_VERSION = "3.11"
PLATFORM = "win_amd64"
LOCK = Path(__file__).with_name("wheels.lock")

WINDOWS = {
    "implementation_name": "cpython",
    "implementation_version": f"{PYTHON_VERSION}.9",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "platform_release": "10",
    "platform_version": "10.0",
    "python_full_version": f"{PYTHON_VERSION}.9",
    "python_version": PYTHON_VERSION,
    "sys_platform": "win32",
    "extra": "",
}
HEADER = f"""\
# The wheels of the Windows setup (Python {PYTHON_VERSION}, {PLATFORM}). Made by: python -m gongkai_setup lock
"""


@dataclass(frozen=True, slots=True)
class Locked:
    """One package at one version, with the SHA-256 of its wheel."""

    name: str
    version: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.name}=={self.version} --hash=sha256:{self.sha256}"


def read_lock(path: Path = LOCK) -> tuple[Locked, ...]:
    """The packages of a lock file. Raises ``ValueError`` for a line that is none."""
    packages = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            found = re.fullmatch(r"([a-z0-9-]+)==(\S+) --hash=sha256:([0-9a-f]{64})", line)
            if found is None:
                raise ValueError(f"{path.name}: {line!r} names no package with its hash")
            packages.append(Locked(*found.groups()))
    return tuple(packages)


def write_lock(packages: Iterable[Locked], path: Path = LOCK) -> None:
    """Write a lock file, by name."""
    lines = [str(package) for package in sorted(packages, key=lambda package: package.name)]
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def resolve(requirements: Iterable[str]) -> tuple[Locked, ...]:
    """The newest wheels for Windows that satisfy ``requirements`` and everything they require there. Asks the package index; nothing is downloaded but descriptions.

    pip looks at the conditions of a requirement (``sys_platform == "win32"``) with the eyes of the machine it runs on, so what only Windows
    requires is added here until nothing is missing.
    """
    wanted = dict.fromkeys(_required_on_windows(list(requirements), ()))
    while True:
        report = _report(list(wanted))
        found = {_normal(item["metadata"]["name"]): item for item in report}
        missing = [
            text
            for item in report
            for text in _required_on_windows(
                item["metadata"].get("requires_dist", []), item.get("requested_extras", ())
            )
            if _normal(re.split(r"[^A-Za-z0-9._-]", text, maxsplit=1)[0]) not in found and text not in wanted
        ]
        if not missing:
            return tuple(_locked(item) for item in found.values())
        wanted.update(dict.fromkeys(missing))


def _report(requirements: list[str]) -> list[Mapping[str, dict[str, object]]]:
    options = ["--dry-run", "--quiet", "--ignore-installed", "--only-binary=:all:", "--target=.", "--report=-"]
    place = [f"--platform={PLATFORM}", f"--python-version={PYTHON_VERSION}", "--implementation=cp"]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", *options, *place, *requirements]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    found: list[Mapping[str, dict[str, object]]] = json.loads(done.stdout)["install"]
    return found


def _required_on_windows(requirements: object, extras: object) -> list[str]:
    """Of a package's requirements those that hold on Windows, without their conditions."""
    from packaging.requirements import Requirement

    found = []
    for text in requirements if isinstance(requirements, list) else []:
        requirement = Requirement(text)
        chosen = ["", *extras] if isinstance(extras, list | tuple) else [""]
        if requirement.marker is None or any(
            requirement.marker.evaluate({**WINDOWS, "extra": extra}) for extra in chosen
        ):
            requirement.marker = None
            found.append(str(requirement))
    return found


def _locked(item: Mapping[str, dict[str, object]]) -> Locked:
    metadata, download = item["metadata"], item["download_info"]
    archive = download["archive_info"]
    assert isinstance(archive, dict)
    return Locked(_normal(str(metadata["name"])), str(metadata["version"]), str(archive["hashes"]["sha256"]))


def _normal(name: object) -> str:
    return re.sub(r"[-_.]+", "-", str(name)).lower()
