"""The way to a LibreOffice of this machine: over the bridge of our extension, or to one that listens on a socket."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.live.xlwings_import import load_xlwings

from .binding import load_uno
from .bridge import Struct, open_bridge
from .errands.document import struct
from .way import Way

if TYPE_CHECKING:
    import xlwings

DEFAULT_PORT = 2002
"""The port that LibreOffice's own documents use for ``--accept=socket,host=127.0.0.1,port=2002;urp;``."""

_NAME = re.compile(r"[0-9a-f]{0,80}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NOBODY = "没有连接到 LibreOffice。请确认 LibreOffice 已经打开，并已安装本程序的扩展。"


def engine() -> xlwings.Engine:
    """The xlwings engine named ``libreoffice``, registered with xlwings when first asked for."""
    module = load_xlwings()
    from .uno_engine import ENGINE

    engines = module.engines
    if ENGINE.name not in engines.engines_by_name:
        engines.add(module.Engine(impl=ENGINE))
    found: xlwings.Engine = engines.engines_by_name[ENGINE.name]
    return found


def connect(host: str = "127.0.0.1", port: int = DEFAULT_PORT, *, bridge: str = "", wait: float = 0.0) -> xlwings.App:
    """The LibreOffice behind the bridge of that name, which our extension opens, or the one that listens on a socket, as ``xlwings.App``.

    A bridge is open to its user only, and to every Python. A LibreOffice listens on a socket when it was started with
    ``--accept=socket,host=127.0.0.1,port=…;urp;``; nobody else's machine is talked to, for such a connection knows no password, and this
    Python must be one that can load LibreOffice's module ``uno``. ``wait`` are the seconds in which such a program may still be starting.
    Raises ``WorkbookError`` when nothing answers or the Python part of LibreOffice is missing.
    """
    if host not in _LOOPBACK:
        raise WorkbookError(f"只能连接本机的 LibreOffice，不能连接“{host}”。请改用 127.0.0.1。")
    if _NAME.fullmatch(bridge) is None or not 0 < port < 65_536:
        raise WorkbookError("LibreOffice 的连接参数无效。请在 LibreOffice 里重新点击按钮。")
    module = load_xlwings()
    apps = engine().impl.apps
    known = apps.find(_address(bridge, port))
    if known is None:
        known = apps.attach(_over_bridge(bridge) if bridge else _over_socket(port, wait))
    app: xlwings.App = module.App(impl=known)
    return app


def _address(bridge: str, port: int) -> str:
    return f"bridge,name={bridge}" if bridge else f"socket,host=127.0.0.1,port={port},tcpNoDelay=1"


def _over_bridge(name: str) -> Way:
    try:
        found = open_bridge(name)
    except OSError as error:
        raise WorkbookError(_NOBODY) from error
    return Way(
        address=_address(name, 0),
        locator={"bridge": name},
        context=found.context,
        struct=Struct,
        needs_extension=True,
        close=found.close,
    )


def _over_socket(port: int, wait: float) -> Way:
    address = _address("", port)
    return Way(
        address=address,
        locator={"port": port},
        context=_context(address, wait),
        struct=struct,
        needs_extension=False,
        close=lambda: None,  # UNO does so when the last object goes
    )


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
                raise WorkbookError(_NOBODY) from error
            time.sleep(0.05)
