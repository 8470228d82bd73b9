"""``python -m gongkai_setup``: ``lock`` writes the lock file anew, ``build`` makes the setup program."""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from .staging import ROOT, SETUP_NAME, compile_setup, stage
from .wheel_lock import LOCK, resolve, write_lock


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what is asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m gongkai_setup", description="Make the setup program of Windows.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("lock", help=f"ask the package index and write {LOCK.name} anew")
    build = commands.add_parser("build", help="make the setup program")
    build.add_argument(
        "--python", type=Path, required=True, metavar="ARCHIVE", help="Python for Windows, .zip or .tar.gz"
    )
    build.add_argument("--python-sha256", required=True, metavar="HEX", help="its checksum, from where it is published")
    build.add_argument(
        "--wheels", type=Path, default=Path("build/wheels"), help="folder of wheels; what is missing is downloaded"
    )
    build.add_argument("--output-dir", type=Path, default=Path("dist"), help="where the setup program goes")
    build.add_argument("--without-start", action="store_true", help="the add-in of Excel never starts a program")
    given = parser.parse_args(arguments)
    if given.command == "lock":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        write_lock(resolve(project["dependencies"]))
        return
    given.output_dir.mkdir(parents=True, exist_ok=True)
    output = given.output_dir / SETUP_NAME
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "gongkai")
        folder.mkdir()
        stage(folder, given.python, given.python_sha256, given.wheels, start_helper=not given.without_start)
        compile_setup(folder, output)
    print(f"{hashlib.sha256(output.read_bytes()).hexdigest()}  {output}")


if __name__ == "__main__":
    main()
