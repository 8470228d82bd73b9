"""The objects of a LibreOffice, used over the bridge that our extension opens in it.

LibreOffice brings a Python of its own on Windows and macOS, and its module ``uno`` fits no other one. The bridge needs none: the
extension keeps the objects and does with them what is asked, line by line, in JSON; ``installer/README.md`` has the protocol.
"""

from __future__ import annotations

import hmac
import json
import secrets
import socket
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from gongkai_workbooks.user_folders import data_home

FOLDER = "libreoffice"
"""Where each LibreOffice leaves word of its bridge, below the folder with the user's data."""

_PATIENCE = 10.0
"""Seconds for the first words; what is asked later may take as long as it takes."""

_FREED_AT_ONCE = 1000
_LONGEST_PROOF = 256


class RaisedError(Exception):
    """What LibreOffice raised: the type that it has there, and its ``Message``."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind
        self.Message = message or kind


class Struct:
    """A struct of UNO: a value like any other, its fields are attributes."""

    def __init__(self, struct_type: str, /, **fields: Any) -> None:
        self.__dict__.update(fields)
        self._struct_type = struct_type


class Proxy:
    """An object in LibreOffice. Names with a capital letter are its properties, others its methods, as is the custom there."""

    __slots__ = ("_bridge", "_number")

    def __init__(self, bridge: Bridge, number: int) -> None:
        object.__setattr__(self, "_bridge", bridge)
        object.__setattr__(self, "_number", number)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name[0].isupper():
            return self._bridge.ask("get", self, name)
        return partial(self._call, name)

    def __setattr__(self, name: str, value: object) -> None:
        self._bridge.ask("set", self, name, value)

    def _call(self, name: str, *arguments: object) -> Any:
        return self._bridge.ask("call", self, name, *arguments)

    def __del__(self) -> None:
        self._bridge.gone.append(self._number)


class Bridge:
    """One connection. Raises ``OSError`` when nobody, or somebody else, is there."""

    def __init__(self, port: int, key: str) -> None:
        self.gone: list[int] = []
        self._turn = threading.Lock()
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._lines = self._socket.makefile("rb")
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._introduce(key)
            self._socket.settimeout(None)
        except BaseException:
            self.close()
            raise

    @property
    def context(self) -> Proxy:
        """The component context, from which all else comes."""
        return Proxy(self, 0)

    def _introduce(self, key: str) -> None:
        """Each side shows that it has the key, and does not tell it."""
        theirs = self._lines.readline(_LONGEST_PROOF).strip().decode("ascii", "replace")
        ours = secrets.token_hex(16)
        self._socket.sendall(f"{ours} {_signed(key, 'asks', theirs)}\n".encode())
        proof = self._lines.readline(_LONGEST_PROOF).strip()
        if not proof:
            raise ConnectionResetError("no room, or another key")
        if not hmac.compare_digest(proof, _signed(key, "answers", ours).encode()):
            raise ConnectionRefusedError("somebody else is there")

    def close(self) -> None:
        """End the connection; LibreOffice lets go of its objects."""
        self._lines.close()
        self._socket.close()

    def ask(self, what: str, proxy: Proxy, name: str, *arguments: object) -> Any:
        """Have something done with an object. Raises ``RaisedError``, and ``ConnectionError`` when LibreOffice or the object is gone."""
        number: int = object.__getattribute__(proxy, "_number")
        with self._turn:
            gone = self.gone[:_FREED_AT_ONCE]
            # More may have been added by now: of an object that is forgotten nobody would tell LibreOffice.
            del self.gone[: len(gone)]
            line = json.dumps([what, number, name, [self._sent(each) for each in arguments], gone])
            if self._lines.closed:
                raise ConnectionResetError("LibreOffice is gone")
            try:
                self._socket.sendall(line.encode("ascii") + b"\n")
                reply = self._lines.readline()
            except BaseException:
                # Half a line may have been sent or read: whatever follows would belong to something else.
                self.close()
                raise
        if not reply.endswith(b"\n"):
            self.close()
            raise ConnectionResetError("LibreOffice is gone")
        outcome, given = json.loads(reply)
        if outcome == "given":
            return self._got(given)
        kind, message = given
        if kind.endswith("DisposedException"):
            raise ConnectionResetError(message)
        raise RaisedError(kind, message)

    def _sent(self, value: Any) -> Any:
        if isinstance(value, Proxy):
            if object.__getattribute__(value, "_bridge") is not self:
                raise ValueError("an object of another LibreOffice")
            return {"object": object.__getattribute__(value, "_number")}
        if isinstance(value, Struct):
            fields = {name: self._sent(each) for name, each in vars(value).items() if name != "_struct_type"}
            return {"struct": value._struct_type, "fields": fields}
        return [self._sent(each) for each in value] if isinstance(value, list | tuple) else value

    def _got(self, value: Any) -> Any:
        if isinstance(value, list):
            return tuple(map(self._got, value))
        if not isinstance(value, dict):
            return value
        if "object" in value:
            return Proxy(self, value["object"])
        return Struct(value["struct"], **{name: self._got(each) for name, each in value["fields"].items()})


def open_bridge(name: str) -> Bridge:
    """The bridge of that name. Raises ``OSError`` when there is none; then nothing is left of one that ended badly."""
    path = bridge_folder() / f"{name}.json"
    try:
        place = json.loads(path.read_text(encoding="utf-8"))
        port, key = int(place["port"]), str(place["key"])
    except (ValueError, KeyError, TypeError) as error:
        raise FileNotFoundError(str(path)) from error
    try:
        return Bridge(port, key)
    except ConnectionRefusedError:
        with suppress(OSError):
            path.unlink()
        raise


def bridge_names() -> tuple[str, ...]:
    """The bridges that have been opened, some of them perhaps by a LibreOffice that is no more."""
    return tuple(sorted(path.stem for path in bridge_folder().glob("*.json")))


def bridge_folder() -> Path:
    """Where they are written down."""
    return data_home() / FOLDER


def _signed(key: str, side: str, words: str) -> str:
    return hmac.new(key.encode(), f"{side} {words}".encode(), "sha256").hexdigest()
