"""Journals of workbooks that cannot keep them themselves, because their structure is protected: one file a workbook in the user's folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from gongkai_workbooks.edits import Journal
from gongkai_workbooks.package.archive import DamagedError
from gongkai_workbooks.package.journal import Chain, chain_from_json, chain_to_json
from gongkai_workbooks.user_folders import write_private

FOLDER = "journals"


class Shelf:
    """Keeps journals under the name that a workbook is known by."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def kept(self, key: str) -> tuple[Journal, ...]:
        """The journals of a workbook, oldest first; none when there is no file, or none that can be read."""
        try:
            return chain_from_json(self._path(key).read_text(encoding="utf-8")).journals
        except (OSError, UnicodeDecodeError, DamagedError):
            return ()

    def keep(self, key: str, journals: Sequence[Journal]) -> None:
        """Keep exactly these. Raises ``OSError``."""
        path = self._path(key)
        if journals:
            write_private(path, chain_to_json(Chain(tuple(journals))))
        else:
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"
