"""Structs of UNO, made without ``from com.sun.star import``."""

from __future__ import annotations

from typing import Any

from .binding import load_uno


def property_value(name: str, value: Any) -> Any:
    """A named value, as most of LibreOffice takes it."""
    made = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def named_value(name: str, value: Any) -> Any:
    """A named value, as jobs take it."""
    return load_uno().createUnoStruct("com.sun.star.beans.NamedValue", name, value)
