"""What Windows has and wine 8 has not, as far as the packages of the product need it to start.

* ``bcryptprimitives.dll``: one function, random bytes, which programs written in Rust want.
* In ``ucrtbase.dll`` the functions for complex numbers are empty; numpy tries a few of them when it starts. gongkai uses no complex number.
"""

from __future__ import annotations

import struct
from pathlib import Path

from .forwarding import forwarding_library

_EMPTY = bytes.fromhex("4883ec28488d0d")
"""How an empty function of wine begins: it makes room and says its own name."""
_FUNCTIONS = {
    "crealf": "660f6ec1c3",  # movd xmm0, ecx; ret: two floats come in one register
    "cimagf": "48c1e920660f6ec1c3",  # shr rcx, 32; movd xmm0, ecx; ret
    "creall": "f20f1001c3",  # movsd xmm0, [rcx]; ret: two doubles come by their address
    "cimagl": "f20f104108c3",  # movsd xmm0, [rcx + 8]; ret
    "cimag": "f20f104108c3",
}
_BUILTIN = slice(64, 80)
"""Where wine writes that a library is its own; without it the one in the folder counts."""


def fill_gaps(system: Path) -> None:
    """Put what is missing into the folder ``system32`` of a Windows made of wine. Needs the override ``ucrtbase=n,b``."""
    random = system / "bcryptprimitives.dll"
    if not random.exists():
        random.write_bytes(forwarding_library(random.name, {"ProcessPrng": "advapi32.SystemFunction036"}))
    library = system / "ucrtbase.dll"
    content = bytearray(library.read_bytes())
    for name, place in _functions(content).items():
        code = bytes.fromhex(_FUNCTIONS.get(name, ""))
        if code and content[place : place + len(_EMPTY)] == _EMPTY:
            content[place : place + len(code)] = code
    content[_BUILTIN] = bytes(16)
    library.write_bytes(content)


def _functions(library: bytes | bytearray) -> dict[str, int]:
    """Where in the file each function of a 64-bit library begins."""
    [head] = struct.unpack_from("<I", library, 60)
    sections, size = struct.unpack_from("<H12xH", library, head + 6)
    spans = [struct.unpack_from("<IIII", library, head + 24 + size + 40 * number + 8) for number in range(sections)]

    def place(address: int) -> int:
        return int(next(raw + address - start for length, start, _, raw in spans if start <= address < start + length))

    exports = place(struct.unpack_from("<I", library, head + 24 + 112)[0])
    count, targets, titles, numbers = struct.unpack_from("<IIII", library, exports + 24)
    found = {}
    for index in range(count):
        title = place(struct.unpack_from("<I", library, place(titles) + 4 * index)[0])
        [number] = struct.unpack_from("<H", library, place(numbers) + 2 * index)
        [target] = struct.unpack_from("<I", library, place(targets) + 4 * number)
        if target:
            found[bytes(library[title : library.index(0, title)]).decode("ascii")] = place(target)
    return found
