"""Objects of the model as objects of COM: what is asked for is found by name, what Excel would refuse is refused with its numbers."""

# pywin32 is there on Windows alone.
# mypy: disable-error-code="import-not-found,import-untyped,attr-defined,misc,unused-ignore,no-any-return"

from __future__ import annotations

import datetime
import os
import types
from typing import Any

import pythoncom
import pywintypes
import winerror
from win32com.server.exception import COMException
from win32com.server.policy import BasicWrapPolicy
from win32com.server.util import NewEnum, unwrap, wrap

from tests.workbooks.live.object_cells import Gone, Refused, Rejected

from .faces import MODEL, Count, Sheets, get, has, put
from .named_arguments import NAMED, type_information

KINDS = (*MODEL, Sheets, Count)
_names: list[str] = ["Value"]
"""Every name that was asked for; its number is the place here, and 0 is what stands for the object itself."""


class ExcelPolicy(BasicWrapPolicy):
    """How COM's questions reach one object."""

    def _wrap_(self, thing: Any) -> None:
        self._obj_ = thing
        self._com_interfaces_ = [pythoncom.IID_IDispatch]

    def _GetTypeInfoCount_(self) -> int:  # noqa: N802
        return int(type(self._obj_) in NAMED)

    def _GetTypeInfo_(self, index: int, lcid: int) -> Any:  # noqa: N802
        if type(self._obj_) not in NAMED:
            raise COMException(scode=winerror.DISP_E_BADINDEX)
        return 0, type_information(type(self._obj_), number_of)

    def _getdispid_(self, name: str, fdex: int) -> int:
        found = next((known for known in (name, name[:1].upper() + name[1:]) if has(self._obj_, known)), None)
        if found is None:
            raise COMException(scode=winerror.DISP_E_UNKNOWNNAME, desc=f"{type(self._obj_).__name__} has no {name}")
        return number_of(found)

    def _invoke_(self, number: int, lcid: int, flags: int, given: Any) -> tuple[int, int, Any]:
        try:
            return winerror.S_OK, -1, self._answered(number, flags, tuple(_received(value) for value in given))
        except Rejected as error:
            # Not an exception of the program: the call itself fails.
            return error.hresult, -1, None
        except Gone:
            os._exit(1)
        except Refused as error:
            raise COMException(desc=str(error), scode=-2_146_827_284, source="Microsoft Excel") from error

    def _answered(self, number: int, flags: int, given: tuple[Any, ...]) -> Any:
        thing = self._obj_
        if number == pythoncom.DISPID_NEWENUM:
            return NewEnum([sent(each) for each in thing])
        if flags & (pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF):
            return put(thing, _names[number], given[-1])
        if number == pythoncom.DISPID_VALUE and not has(thing, "Value"):
            return sent(thing(*given) if given else getattr(thing, "Name", ""))
        value = get(thing, _names[number])
        if isinstance(value, types.MethodType | types.FunctionType):
            arguments = NAMED.get(type(thing), {}).get(_names[number], ())
            if flags & pythoncom.DISPATCH_METHOD:
                named = dict(zip(arguments, given, strict=False))
                given = given[len(arguments) :]
                return sent(value(*given, **{name: each for name, each in named.items() if each is not None}))
            # wine's type information is of a kind that pywin32 learns from, but passes over once: being told that the
            # program is busy, xlwings has it ask again.
            if arguments:
                raise Rejected
            raise COMException(scode=winerror.DISP_E_MEMBERNOTFOUND)
        return sent(value(*given) if given and callable(value) else value)


def number_of(name: str) -> int:
    """The number under which COM asks for a name from then on."""
    if name not in _names:
        _names.append(name)
    return _names.index(name)


def served(thing: Any) -> Any:
    """The object for COM."""
    return wrap(thing, usePolicy=ExcelPolicy)


def sent(value: Any) -> Any:
    """A value as COM carries it: objects served, errors of cells as the whole numbers that arrive either way: pywin32 sends no other."""
    if isinstance(value, KINDS):
        return served(value)
    if isinstance(value, tuple):
        # A list: of a tuple pywin32 would take the first part for the answer, the others for changed arguments.
        return [tuple(sent(cell) for cell in row) for row in value]
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=datetime.UTC)  # pywin32 asks for one, and Excel knows none
    return value


def _received(value: Any) -> Any:
    """A value that came over COM: an object of ours as the one behind it; nothing for what was left out."""
    if isinstance(value, type(pythoncom.Missing)) or value is pythoncom.Missing or value is pythoncom.Empty:
        return None
    if type(value) is pythoncom.TypeIIDs[pythoncom.IID_IDispatch]:
        return unwrap(value)._obj_ if hasattr(unwrap(value), "_obj_") else unwrap(value)
    if isinstance(value, tuple):
        return tuple(tuple(_received(cell) for cell in row) if isinstance(row, tuple) else row for row in value)
    assert not isinstance(value, pywintypes.TimeType) or value.year
    return value
