"""``python -m gongkai_addins FOLDER``: write the add-ins into a folder."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from . import ADD_IN_NAME, EXTENSION_NAME, build_add_in, build_extension


def main() -> None:
    """Build the add-ins, and print the name and SHA-256 of each."""
    parser = argparse.ArgumentParser(
        prog="python -m gongkai_addins",
        description="Build the add-in of Excel and WPS and the extension of LibreOffice.",
    )
    parser.add_argument("folder", type=Path, help="where the files go")
    parser.add_argument(
        "--without-start",
        action="store_true",
        help="leave out the macro of Excel that starts the helper, for virus scanners that dislike it",
    )
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    built = {ADD_IN_NAME: build_add_in(start_helper=not arguments.without_start), EXTENSION_NAME: build_extension()}
    for name, content in built.items():
        (arguments.folder / name).write_bytes(content)
        print(f"{hashlib.sha256(content).hexdigest()}  {name}")


if __name__ == "__main__":
    main()
