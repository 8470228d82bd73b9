"""The names of arguments, which a caller learns from type information: ``Add(Before=…)`` goes over COM only where it is there."""

# pywin32 is there on Windows alone.
# mypy: disable-error-code="import-not-found,import-untyped,attr-defined,misc,unused-ignore,no-any-return"

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import POINTER, Structure, byref, c_int, c_uint, c_ushort, c_void_p, c_wchar_p
from typing import Any

import pythoncom

from tests.workbooks.live.object_cells import Hyperlinks, SheetNames
from tests.workbooks.live.object_model import Worksheet

from .faces import Sheets

NAMED: dict[type, dict[str, tuple[str, ...]]] = {
    Sheets: {"Add": ("Before", "After", "Count", "Type")},
    Worksheet: {"Move": ("Before", "After")},
    SheetNames: {"Add": ("Name", "RefersTo", "Visible")},
    Hyperlinks: {"Add": ("Anchor", "Address", "SubAddress")},
}
_made: dict[type, Any] = {}


class _Parameter(Structure):
    _fields_ = [("name", c_wchar_p), ("kind", c_ushort)]


class _Method(Structure):
    _fields_ = [
        ("name", c_wchar_p),
        ("parameters", POINTER(_Parameter)),
        ("number", c_int),
        ("place", c_uint),
        ("convention", c_int),
        ("count", c_uint),
        ("flags", c_ushort),
        ("kind", c_ushort),
    ]


class _Interface(Structure):
    _fields_ = [("methods", POINTER(_Method)), ("count", c_uint)]


def type_information(kind: type, number_of: Callable[[str], int]) -> Any:
    """What COM is told of the methods of a kind of object."""
    if kind not in _made:
        methods = []
        for place, (name, arguments) in enumerate(NAMED[kind].items()):
            parameters = (_Parameter * len(arguments))(
                *(_Parameter(argument, pythoncom.VT_VARIANT) for argument in arguments)
            )
            methods.append(
                _Method(
                    name,
                    parameters,
                    number_of(name),
                    place,
                    4,  # CC_STDCALL
                    len(arguments),
                    pythoncom.DISPATCH_METHOD,
                    pythoncom.VT_VARIANT,
                )
            )
        described = _Interface((_Method * len(methods))(*methods), len(methods))
        pointer = c_void_p()
        ctypes.oledll.oleaut32.CreateDispTypeInfo(byref(described), 0x0804, byref(pointer))
        # That is a class; its methods are those of the interface that it names first.
        whole = python_object(pointer, pythoncom.IID_ITypeInfo)
        _made[kind] = whole.GetRefTypeInfo(whole.GetRefTypeOfImplType(0))
    return _made[kind]


def python_object(pointer: c_void_p, interface: Any) -> Any:
    """The object of pywin32 for an interface that something else has a pointer to."""
    convert = ctypes.PyDLL(pythoncom.__file__).PyCom_PyObjectFromIUnknown
    convert.restype = ctypes.py_object
    identifier = (ctypes.c_char * 16).from_buffer_copy(bytes(memoryview(interface)))
    return convert(pointer, byref(identifier), True)
