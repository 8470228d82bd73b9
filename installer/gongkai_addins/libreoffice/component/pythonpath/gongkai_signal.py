"""Hands an action over to the helper, a program of the same user that listens on this machine only.

Runs in LibreOffice's own Python, 3.8 or later, and needs nothing but the standard library.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

ACCEPTED, READY, UNKNOWN = 202, 200, 404
NOBODY, LATE = 0, -1

TIMEOUT = 30
"""Seconds without a reply after which a helper is taken for stuck: a machine may be busy, and nobody is held up meanwhile. An answer is awaited for 10 of them."""

GLANCE = 0.1
"""Seconds between two looks at what became of an action, or is becoming of a helper that starts."""

MOST_IDLE = 5
"""More looks than these at a helper that does nothing and has no answer are in vain."""

NEVER = "999999999"
"""The number of no action."""

PATIENCE = 20
"""Seconds that a helper may take to start."""

IN_VAIN = 600
"""Seconds after a helper did not start in which that is not tried again: nobody waits for it at every click."""

LONGEST = 1800
"""Seconds that one action may take without a helper."""

WINDOWS_SETTING = r"Software\VB and VBA Program Settings\gongkai\helper"
"""Where the Windows setup wrote how the helper is started; Excel's macros read the same."""

SPOILING = ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "LD_PRELOAD")
"""What LibreOffice sets for its own Python, and another Python must not inherit."""


def data_home() -> Path:
    """The folder in which the helper leaves word of itself."""
    home = Path.home()
    if sys.platform == "win32":
        given = os.environ.get("LOCALAPPDATA")
        return Path(given) / "gongkai" if given else home / "AppData" / "Local" / "gongkai"
    given = os.environ.get("XDG_DATA_HOME")
    if given and Path(given).is_absolute():
        return Path(given) / "gongkai"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "gongkai"
    return home / ".local" / "share" / "gongkai"


class Reply(NamedTuple):
    """What the helper replied: the status of HTTP, ``NOBODY`` when there is none, ``LATE`` when it was not heard of in time; and what stood in it."""

    status: int
    content: dict[str, Any]


def signal(action: str, request: dict[str, Any]) -> Reply:
    """Ask the helper for an action: status ``ACCEPTED`` and the ``number`` under which its answer will be found."""
    return _send("POST", "/v1/" + action, json.dumps(request).encode("ascii"))


def listening() -> bool:
    """Whether the helper answers."""
    return _send("GET", "/v1/status", b"").status == READY


def answer(number: int) -> dict[str, Any] | None:
    """Wait for the answer to an action; empty when others have taken its place, None when the helper is gone or is another one."""
    idle = 0
    while True:
        reply = _send("GET", "/v1/awaited/" + str(number), b"")
        if reply.status == UNKNOWN:  # a helper from before it could be waited for
            reply = _send("GET", "/v1/status", b"")
        if reply.status != READY:
            return None
        last = reply.content.get("last") or {}
        if last.get("number", 0) >= number:
            return last if last["number"] == number else {}
        # Between two actions a helper is idle for a moment; one that stays so knows nothing of this action.
        idle = idle + 1 if reply.content.get("state") == "idle" and number not in reply.content.get("done", ()) else 0
        if idle > MOST_IDLE:
            return None
        time.sleep(GLANCE)


def cancel() -> None:
    """Say that the user has changed his mind; what is being done ends unless it has begun to write."""
    _send("POST", "/v1/cancel", b"{}")


def await_end() -> None:
    """Wait until the helper is gone."""
    while _send("GET", "/v1/awaited/" + NEVER, b"").status == READY:
        time.sleep(GLANCE)


def start() -> bool:
    """Start the helper and wait until it answers; False when it does not, or did not a moment ago, or nobody knows how to start it."""
    command = start_command()
    if command is None or time.monotonic() < _resting[0]:
        return False
    process = _begun(command, subprocess.DEVNULL)
    if process is not None:
        # Takes note of the helper's end, should that come before LibreOffice's.
        threading.Thread(target=process.wait, daemon=True).start()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            time.sleep(GLANCE)
            if listening():
                return True
            if process.poll() is not None:
                break
    _resting[0] = time.monotonic() + IN_VAIN
    return False


_resting = [0.0]
"""Until when starting the helper is not tried again."""


def alone(action: str, request: dict[str, Any]) -> dict[str, Any] | None:
    """Have an action done by a program that ends with it, where no helper can be; its answer, None when it ends without one.

    Raises ``OSError`` when it cannot be started.
    """
    command = click_command()
    process = None if command is None else _begun([*command, action], subprocess.PIPE)
    if process is None:
        raise OSError("no program for one click")
    killer = threading.Timer(LONGEST, process.kill)
    killer.daemon = True
    killer.start()
    try:
        text, _ = process.communicate(json.dumps(request).encode("ascii"))
        content = json.loads(text.decode("utf-8"))
    except (OSError, ValueError):
        return None
    finally:
        killer.cancel()
    return content if isinstance(content, dict) else None


def _begun(command: list[str], pipe: int) -> subprocess.Popen[bytes] | None:
    """A program of ours, apart from LibreOffice's Python; ``pipe`` is its standard input and output. None when it cannot be started."""
    surroundings = {name: value for name, value in os.environ.items() if name not in SPOILING}
    try:
        return subprocess.Popen(
            command,
            env=surroundings,
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            start_new_session=sys.platform != "win32",
        )
    except OSError:
        return None


def start_command() -> list[str] | None:
    """How the helper is started: as the Windows setup wrote down, else by the command ``gongkai``."""
    return _command("start", "run")


def click_command() -> list[str] | None:
    """How one action is done without the helper, but for the action: from the same places."""
    return _command("click", "click")


def _command(setting: str, what: str) -> list[str] | None:
    if sys.platform == "win32":
        command = _windows_setting(setting)
        if command is not None:
            return command
    places = os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path.home() / ".local" / "bin")])
    program = shutil.which("gongkai", path=places)
    return None if program is None else [program, "helper", what]


def _windows_setting(name: str) -> list[str] | None:
    if sys.platform != "win32":
        return None
    import shlex
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, WINDOWS_SETTING) as key:
            line, _ = winreg.QueryValueEx(key, name)
    except OSError:
        return None
    # A path of Windows in quotation marks, then words without any.
    return [word.strip('"') for word in shlex.split(str(line), posix=False)]


def _send(method: str, path: str, body: bytes) -> Reply:
    try:
        place = json.loads((data_home() / "helper.json").read_text(encoding="utf-8"))
        headers = {"Content-Type": "application/json", "X-Gongkai-Token": str(place["token"])}
        connection = http.client.HTTPConnection("127.0.0.1", int(place["port"]), timeout=TIMEOUT)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
    except socket.timeout:  # noqa: UP041 (an error of its own before Python 3.10)
        return Reply(LATE, {})
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return Reply(NOBODY, {})
    try:
        content = json.loads(text.decode("utf-8"))
    except ValueError:
        content = None
    return Reply(response.status, content if isinstance(content, dict) else {})
