"""The desk at which the actions work: the rules, loaded once; the settings; and what is known of each workbook."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from gongkai.session import Session
from gongkai.settings import Settings
from gongkai_workbooks.user_folders import data_home

from .begun import Begun
from .examined import Examined
from .open_workbook import OpenWorkbook
from .preferences import Preferences, PreferencesError, load_preferences, preferences_path
from .request import Request
from .shelf import Shelf
from .standing import Standing

MOST_STANDINGS = 40
"""Workbooks that are remembered; of more, the one that was asked for longest ago is forgotten."""


class Desk:
    """Keeps what is warm between two clicks.

    ``home`` is the folder for records and reports, ``preferences`` the file of the settings. ``progress`` is told in a few words what is being done;
    ``show`` opens a file in the program that the user has for it, and says whether it could.
    ``cancelled`` is set by whoever lets the user change his mind about what is being done; ``writing`` tells that it is too late for that. ``listing`` names the
    workbooks that are open, where somebody knows. ``ask_settings`` puts a form for the settings before the user, and says whether it could.
    """

    def __init__(
        self,
        home: Path | None = None,
        preferences: Path | None = None,
        *,
        progress: Callable[[str], object] = lambda _: None,
        show: Callable[[Path], bool] = lambda _: False,
    ) -> None:
        self.home = data_home() if home is None else home
        self.preferences_file = preferences_path() if preferences is None else preferences
        self.begun = Begun(self.home)
        self.shelf = Shelf(self.home)
        self.examined = Examined()
        self.progress = progress
        self.show = show
        self.cancelled: Callable[[], bool] = lambda: False
        self.writing = False
        self.listing: Callable[[], Sequence[Request]] = lambda: ()
        self.ask_settings: Callable[[], bool] = lambda: False
        self.preferences = Preferences()
        self.complaint = ""
        self.speaking: OpenWorkbook | None = None
        self._standings: dict[str, Standing] = {}
        self._loaded: tuple[float, int] | None = None
        self.session = Session(Settings())
        self.reload()

    def now(self) -> str:
        """The time of day, ``2025-08-21T09:30:00+08:00``."""
        return datetime.datetime.now().astimezone().isoformat(timespec="seconds")

    def reload(self) -> None:
        """Take up the settings if their file was changed; ``complaint`` says what is wrong with it (``""``: nothing)."""
        try:
            status = self.preferences_file.stat()
            stamp: tuple[float, int] | None = (status.st_mtime, status.st_size)
        except OSError:
            stamp = None
        if stamp == self._loaded and stamp is not None:
            return
        self._loaded = stamp
        self.complaint = ""
        try:
            self.preferences = load_preferences(self.preferences_file)
        except PreferencesError as error:
            self.preferences = Preferences()
            self.complaint = str(error)
        self.session.settings = replace(self.session.settings, options=self.preferences.options())

    def rest(self) -> None:
        """Give the status bar back to the program that was spoken in last, and hold on to nothing of it: it could not be closed else."""
        speaking, self.speaking = self.speaking, None
        if speaking is not None:
            with suppress(Exception):  # it may be gone
                speaking.status(None)

    def standing(self, key: str) -> Standing | None:
        """What is known of a workbook; None when it was not checked yet."""
        standing = self._standings.pop(key, None)
        if standing is not None:
            self._standings[key] = standing
        return standing

    def remember(self, key: str, standing: Standing) -> None:
        """Keep what is known of a workbook."""
        self._standings.pop(key, None)
        self._standings[key] = standing
        while len(self._standings) > MOST_STANDINGS:
            del self._standings[next(iter(self._standings))]

    def forget(self, key: str) -> None:
        """Know a workbook no more: something went wrong on the way, and it has to be checked again."""
        self._standings.pop(key, None)
