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

from .programs import desktop_environment, required

WIDTH, HEIGHT = 1600, 900


class Screen:
    """One screen; programs that are started with ``environment`` show themselves on it."""

    def __init__(self, number: str, buffer: Path) -> None:
        self.environment = {**desktop_environment(), "DISPLAY": f":{number}", "SAL_USE_VCLPLUGIN": "gen"}
        self._buffer = buffer

    def focus(self, title: str) -> None:
        """Give the keyboard to the window in whose title this stands. There is no window manager here to do so when a message closes, and LibreOffice takes the first
        click into a window that has not got the keyboard for a wish to have it, and for nothing else."""
        self._xdotool("search", "--onlyvisible", "--name", title, "windowfocus", "--sync")

    def click(self, x: int, y: int) -> None:
        """Press and release the left button of the mouse there."""
        self.move(x, y)
        self._xdotool("sleep", "0.2", "mousedown", "1", "sleep", "0.1", "mouseup", "1")

    def keys(self, *keys: str) -> None:
        """Press and release keys, one after the other: ``Escape``, ``alt+g``, ``5``."""
        self._xdotool("key", "--delay", "50", *keys)

    def move(self, x: int, y: int) -> None:
        """Let the mouse rest there."""
        # Not with --sync, which waits for a movement, in vain where the mouse is there already.
        self._xdotool("mousemove", str(x - 3), str(y), "sleep", "0.1", "mousemove", str(x), str(y))

    def _xdotool(self, *arguments: str) -> None:
        command = [required("xdotool"), *arguments]
        subprocess.run(command, env=self.environment, check=True, timeout=30, stdout=subprocess.DEVNULL)

    def titles(self) -> list[str]:
        """Titles of the windows that can be seen, whatever program or eye knows of them."""
        command = [required("xdotool"), "search", "--onlyvisible", "--name", ".", "getwindowname", "%@"]
        found = subprocess.run(command, env=self.environment, check=False, timeout=30, capture_output=True, text=True)
        return found.stdout.splitlines()

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
