"""What one cell of an open workbook holds, in a form that can be kept and put back exactly."""

from __future__ import annotations

import datetime
import json
import math
from typing import NamedTuple

from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.grid import CellValue

_KINDS = ("blank", "number", "text", "bool", "error", "formula")
_DAY = datetime.timedelta(days=1)
_ZERO = datetime.datetime(1899, 12, 30)


class Content(NamedTuple):
    """``kind`` is ``blank``, ``number``, ``text``, ``bool``, ``error``, or ``formula``; ``text`` is the number in full, the text itself, the formula with ``=``.

    ``quoted``: Excel was told by an apostrophe that the content is a text. A date is a number; its look is the number format. ``result`` is the
    number that a formula gave, where that is known.
    """

    kind: str
    text: str = ""
    quoted: bool = False
    result: str = ""

    def to_json(self) -> str:
        """The form kept in the journal."""
        fields = {name: held for name, held in self._asdict().items() if held or name != "result"}
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Content:
        """What ``to_json`` wrote. Raises ``WorkbookError``."""
        try:
            fields = json.loads(text)
            content = cls(
                str(fields["kind"]), str(fields["text"]), bool(fields["quoted"]), str(fields.get("result", ""))
            )
            if content.kind not in _KINDS:
                raise ValueError(content.kind)
            if content.kind == "number":
                float(content.text)
        except (ValueError, KeyError, TypeError):
            raise WorkbookError("工作簿里保存的校验记录有误，无法据此撤销。请用备份的文件恢复。") from None
        return content

    @property
    def number(self) -> float:
        """The number of a ``number``."""
        return float(self.text)

    @property
    def shown(self) -> str:
        """For a sentence: what the cell holds now."""
        return f"现为“{self.text[:50]}”" if self.text else "现为空白"

    def same(self, other: Content) -> bool:
        """Whether two contents are the same to a reader."""
        if self.kind == other.kind == "number":
            return self.number == other.number
        return self.kind == other.kind and lines(self.text) == lines(other.text)


def content_of(value: CellValue) -> Content:
    """The content that writing ``value`` gives."""
    if isinstance(value, str):
        return Content("text", value) if value else Content("blank")
    if isinstance(value, bool):
        return Content("bool", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Content("number", repr(float(value)))
    return Content("number", repr(_days(value)))


def holds(content: Content, value: CellValue) -> bool:
    """Whether the content is what a reader handed over as ``value``."""
    expected = content_of(value)
    if isinstance(value, str):
        return content.kind in ("blank", "text", "error") and lines(content.text) == lines(value)
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return content.kind == "number" and math.isclose(content.number, expected.number, rel_tol=0, abs_tol=1e-8)
    return content.same(expected)


def lines(text: str) -> str:
    """The text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _days(value: datetime.date | datetime.time | datetime.timedelta) -> float:
    if isinstance(value, datetime.timedelta):
        return value / _DAY
    if isinstance(value, datetime.time):
        return (datetime.datetime.combine(_ZERO, value.replace(tzinfo=None)) - _ZERO) / _DAY
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)
    days = (moment.replace(tzinfo=None) - _ZERO) / _DAY
    # Excel counts a 29 February 1900 that never was.
    return days - 1 if days < 61 else days
