"""The way to a LibreOffice that listens on a socket of this machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.live.xlwings_import import load_xlwings

from .binding import load_uno

if TYPE_CHECKING:
    import xlwings

DEFAULT_PORT = 2002
"""The port that LibreOffice's own documents use for ``--accept=socket,host=127.0.0.1,port=2002;urp;``."""

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


def connect(host: str = "127.0.0.1", port: int = DEFAULT_PORT, *, wait: float = 0.0) -> xlwings.App:
    """The LibreOffice that was started with ``--accept=socket,host=127.0.0.1,port=…;urp;``, as ``xlwings.App``.

    Only this machine is talked to: the connection knows no password. ``wait`` are the seconds in which the program may still be
    starting. Raises ``WorkbookError`` when nothing answers or the Python part of LibreOffice is missing.
    """
    if host not in _LOOPBACK:
        raise WorkbookError(f"只能连接本机的 LibreOffice，不能连接“{host}”。请改用 127.0.0.1。")
    module = load_xlwings()
    impl = engine().impl
    known = impl.apps.find(port)
    if known is None:
        known = impl.apps.attach(_context(host, port, wait), port)
    app: xlwings.App = module.App(impl=known)
    return app


def _context(host: str, port: int, wait: float) -> Any:
    uno = load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    address = f"uno:socket,host={host},port={port},tcpNoDelay=1;urp;StarOffice.ComponentContext"
    end = time.monotonic() + wait
    while True:
        try:
            return resolver.resolve(address)
        except Exception as error:  # UNO exceptions are made at run time and share no class with Python's
            if time.monotonic() >= end:
                raise WorkbookError(
                    f"没有连接到 LibreOffice（端口 {port}）。请确认 LibreOffice 已经打开，并已安装本程序的扩展。"
                ) from error
            time.sleep(0.05)
