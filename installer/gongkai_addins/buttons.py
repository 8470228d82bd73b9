"""The buttons and the texts of the add-ins, read from ``buttons.toml`` and ``texts.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it asks the helper to do, what a person sees of it, whether it stays pressed, whether it needs an open workbook."""

    action: str
    label: str
    tip: str
    icon: str
    key: str
    large: bool = False
    toggle: bool = False
    workbook: bool = True
    libreoffice_tip: str = ""

    @property
    def procedure(self) -> str:
        """The macro behind the button: ``check_workbook`` is ``OnCheckWorkbook``."""
        return "On" + "".join(part.capitalize() for part in self.action.split("_"))


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that stand together under one label."""

    label: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """All buttons, as they stand on the ribbon."""

    label: str
    key: str
    groups: tuple[Group, ...]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons of all groups."""
        return tuple(button for group in self.groups for button in group.buttons)


def load_tab() -> Tab:
    """The buttons as ``buttons.toml`` lists them."""
    data = tomllib.loads(files("gongkai_addins").joinpath("buttons.toml").read_text(encoding="utf-8"))
    groups = tuple(
        Group(group["label"], tuple(Button(**button) for button in group["button"])) for group in data["group"]
    )
    return Tab(data["tab"], data["key"], groups)


def load_texts() -> dict[str, str]:
    """The sentences the add-ins themselves say, by key."""
    texts: dict[str, str] = tomllib.loads(files("gongkai_addins").joinpath("texts.toml").read_text(encoding="utf-8"))
    return texts
