"""Starting programs that may outlive this one, and that nobody speaks to."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence

if sys.platform == "win32":
    _APART = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _APART = 0


def begin(command: Sequence[str], environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a program apart from this one: it hears and says nothing, and is not ended together with it. Raises ``OSError``."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=_APART,
    )
    # Takes note of its end, should that come first: the system keeps the number of a process until somebody does, and Python complains of one
    # that it has to forget before.
    threading.Thread(target=process.wait, name="gongkai-outliving", daemon=True).start()
    return process
