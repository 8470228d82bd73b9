"""The window 检查助手 as a page in the browser, for a Python that can show no windows of its own: who may see it, and what is sent."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from html import escape
from importlib.resources import files

from gongkai.desk.actions import ACTIONS
from gongkai.desk.preferences import known_settings
from gongkai_checks.rounding import PROFILE_LABELS

ROOT = "/window/"
SETTINGS = "#settings"
"""Behind the path: the page begins with the form for the settings."""
SECONDS = 60.0
"""A ticket is good for so long, and for one page."""
MOST_TICKETS = 8
ROWS = (
    (
        "check_workbook",
        "check_sheet",
        "check_folder",
        "previous_finding",
        "next_finding",
        "show_results",
        "errors_only",
    ),
    ("fix_selected", "fix_safe", "undo_last", "show_marks", "clear_marks", "explain_rule", "settings", "doctor"),
)
"""The buttons of the window, line by line."""


NO_SHEET = "请先在清单里选中要看的那张表的一行，再点“检查本表”；还没有清单的，先点“检查当前工作簿”。"


class Page:
    """The page and its own token, by which the helper knows requests that come from it; the token of the buttons is not given away."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.token = secrets.token_urlsafe(32)
        self._clock = clock
        self._tickets: dict[str, float] = {}
        self._lock = threading.Lock()

    def ticket(self) -> str:
        """The path under which the page can be opened once, soon."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._tickets[ticket] = self._clock() + SECONDS
            while len(self._tickets) > MOST_TICKETS:
                del self._tickets[next(iter(self._tickets))]
        return ROOT + ticket

    def admits(self, path: str) -> bool:
        """Whether the path holds a good ticket, which is used up by that."""
        with self._lock:
            end = self._tickets.pop(path.removeprefix(ROOT), 0.0)
        return end > self._clock()

    def content(self, *, admitted: bool) -> tuple[bytes, Mapping[str, str]]:
        """The page, and the headers that keep others out of it. Only to whom a ticket was given it brings the token along."""
        nonce = secrets.token_urlsafe(16)
        known = {
            "token": self.token if admitted else "",
            "settings": known_settings() if admitted else {},
            "no_sheet": NO_SHEET,
            "alone": [name for name, action in ACTIONS.items() if action.visit is None],
        }
        profiles = "".join(f'<option value="{name}">{escape(label)}</option>' for name, label in PROFILE_LABELS.items())
        text = files("gongkai.helper").joinpath("page.html").read_text(encoding="utf-8")
        for name, value in (
            ("{nonce}", nonce),
            ("{buttons}", "".join(f"<div>{_buttons(row)}</div>" for row in ROWS)),
            ("{profiles}", profiles),
            ("{known}", json.dumps(known).replace("<", "\\u003c")),
        ):
            text = text.replace(name, value)
        return text.encode(), {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
            "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
        }


def _buttons(names: tuple[str, ...]) -> str:
    return "".join(f'<button data-action="{name}">{escape(ACTIONS[name].label)}</button>' for name in names)
