"""The three lines of a VBA project that say who may see and change it ([MS-OVBA] 2.3.1.15 and 2.4.3): here, everybody may."""

from __future__ import annotations

import struct

VERSION = 2
SEED = 0x5D
"""Any byte will do; a fixed one keeps the project the same from build to build."""

NOT_PROTECTED = struct.pack("<I", 0)
NO_PASSWORD = b"\x00"
VISIBLE = b"\xff"


def protection(project_id: str) -> dict[str, str]:
    """The lines ``CMG`` (protection), ``DPB`` (password) and ``GC`` (visibility) of a project that is open to be read."""
    return {
        "CMG": veil(NOT_PROTECTED, project_id),
        "DPB": veil(NO_PASSWORD, project_id),
        "GC": veil(VISIBLE, project_id),
    }


def veil(data: bytes, project_id: str) -> str:
    """``data`` as the format hides it: capital hexadecimal digits that depend on the project's identifier."""
    key = sum(project_id.encode("ascii")) & 0xFF
    veiled = [SEED, SEED ^ VERSION, SEED ^ key]
    before, last, last_but_one = key, veiled[2], veiled[1]
    filling = bytes((SEED & 6) // 2)
    for byte in filling + struct.pack("<I", len(data)) + data:
        veiled.append(byte ^ ((last_but_one + before) & 0xFF))
        before, last, last_but_one = byte, veiled[-1], last
    return bytes(veiled).hex().upper()
