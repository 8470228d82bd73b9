"""Speaking to the helper: from the command line, and for whoever starts it."""

from __future__ import annotations

import http.client
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from .guard import TOKEN_HEADER
from .lock import TakenError, held
from .outliving import begin
from .papers import Papers, lock_path, papers_path, read_papers

SECONDS = 3.0
T = TypeVar("T")
_LARGEST = 8 * 1024 * 1024


class HelperError(Exception):
    """The helper did not do what it was asked; ``str()`` is a Chinese sentence."""


def call(papers: Papers, method: str, action: str, content: Mapping[str, object] | None = None) -> dict[str, object]:
    """Send one request and return what is answered. Raises ``HelperError``."""
    connection = http.client.HTTPConnection("127.0.0.1", papers.port, timeout=SECONDS)
    try:
        body = json.dumps(content or {}).encode() if method == "POST" else None
        headers = {TOKEN_HEADER: papers.token, "Content-Type": "application/json"}
        connection.request(method, f"/v1/{action}", body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read(_LARGEST))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise HelperError("常驻程序没有回答。") from error
    finally:
        connection.close()
    if not isinstance(answer, dict):
        raise HelperError("常驻程序的回答无法理解。")
    if response.status >= 400:
        raise HelperError(str(answer.get("error", "常驻程序拒绝了请求。")))
    return answer


def running(path: Path | None = None) -> Papers | None:
    """The papers of the helper that runs and answers; None when there is none."""
    papers = read_papers(papers_path() if path is None else path)
    if papers is None:
        return None
    try:
        call(papers, "GET", "status")
    except HelperError:
        return None
    return papers


def start(seconds: float = 20.0) -> Papers:
    """The running helper, started if need be, apart from this process. Raises ``HelperError``."""
    papers = running()
    if papers is not None:
        return papers
    command = [_windowless(sys.executable), "-m", "gongkai", "helper", "run"]
    try:
        process = begin(command)
    except OSError as error:
        raise HelperError(f"常驻程序无法启动（{error.strerror}）。") from error
    papers = _awaited(running, seconds, lambda: process.poll() is None)
    if papers is None:
        raise HelperError("常驻程序没有启动成功，用 gongkai helper run 查看原因。")
    return papers


def stop(seconds: float = 70.0) -> bool:
    """End the helper and wait until it is gone; False when none runs. Raises ``HelperError``."""
    papers = running()
    if papers is None:
        return False
    call(papers, "POST", "stop")
    if _awaited(_gone, seconds) is None:
        raise HelperError("常驻程序还在处理一个操作，没有结束。")
    return True


def _gone() -> bool | None:
    """True once the helper has let go of everything; none can be found from the moment it is told to end, while it may still be at work."""
    try:
        with held(lock_path()):
            return True
    except TakenError:
        return None


def _windowless(executable: str) -> str:
    """``pythonw.exe`` where it stands beside ``python.exe``."""
    beside = Path(executable).with_name("pythonw.exe")
    return str(beside) if sys.platform == "win32" and beside.exists() else executable


def _awaited(look: Callable[[], T | None], seconds: float, worthwhile: Callable[[], bool] = lambda: True) -> T | None:
    limit = time.monotonic() + seconds
    while True:
        found = look()
        if found is not None or time.monotonic() > limit or not worthwhile():
            return found
        time.sleep(0.1)
