"""What stands under a table: notes, and lines for signatures. A number in such a line is a telephone number or a date, never an amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import plain
from gongkai_workbooks.layouts import Layout
from gongkai_workbooks.remembered import Remembered

_NOTE = re.compile(r"(?:附?注|说明|备注)(?:[:.,、(\d]|$)")


class Foot(IntEnum):
    """What a text is that stands under a table."""

    NONE = 0
    NOTE = 1
    SIGNATURE = 2


@lru_cache(maxsize=16)
def foot_texts(layout: Layout) -> Remembered[Foot]:
    """By its text, whether a cell is a note (``注：…``) or a word such as 填表人 or 联系电话, alone or with what was filled in."""
    words = sorted(layout.words["signature"], key=len, reverse=True)
    signature = re.compile(rf"\(?(?:{'|'.join(map(re.escape, words))})(?![\u4e00-\u9fff])")

    def read(text: str) -> Foot:
        label = plain(text)
        if _NOTE.match(label):
            return Foot.NOTE
        return Foot.SIGNATURE if words and signature.match(label) else Foot.NONE

    return Remembered(read)


def is_foot(row: Sequence[CellValue], layout: Layout) -> bool:
    """Whether a row begins with a note, or has a cell for a signature, a date or a telephone number."""
    known = foot_texts(layout)
    kinds = [known[value] for value in row if value.__class__ is str and value]
    return bool(kinds) and (kinds[0] is Foot.NOTE or Foot.SIGNATURE in kinds)


def foot_start(rows: Sequence[Sequence[CellValue]], first: int, end: int, layout: Layout) -> int:
    """The index of the first row of the foot of a table in the rows ``first`` to before ``end``; ``end`` when it has none.

    Blank rows within the foot belong to it, those above do not; a number alone under it is the number of the page.
    """
    start, page = end, False
    for i in range(end - 1, first, -1):
        row = rows[i]
        if not any(row):
            continue
        if is_foot(row, layout):
            start = i
        elif start == end and not page and len(row) - row.count("") == 1:
            page = True
        else:
            break
    return start
