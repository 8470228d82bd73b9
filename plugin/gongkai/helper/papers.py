"""The helper's papers in the user's folder: where it listens and with which token, its lock, its log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from gongkai_workbooks.user_folders import data_home, write_private

FILE_NAME = "helper.json"
_LARGEST = 4096


@dataclass(frozen=True, slots=True)
class Papers:
    """Where a helper listens on 127.0.0.1, the token that it asks for, and its process."""

    port: int
    token: str
    pid: int


def papers_path() -> Path:
    """The file that tells the buttons where the helper is: ``{"port": …, "token": …, "pid": …}``."""
    return data_home() / FILE_NAME


def lock_path() -> Path:
    """The file that is locked as long as a helper of this user runs."""
    return data_home() / "helper.lock"


def log_path() -> Path:
    """The newest file of the log."""
    return data_home() / "helper.log"


def write_papers(papers: Papers, path: Path) -> None:
    """Write the file for this user alone. Raises ``OSError``."""
    content = {"port": papers.port, "token": papers.token, "pid": papers.pid}
    write_private(path, json.dumps(content).encode("ascii"))


def read_papers(path: Path) -> Papers | None:
    """What the file says; None when there is none or it is no such file. A helper that was killed leaves it behind."""
    try:
        with path.open("rb") as file:
            content = json.loads(file.read(_LARGEST))
        port, token, pid = content["port"], content["token"], content["pid"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if type(port) is not int or type(pid) is not int or not isinstance(token, str) or not 0 < port < 65536:
        return None
    return Papers(port, token, pid) if token.isascii() and token.isprintable() else None


def remove_papers(papers: Papers, path: Path) -> None:
    """Remove the file if it is still that of this helper."""
    if read_papers(path) == papers:
        path.unlink(missing_ok=True)
