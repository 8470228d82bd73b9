"""A screen without a monitor: Xvfb, a mouse on it, and a picture of it."""

from __future__ import annotations

import os
import struct
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .programs import required

WIDTH, HEIGHT = 1600, 900


class Screen:
    """One screen; programs that are started with ``environment`` show themselves on it."""

    def __init__(self, number: str, buffer: Path) -> None:
        self.environment = {**os.environ, "DISPLAY": f":{number}", "SAL_USE_VCLPLUGIN": "gen"}
        self._buffer = buffer

    def click(self, x: int, y: int) -> None:
        """Press and release the left button of the mouse there."""
        program = required("xdotool")
        command = [program, "mousemove", "--sync", str(x), str(y), "sleep", "0.3", "mousedown", "1"]
        command += ["sleep", "0.1", "mouseup", "1"]
        subprocess.run(command, env=self.environment, check=True, timeout=20)

    def move(self, x: int, y: int) -> None:
        """Let the mouse rest there."""
        for near in (x - 3, x):
            command = [required("xdotool"), "mousemove", "--sync", str(near), str(y)]
            subprocess.run(command, env=self.environment, check=True, timeout=20)

    def picture(self) -> bytes:
        """What is on the screen, as PNG. Xvfb keeps it in a file in the format of the program xwd."""
        data = self._buffer.read_bytes()
        header = struct.unpack_from(">25I", data)
        width, height, line, colours = header[4], header[5], header[12], header[19]
        start = header[0] + 12 * colours
        rows = bytearray()
        for row in range(height):
            pixels = data[start + row * line : start + row * line + 4 * width]
            red_green_blue = bytearray(3 * width)
            for channel in range(3):  # stored as blue, green, red, nothing
                red_green_blue[channel::3] = pixels[2 - channel :: 4]
            rows += b"\0" + red_green_blue
        return b"".join(
            (
                b"\x89PNG\r\n\x1a\n",
                _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
                _chunk(b"IDAT", zlib.compress(bytes(rows), 9)),
                _chunk(b"IEND", b""),
            )
        )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """A screen of its own, with a number that the server chooses; ``folder`` holds its picture."""
    program = required("Xvfb")
    reading, writing = os.pipe()
    options = [
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{WIDTH}x{HEIGHT}x24",
        "-fbdir",
        str(folder),
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen([program, *options], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        time.sleep(0.2)
        yield Screen(number, folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait(20)
