"""Run by the oldest Python that a LibreOffice for Windows brings along: opens the bridge of the extension over objects that stand in for LibreOffice's.

Argument: the folder with the extension's modules. Prints the name of the bridge and the version of this Python; ends when somebody calls ``quit``.
"""

# mypy: disable-error-code="import-not-found"
# ruff: noqa: N802
from __future__ import annotations

import sys
import threading
import types
from typing import Any

ended = threading.Event()


class Struct:
    """A struct as LibreOffice's Python shows it: the fields lie behind another object."""

    __pyunostruct__ = "com.sun.star.beans.NamedValue"

    def __init__(self, **fields: Any) -> None:
        self.__dict__["value"] = types.SimpleNamespace(**fields)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["value"], name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.__dict__["value"], name, value)


class Enum:
    """An enumeration."""

    value = "STANDARD"


class pyuno:  # noqa: N801 (what objects of LibreOffice are called in Python)
    """An object: the component context, its service manager and the desktop in one."""

    Title = "决算公开 𠀀"

    def __init__(self) -> None:
        self.listeners: list[Any] = []

    def getServiceManager(self) -> pyuno:
        return self

    def createInstanceWithContext(self, name: str, context: pyuno) -> pyuno:
        return self

    def addTerminateListener(self, listener: Any) -> None:
        self.listeners.append(listener)

    def repeated(self, value: Any) -> tuple[Any, ...]:
        return (value, Struct(Name="甲", Value=(1, 2.5, None, True)), Enum(), self)

    def quit(self) -> None:
        for listener in self.listeners:
            listener.notifyTermination(None)
        ended.set()


def create_struct(name: str) -> Struct:
    if name != Struct.__pyunostruct__:
        raise RuntimeError("no struct " + name)
    return Struct(Name="", Value=None)


def module(name: str, **content: Any) -> None:
    made = types.ModuleType(name)
    vars(made).update(content)
    sys.modules[name] = made


for package in ("com", "com.sun", "com.sun.star"):
    module(package)
module("com.sun.star.frame", XTerminateListener=type("XTerminateListener", (), {}))
module("uno", Enum=Enum, createUnoStruct=create_struct)
module("unohelper", Base=type("Base", (), {}))
sys.path.append(sys.argv[1])

from gongkai_bridge import bridge_name  # noqa: E402

print(bridge_name(pyuno()), f"{sys.version_info[0]}.{sys.version_info[1]}", flush=True)
ended.wait(120)
