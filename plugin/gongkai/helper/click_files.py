"""Request and answer of one click as files, for macros, which can write to no other program's standard input."""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from gongkai.desk.answer import Answer
from gongkai_workbooks.user_folders import data_home, ensure_private, write_private

from .guard import MOST_BYTES

FOLDER = "clicks"
SECONDS_KEPT = 24 * 3600.0
"""What nobody has fetched by then, nobody will."""


class PlaceError(ValueError):
    """These are no places for a request and its answer; ``str()`` is a Chinese sentence."""


def clicks_folder() -> Path:
    """The only folder in which requests are read and removed, and answers written: nobody's other file can be named by mistake."""
    return data_home() / FOLDER


@dataclass(frozen=True, slots=True)
class ClickFiles:
    """Where the request of one click stands and where its answer goes, both in ``clicks_folder``."""

    request: Path
    answer: Path

    def __post_init__(self) -> None:
        folder = clicks_folder().resolve()
        for path in (self.request, self.answer):
            if path.suffix != ".json" or path.name.startswith(".") or path.parent.resolve() != folder:
                raise PlaceError(f"请求和结果文件只能是 {clicks_folder()} 里的 .json 文件。")
        if self.request.name == self.answer.name:
            raise PlaceError("请求和结果不能是同一个文件。")

    def prepare(self) -> None:
        """See to it, before anything is done, that the answer can be written; remove what earlier clicks left. Raises ``OSError``."""
        folder = ensure_private(clicks_folder())
        if self.answer.exists():
            raise FileExistsError(17, "结果文件已经存在", str(self.answer))
        with tempfile.TemporaryFile(dir=folder):
            pass
        limit = time.time() - SECONDS_KEPT
        for path in folder.iterdir():
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    def take(self) -> bytes:
        """Read the request and remove it. Raises ``OSError``."""
        try:
            with self.request.open("rb") as file:
                return file.read(MOST_BYTES)
        finally:
            self.request.unlink(missing_ok=True)

    def give(self, answer: Answer) -> None:
        """Write the answer, whole or not at all, in ASCII: a macro reads files in the code page of the machine. Raises ``OSError``."""
        write_private(self.answer, json.dumps(answer.as_json(), ensure_ascii=True).encode("ascii"))
