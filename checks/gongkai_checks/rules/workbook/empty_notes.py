"""What the notes under a table say about its being empty."""

from __future__ import annotations

import re

from gongkai_checks.labels import normal_name
from gongkai_workbooks.disclosure import Table
from gongkai_workbooks.remembered import Remembered

TEMPLATE = re.compile("仍保留该表格式|下述说明")
"""The instruction of the blank form, which is no note."""

_LENIENT = re.compile(
    "(无(?!形)|没有|未(发生|安排|涉及|使用|编制)|不涉及).{0,40}?(政府性基金|国有资本|国有资产经营|三公|收入|支出|经费|预算|数据|发生)"
    "|(本表|此表)(为空|无数据|空表|没有数据)|空表"
)
_WHOLE_TABLE = re.compile("(本表|此表)(为空|无数据|是?空表|没有数据)")
_SUBJECTS = {"07": "政府性基金", "08": "国有(?:资本|资产)经营", "09": "三公"}
_STRICT = {
    number: re.compile(
        "(?:无|没有|未安排|未发生|未使用|不涉及)(?:使用)?(?:(?P<year>20[0-9]{2})年度?)?(?:财政拨款|一般公共预算)*"
        f"{subject}(?:预算|经费|财政|拨款|收入|支出|收支|安排|资金|决算|和|与|及|、|的)*(?=[,;。.]|故|$)"
    )
    for number, subject in _SUBJECTS.items()
}
_CLAUSE = 60
"""So many characters before a statement can say that it is about another time."""
_LONGEST = 2000
"""Notes are read up to this length."""
_OTHER_TIME = re.compile("(上年|去年|以前年度|年初|除[^,。;]*外,?)[^,。;]*$")


def explains_emptiness(table: Table) -> bool:
    """A note says, in whatever words, that there is nothing to report."""
    return any(_LENIENT.search(text) for text in _notes(table))


def claims_whole_table_empty(note: str) -> bool:
    """The note says 本表无数据 or the like."""
    return _whole_table_empty[note]


def _claims_whole_table_empty(note: str) -> bool:
    text = normal_name(note[:_LONGEST])
    return not TEMPLATE.search(text) and _WHOLE_TABLE.search(text) is not None


_whole_table_empty = Remembered(_claims_whole_table_empty)


def claims_no_expenditure(note: str, table: Table, year: int | None) -> bool:
    """The note says that the department has none of the money that the whole table (07, 08, 09) is about, in this year."""
    text = normal_name(note[:_LONGEST])
    pattern = _STRICT.get(table.number)
    if pattern is None or TEMPLATE.search(text):
        return False
    for match in pattern.finditer(text):
        years = {int(found) for found in re.findall("20[0-9]{2}", text[max(0, match.start() - 12) : match.end()])}
        before = text[max(0, match.start() - _CLAUSE) : match.start()]
        if not _OTHER_TIME.search(before) and not (year and years and year not in years):
            return True
    return False


def _notes(table: Table) -> list[str]:
    notes = (normal_name(text[:_LONGEST]) for text, _ in table.notes)
    return [text for text in notes if not TEMPLATE.search(text)]
