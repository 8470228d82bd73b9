"""The engine and its list of running programs, as xlwings asks for them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from xlwings import base_classes

from .app import App
from .dates import day_number
from .way import Way


class Apps(base_classes.Apps):
    """The LibreOffice programs this process is connected to, the latest first."""

    def __init__(self) -> None:
        self._apps: list[App] = []
        self._count = 0

    def attach(self, way: Way) -> App:
        """Take in the program at the end of a way."""
        self._count += 1
        app = App(self, way, self._count)
        self._apps.insert(0, app)
        return app

    def find(self, address: str) -> App | None:
        """The program at an address, ``None`` when there is none or it has been closed since."""
        for app in list(self._apps):
            if app.way.address == address:
                if app.alive:
                    return app
                self.forget(app)
        return None

    def forget(self, app: App) -> None:
        """Take a program off the list, and end the connection."""
        app.way.close()
        self._apps = [other for other in self._apps if other is not app]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        """xlwings would start a program here; ours is started by its user."""
        raise NotImplementedError("gongkai_workbooks.libreoffice.connect() attaches to a LibreOffice that is running")

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind: no program was started."""

    def keys(self) -> list[int]:
        """See xlwings."""
        return [app.pid for app in self._apps]

    def __iter__(self) -> Iterator[App]:
        return iter(tuple(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        for app in self._apps:
            if app.pid == pid:
                return app
        raise KeyError(pid)


class Engine:
    """What xlwings calls an engine."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any = None) -> Any:
        """A value as LibreOffice takes it."""
        if value is None or (isinstance(value, float) and value != value):
            return ""
        if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
            return day_number(value)
        return value.item() if hasattr(value, "item") else value

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Raw values as xlwings hands them on: error codes become None or their text."""
        from gongkai_workbooks.live.sheet_values import error_text

        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, datetime.datetime):
                fields = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**{field: getattr(value, field) for field in fields}, tzinfo=None)
            if isinstance(value, float):
                return value if number_builder is None else number_builder(value)
            if isinstance(value, int) and not isinstance(value, bool):
                return error_text(value) if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


ENGINE = Engine()
