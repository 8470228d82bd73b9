"""A VBA project made of source text only ([MS-OVBA]): Excel compiles it when it opens the add-in.

It refers to no library besides those every project has, so that no missing one can keep it from compiling; modules are late bound.
"""

from __future__ import annotations

import re
import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from .compound_file import compound_file
from .compression import compress
from .protection import protection

CODE_PAGE = 1252
LANGUAGE = 0x409
HOST_EXTENDER = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
SOURCE_ONLY = bytes.fromhex("cc61ffff000100")
"""The stream ``_VBA_PROJECT`` of a project without compiled code: whoever opens it compiles the source."""

WORKBOOK_CLASS, SHEET_CLASS = "00020819", "00020820"
NAME_LINE = re.compile(r'Attribute VB_Name = "([A-Za-z][A-Za-z0-9_]{0,30})"')


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its name, its source with CR LF, and whether it belongs to the workbook or a sheet of it."""

    name: str
    source: str
    document: bool = False


def standard_module(text: str) -> Module:
    """The module of an exported ``.bas`` text. Raises ``ValueError`` when it has no name or letters that depend on a code page."""
    named = NAME_LINE.match(text)
    if named is None:
        raise ValueError("a module begins with the line Attribute VB_Name")
    if not text.isascii():
        raise ValueError(f"{named[1]}: a module holds ASCII only; texts belong into texts.toml")
    return Module(named[1], "\r\n".join(text.splitlines()) + "\r\n")


def document_module(name: str, clsid: str, text: str = "") -> Module:
    """The module that a workbook (``WORKBOOK_CLASS``) or a sheet (``SHEET_CLASS``) has; ``text`` hears its events. Raises ``ValueError`` as above."""
    if not text.isascii():
        raise ValueError(f"{name}: a module holds ASCII only; texts belong into texts.toml")
    lines = (
        f'VB_Name = "{name}"',
        f'VB_Base = "0{{{clsid}-0000-0000-C000-000000000046}}"',
        "VB_GlobalNameSpace = False",
        "VB_Creatable = False",
        "VB_PredeclaredId = True",
        "VB_Exposed = True",
        "VB_TemplateDerived = False",
        "VB_Customizable = True",
    )
    source = [*(f"Attribute {line}" for line in lines), *text.splitlines()]
    return Module(name, "".join(f"{line}\r\n" for line in source), document=True)


def vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """The file ``vbaProject.bin`` of a project called ``name``."""
    project_id = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'vba:{name}')}}}".upper()
    streams = {module.name: compress(_encoded(module.source)) for module in modules}
    return compound_file(
        {
            "VBA": {"_VBA_PROJECT": SOURCE_ONLY, "dir": compress(_directory(name, modules)), **streams},
            "PROJECT": _project(name, project_id, modules),
            "PROJECTwm": b"".join(_encoded(module.name) + b"\0" + _wide(module.name) + b"\0\0" for module in modules)
            + b"\0\0",
        }
    )


def _directory(name: str, modules: Sequence[Module]) -> bytes:
    """The stream ``dir``: records of the project, then of each module."""
    records = [
        _record(0x01, _long(1)),  # system: 32-bit Windows, which 64-bit Excel writes as well
        _record(0x02, _long(LANGUAGE)),
        _record(0x14, _long(LANGUAGE)),
        _record(0x03, struct.pack("<H", CODE_PAGE)),
        _record(0x04, _encoded(name)),
        _record(0x05) + _record(0x40),  # description
        _record(0x06) + _record(0x3D),  # help file
        _record(0x07, _long(0)),  # help context
        _record(0x08, _long(0)),  # flags
        struct.pack("<HIIH", 0x09, 4, 0x61EEF783, 3),  # version; its length leaves out the minor one
        _record(0x0C) + _record(0x3C),  # constants
        _record(0x0F, struct.pack("<H", len(modules))),
        _record(0x13, b"\xff\xff"),
    ]
    for module in modules:
        records += [
            _record(0x19, _encoded(module.name)) + _record(0x47, _wide(module.name)),
            _record(0x1A, _encoded(module.name)) + _record(0x32, _wide(module.name)),  # name of its stream
            _record(0x1C) + _record(0x48),  # description
            _record(0x31, _long(0)),  # where the source begins in its stream
            _record(0x1E, _long(0)),  # help context
            _record(0x2C, b"\xff\xff"),
            _record(0x22 if module.document else 0x21),
            _record(0x2B),
        ]
    return b"".join([*records, _record(0x10)])


def _project(name: str, project_id: str, modules: Sequence[Module]) -> bytes:
    """The stream ``PROJECT``: the same in lines of text, with protection and windows."""
    lines = [f'ID="{project_id}"']
    lines += [
        f"Document={module.name}/&H00000000" if module.document else f"Module={module.name}" for module in modules
    ]
    lines += [f'Name="{name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    lines += [f'{key}="{value}"' for key, value in protection(project_id).items()]
    lines += ["", "[Host Extender Info]", HOST_EXTENDER, "", "[Workspace]"]
    lines += [f"{module.name}=0, 0, 0, 0, C" for module in modules]
    return _encoded("".join(f"{line}\r\n" for line in lines))


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _long(value: int) -> bytes:
    return struct.pack("<I", value)


def _encoded(text: str) -> bytes:
    return text.encode("ascii")


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")
