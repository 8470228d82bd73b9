"""The user's part of the Windows registry."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import winreg  # noqa: E402 (only there)


class WindowsRegistry:
    """The keys below HKEY_CURRENT_USER."""

    def read(self, key: str, name: str) -> str | None:
        """A text; None when it is not there."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
        except OSError:
            return None

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text, with the keys above it."""
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

    def remove(self, key: str, name: str) -> None:
        """Remove a text; keys of the program's own that are empty then go too."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return
        while "\\gongkai" in key:
            try:
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
            except OSError:  # not empty
                return
            key = key.rpartition("\\")[0]
