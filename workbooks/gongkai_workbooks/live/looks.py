"""Fill and border of a cell as they are compared and kept: what a user sees, and what the program needs to give it back."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.grid import Span
from gongkai_workbooks.mark_look import MarkLook

SIDES = ("left", "right", "top", "bottom")


GRADIENT = "gradient"
"""The fill of a cell that runs from one colour to another; it could not be given back, so it is left alone."""


class Look(NamedTuple):
    """``fill`` is a colour (``FFC7CE``; ``""``: none; another word: a pattern). ``sides`` are ``style colour`` by side, ``""`` for no line.

    ``exact`` is all of it in the program's own terms, as JSON.
    """

    fill: str
    sides: tuple[str, str, str, str]
    exact: str = ""


def look_fields(look: Look) -> dict[str, Any]:
    """``Look.exact`` read. Raises ``WorkbookError``."""
    try:
        fields = json.loads(look.exact)
        if not isinstance(fields, dict):
            raise TypeError(fields)
    except (ValueError, TypeError):
        raise WorkbookError(BAD_RECORD) from None
    return fields


class LookBefore(NamedTuple):
    """A look before a mark, and the cells it was seen on: one cell, or the merged range."""

    look: Look
    span: Span


def before_json(before: LookBefore) -> str:
    """The form kept in the journal."""
    look, span = before
    return json.dumps({"fill": look.fill, "sides": look.sides, "exact": look.exact, "span": span}, ensure_ascii=False)


def before_from_json(text: str) -> LookBefore:
    """What ``before_json`` wrote. Raises ``WorkbookError``."""
    try:
        fields = json.loads(text)
        left, right, top, bottom = (str(side) for side in fields["sides"])
        look = Look(str(fields["fill"]), (left, right, top, bottom), str(fields["exact"]))
        return LookBefore(look, Span(*(int(bound) for bound in fields["span"])))
    except (ValueError, KeyError, TypeError):
        raise WorkbookError(BAD_RECORD) from None


def mark_json(mark: MarkLook) -> str:
    """The form kept in the journal."""
    return json.dumps(mark._asdict(), ensure_ascii=False)


def mark_from_json(text: str) -> MarkLook:
    """What ``mark_json`` wrote. Raises ``WorkbookError``."""
    try:
        fields = json.loads(text)
        return MarkLook(*(str(fields[name]) for name in MarkLook._fields))
    except (ValueError, KeyError, TypeError):
        raise WorkbookError(BAD_RECORD) from None


BAD_RECORD = "工作簿里保存的校验记录有误，无法据此撤销。请用备份的文件恢复。"
