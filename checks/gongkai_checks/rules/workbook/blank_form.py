"""A form that nobody has filled in."""

from __future__ import annotations

from gongkai_workbooks.disclosure import Disclosure, Table, TableStatus

NOT_FILLED_IN = "各表都没有金额，见 WB016"
"""Why a rule about single empty tables says nothing of such a form."""

# 06 to 09 may well be empty; a form is known by the others.
_ALWAYS_FILLED = ("01", "02", "03", "04", "05")


def blank_tables(disclosure: Disclosure) -> list[Table]:
    """The tables of a form without any amount other than 0; none when a table has one, or cannot be read."""
    there = [table for table in disclosure.tables.values() if table.status is not TableStatus.MISSING]
    if any(table.status is not TableStatus.EMPTY for table in there):
        return []
    return there if any(table.number in _ALWAYS_FILLED for table in there) else []
