"""How a marked cell looks, in a saved file as in an open workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .edits import SeverityWord


class MarkLook(NamedTuple):
    """Fill colour (``""`` leaves the fill alone), style and colour of the four sides."""

    fill: str
    side: str
    colour: str


MARK_LOOKS: Mapping[SeverityWord, MarkLook] = {
    "error": MarkLook("FFC7CE", "medium", "9C0006"),
    "warning": MarkLook("FFF2CC", "dashed", "9C5700"),
    "info": MarkLook("", "dotted", "1F4E79"),
}
