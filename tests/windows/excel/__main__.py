"""``python -m tests.windows.excel excel|wps WORKBOOK…``: be a spreadsheet program that has these workbooks open, until somebody ends it."""

# pywin32 is there on Windows alone.
# mypy: disable-error-code="import-not-found,import-untyped,attr-defined,misc,unused-ignore,no-any-return"

from __future__ import annotations

import ctypes
import os
import sys
import winreg
from ctypes import c_void_p
from pathlib import Path
from typing import Any

import pythoncom
import win32api
import win32gui

from tests.workbooks.live.memory_engine import open_in_memory
from tests.workbooks.live.object_model import Application

from .serving import served

_WM_GETOBJECT, _NATIVE = 0x003D, 0xFFFFFFF0
_WPS = "{45540001-5750-5300-4B49-4E47534F4654}"
_IDISPATCH = bytes(memoryview(pythoncom.IID_IDispatch))


def main() -> None:
    """Open the workbooks, let COM find the program, and answer."""
    kind, *names = sys.argv[1:]
    model: Application = open_in_memory(*map(Path, names)).api
    for book, name in zip(model.workbooks, names, strict=True):
        book.FullName = str(Path(name))
    pythoncom.CoInitialize()
    application = served(model)
    if kind == "wps":
        model.Name, model.Path = "WPS 表格", "C:\\Program Files\\Kingsoft\\WPS Office"
        _register("Ket.Application")
        pythoncom.RegisterActiveObject(application, _WPS, 0)
    else:
        window = served(model.workbooks[0].window)
        model.Hwnd = _windows(window)
    print(f"ready {os.getpid()}", flush=True)
    pythoncom.PumpMessages()


def _register(name: str) -> None:
    """Tell the registry of the user which class a program's name means."""
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"Software\Classes\{name}\CLSID") as key:
        winreg.SetValueEx(key, "", 0, winreg.REG_SZ, _WPS)


def _windows(native: Any) -> int:
    """Excel's window, its desk in it, and in that the window of a workbook, which hands out its object to whoever asks."""
    pointer = c_void_p(int(repr(native).rpartition("obj at ")[2].rstrip(">"), 16))

    def hand_out(window: int, message: int, word: int, long: int) -> int:
        if long & 0xFFFFFFFF != _NATIVE:
            return int(win32gui.DefWindowProc(window, message, word, long))
        give = ctypes.windll.oleacc.LresultFromObject
        give.restype, give.argtypes = ctypes.c_ssize_t, (c_void_p, ctypes.c_size_t, c_void_p)
        return int(give(ctypes.create_string_buffer(_IDISPATCH, 16), word, pointer))

    parent = 0
    handles = []
    for name in ("XLMAIN", "XLDESK", "EXCEL7"):
        described = win32gui.WNDCLASS()
        described.lpszClassName = name
        described.hInstance = win32api.GetModuleHandle(None)
        described.lpfnWndProc = {_WM_GETOBJECT: hand_out} if name == "EXCEL7" else {}
        win32gui.RegisterClass(described)
        style = 0x10CF0000 if not parent else 0x50000000
        parent = win32gui.CreateWindowEx(0, name, "", style, 0, 0, 400, 300, parent, 0, described.hInstance, None)
        handles.append(parent)
    return int(handles[0])


if __name__ == "__main__":
    main()
