"""Asking for the password of an encrypted workbook, where there is somebody to ask."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from pathlib import Path

from .console import Console, is_terminal
from .language import Words
from .paths import shown_path

TRIES = 3


def asked_passwords(path: Path, console: Console, words: Words) -> Iterator[str]:
    """The passwords that are typed in, one after the other, until the next one is not asked for; none away from a terminal."""
    if sys.stdin is None or not is_terminal(sys.stdin) or not is_terminal(console.err):
        return
    console.clear_status()
    for _ in range(TRIES):
        shown = shown_path(path)
        password = getpass.getpass(
            words(f"{shown} 已加密，请输入密码（回车跳过）：", f"Password of {shown} (empty: skip): ")
        )
        if not password:
            return
        yield password
