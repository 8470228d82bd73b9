"""The way to a LibreOffice that listens on a socket of this machine."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.live.xlwings_import import load_xlwings

from .binding import load_uno

if TYPE_CHECKING:
    import xlwings

DEFAULT_PORT = 2002
"""The port that LibreOffice's own documents use for ``--accept=socket,host=127.0.0.1,port=2002;urp;``."""

PIPE_PREFIX = "gongkai-"
"""Begins the names of the pipes that our extension opens."""

_PIPE = re.compile(r"[A-Za-z0-9_-]{0,80}")
_PIPES = Path("/tmp")
"""Where LibreOffice makes its pipes, whatever the folder for temporary files is."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def engine() -> xlwings.Engine:
    """The xlwings engine named ``libreoffice``, registered with xlwings when first asked for."""
    module = load_xlwings()
    from .uno_engine import ENGINE

    engines = module.engines
    if ENGINE.name not in engines.engines_by_name:
        engines.add(module.Engine(impl=ENGINE))
    found: xlwings.Engine = engines.engines_by_name[ENGINE.name]
    return found


def connect(host: str = "127.0.0.1", port: int = DEFAULT_PORT, *, pipe: str = "", wait: float = 0.0) -> xlwings.App:
    """The LibreOffice that listens on a socket of this machine, or on the named pipe that our extension opens, as ``xlwings.App``.

    A LibreOffice listens on a socket when it was started with ``--accept=socket,host=127.0.0.1,port=…;urp;``; nobody else's machine is
    talked to, for such a connection knows no password. A pipe is open to its user only. ``wait`` are the seconds in which the program may
    still be starting. Raises ``WorkbookError`` when nothing answers or the Python part of LibreOffice is missing.
    """
    if host not in _LOOPBACK:
        raise WorkbookError(f"只能连接本机的 LibreOffice，不能连接“{host}”。请改用 127.0.0.1。")
    if _PIPE.fullmatch(pipe) is None or not 0 < port < 65_536:
        raise WorkbookError("LibreOffice 的连接参数无效。请在 LibreOffice 里重新点击按钮。")
    address = f"pipe,name={pipe}" if pipe else f"socket,host={host},port={port},tcpNoDelay=1"
    module = load_xlwings()
    apps = engine().impl.apps
    known = apps.find(address) or apps.attach(_context(address, wait), address)
    app: xlwings.App = module.App(impl=known)
    return app


def open_pipes() -> tuple[str, ...]:
    """Names of the pipes on which a LibreOffice with our extension listens; on Windows none can be listed."""
    if not hasattr(os, "getuid"):
        return ()
    mark = f"OSL_PIPE_{os.getuid()}_"
    names = [path.name.removeprefix(mark) for path in _PIPES.glob(f"{mark}{PIPE_PREFIX}*")]
    return tuple(sorted(name for name in names if _PIPE.fullmatch(name)))


def _context(address: str, wait: float) -> Any:
    uno = load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + wait
    while True:
        try:
            return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
        except Exception as error:  # UNO exceptions are made at run time and share no class with Python's
            if time.monotonic() >= end:
                raise WorkbookError(
                    "没有连接到 LibreOffice。请确认 LibreOffice 已经打开，并已安装本程序的扩展。"
                ) from error
            time.sleep(0.05)
