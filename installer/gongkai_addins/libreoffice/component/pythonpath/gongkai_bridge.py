"""The bridge over which the helper, whatever Python it runs in, uses the objects of this LibreOffice.

Only programs of this machine reach it, and only those that know a key which stands in a file that the user alone can read. Both sides
prove that they know it. Then each line asks for something, and each is answered with one. Runs in LibreOffice's own Python, 3.8 or later.
"""

# mypy: disable-error-code="misc, no-untyped-call, import-not-found"
# ruff: noqa: N802
from __future__ import annotations

import hmac
import json
import os
import secrets
import socket
import socketserver
import threading
from contextlib import suppress
from typing import Any

import uno
import unohelper
from com.sun.star.frame import XTerminateListener
from gongkai_signal import data_home

FOLDER = "libreoffice"
PATIENCE = 10.0
"""Seconds for the first words."""

MOST = 64
"""Connections at a time; a helper has one."""

LONGEST_PROOF = 256


class Kept:
    """The objects that one connection uses; number 0 is the component context."""

    def __init__(self, context: Any) -> None:
        self._objects = {0: context}
        self._last = 0

    def answer(self, line: bytes) -> bytes:
        """Do what a line asks for."""
        try:
            what, number, name, arguments, gone = json.loads(line)
            for each in gone:
                self._objects.pop(each, None)
            given = self._done(what, self._objects[number], str(name), [self._got(each) for each in arguments])
            reply = ["given", self._sent(given)]
        except Exception as error:
            message = getattr(error, "Message", None)
            reply = ["raised", [type(error).__name__, message if isinstance(message, str) else str(error)]]
        return json.dumps(reply).encode("ascii") + b"\n"

    def _done(self, what: str, target: Any, name: str, arguments: list[Any]) -> Any:
        if name.startswith("_"):
            raise ValueError("no name of UNO: " + name)
        if what == "call":
            return getattr(target, name)(*arguments)
        if what == "get":
            return getattr(target, name)
        if what == "set":
            return setattr(target, name, *arguments)
        raise ValueError("not to be asked for: " + str(what))

    def _sent(self, value: Any) -> Any:
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, (list, tuple)):
            return [self._sent(each) for each in value]
        kind = getattr(type(value), "__pyunostruct__", None)
        if kind is not None:
            fields = [name for name in dir(value.__dict__["value"]) if not name.startswith("__")]
            return {"struct": kind, "fields": {name: self._sent(getattr(value, name)) for name in fields}}
        if isinstance(value, uno.Enum):
            return str(value.value)
        if type(value).__name__ != "pyuno":
            raise TypeError("cannot be sent: " + type(value).__name__)
        self._last += 1
        self._objects[self._last] = value
        return {"object": self._last}

    def _got(self, value: Any) -> Any:
        if isinstance(value, list):
            return tuple(self._got(each) for each in value)
        if not isinstance(value, dict):
            return value
        if "object" in value:
            return self._objects[value["object"]]
        made = uno.createUnoStruct(value["struct"])
        for name, each in value["fields"].items():
            setattr(made, name, self._got(each))
        return made


class Crossing(socketserver.StreamRequestHandler):
    """One connection."""

    timeout = PATIENCE
    disable_nagle_algorithm = True
    server: Bridge

    def handle(self) -> None:
        """Answer line by line, once it is proven who asks."""
        with suppress(OSError):
            if self._knows_the_key():
                self.connection.settimeout(None)
                kept = Kept(self.server.context)
                for line in self.rfile:
                    self.wfile.write(kept.answer(line))

    def _knows_the_key(self) -> bool:
        ours = secrets.token_hex(16)
        self.wfile.write(ours.encode() + b"\n")
        theirs, _, proof = self.rfile.readline(LONGEST_PROOF).strip().decode("ascii", "replace").partition(" ")
        if not hmac.compare_digest(proof.encode(), self.server.signed("asks", ours).encode()):
            return False
        self.wfile.write(self.server.signed("answers", theirs).encode() + b"\n")
        return True


class Bridge(socketserver.ThreadingTCPServer):
    """Listens on this machine, at a place and with a key that stand in a file."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = MOST

    def __init__(self, context: Any) -> None:
        self.context = context
        self.name = secrets.token_hex(16)
        self._key = secrets.token_hex(32)
        self._open: set[socket.socket] = set()
        folder = data_home() / FOLDER
        for place in (*reversed(folder.parents), folder):
            if not place.is_dir():
                place.mkdir(mode=0o700, exist_ok=True)
        self._path = folder / (self.name + ".json")
        super().__init__(("127.0.0.1", 0), Crossing)
        with os.fdopen(os.open(str(self._path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"port": self.server_address[1], "key": self._key}, file)
        threading.Thread(target=self.serve_forever, args=(3600,), daemon=True).start()

    def signed(self, side: str, words: str) -> str:
        """What only somebody with the key can say."""
        return hmac.new(self._key.encode(), (side + " " + words).encode(), "sha256").hexdigest()

    def server_bind(self) -> None:
        """Nobody else may listen at the same place."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        super().server_bind()

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Whether there is room for one more."""
        if len(self._open) >= MOST:
            return False
        self._open.add(request)
        return True

    def shutdown_request(self, request: Any) -> None:
        """A connection ends."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever it concerns sees that the connection is closed."""

    def close(self) -> None:
        """LibreOffice ends: so does everything here."""
        with suppress(OSError):
            self._path.unlink()
        with suppress(OSError):
            self.socket.close()
        for request in tuple(self._open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)


class Farewell(unohelper.Base, XTerminateListener):
    """Closes the bridge when LibreOffice ends."""

    def queryTermination(self, event: Any) -> None:
        """Nothing of ours keeps LibreOffice from ending."""

    def notifyTermination(self, event: Any) -> None:
        """It ends."""
        while bridges:
            bridges.pop().close()

    def disposing(self, event: Any) -> None:
        """It has ended."""


bridges: list[Bridge] = []
"""The bridge, once somebody asked for it."""


def bridge_name(context: Any) -> str:
    """The name of the bridge, which is opened when it is first asked for; nothing where its file cannot be written. The helper cannot be there either then."""
    if not bridges:
        try:
            bridges.append(Bridge(context))
        except OSError:
            return ""
        desktop = context.getServiceManager().createInstanceWithContext("com.sun.star.frame.Desktop", context)
        desktop.addTerminateListener(Farewell())
    return bridges[0].name
