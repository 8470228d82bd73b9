"""Dates as spreadsheets store them: days since 30 December 1899."""

from __future__ import annotations

import datetime

EPOCH = datetime.datetime(1899, 12, 30)
_DAY = datetime.timedelta(days=1)


def day_number(value: datetime.date | datetime.time | datetime.timedelta) -> float:
    """The number that stands for a date, a time of day or a duration."""
    if isinstance(value, datetime.timedelta):
        return value / _DAY
    if isinstance(value, datetime.time):
        return (datetime.datetime.combine(EPOCH, value.replace(tzinfo=None)) - EPOCH) / _DAY
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime(value.year, value.month, value.day)
    return (value.replace(tzinfo=None) - EPOCH) / _DAY


def moment(days: float) -> datetime.datetime:
    """The moment a number stands for, to the millisecond, as Excel shows it. Raises ``OverflowError``."""
    milliseconds = round(days * 86_400_000)
    return EPOCH + datetime.timedelta(milliseconds=milliseconds)
