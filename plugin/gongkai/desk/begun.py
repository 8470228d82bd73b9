"""What was begun and not ended: a record on disk from before the first cell is written until the workbook keeps its journal.

A workbook that was being written when its program, the helper or the machine died is known by it, and the values can be taken back cell by cell.
"""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gongkai_workbooks.cells import CellRef, parse_a1
from gongkai_workbooks.edits import Edits, SetValue
from gongkai_workbooks.errors import LockedError
from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.user_folders import write_private

FOLDER = "begun"
_MOST_RECORDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One writing that was begun: in which workbook, when, by which action; the values, and the cells that were to be marked."""

    path: Path
    workbook: str
    action: str
    time: str
    values: tuple[SetValue, ...] = ()
    marks: tuple[CellRef, ...] = ()

    @property
    def shown_time(self) -> str:
        """``09:30`` of the day, with the date."""
        return self.time[:16].replace("T", " ")


class Begun:
    """The records of this user, one small file each, readable by nobody else."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    @contextmanager
    def recorded(self, workbook: str, action: str, edits: Edits, time: str) -> Iterator[None]:
        """Keep a record while the edits are written; it stays when the writing does not come to its end.

        ``LockedError`` is raised before anything is written, so nothing is left to be known. Another error that the host reports as such leaves nothing
        unknown behind only if nothing was written: so the record stays then too, and the next action looks at the cells. Raises ``LockedError`` when no
        record can be made.
        """
        path = self._folder / f"{datetime.datetime.now():%Y%m%d%H%M%S%f}-{secrets.token_hex(4)}.json"
        content = {
            "workbook": workbook,
            "action": action,
            "time": time,
            "values": [
                {"sheet": edit.cell.sheet, "cell": edit.cell.a1, "old": _encoded(edit.old), "new": _encoded(edit.new)}
                for edit in edits.values
            ],
            "marks": [{"sheet": mark.cell.sheet, "cell": mark.cell.a1} for mark in edits.marks],
        }
        try:
            write_private(path, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise LockedError(
                f"撤销所需的记录无法写入 {self._folder}（{error.strerror or error}），工作簿没有改动。请检查磁盘空间和文件夹的权限。"
            ) from error
        try:
            yield
        except LockedError:
            path.unlink(missing_ok=True)
            raise
        path.unlink(missing_ok=True)

    def records(self, workbook: str | None = None) -> tuple[Record, ...]:
        """The records that are left, oldest first, of one workbook or of all. A file that is no record is passed over."""
        found = []
        for path in sorted(self._folder.glob("*.json"))[-_MOST_RECORDS:]:
            try:
                record = _read(path)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
            if workbook is None or record.workbook == workbook:
                found.append(record)
        return tuple(found)

    def forget(self, record: Record) -> None:
        """Remove a record: what it speaks of was taken back, or is known to be complete."""
        record.path.unlink(missing_ok=True)


def _read(path: Path) -> Record:
    content = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    return Record(
        path=path,
        workbook=str(content["workbook"]),
        action=str(content["action"]),
        time=str(content["time"]),
        values=tuple(
            SetValue(cell=_cell(value), old=_decoded(value["old"]), new=_decoded(value["new"]))
            for value in content["values"]
        ),
        marks=tuple(dict.fromkeys(_cell(mark) for mark in content["marks"])),
    )


def _cell(entry: dict[str, str]) -> CellRef:
    return CellRef(entry["sheet"], *parse_a1(entry["cell"]))


def _encoded(value: CellValue) -> object:
    if isinstance(value, datetime.timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, datetime.datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"time": value.isoformat()}
    return value


def _decoded(value: object) -> CellValue:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, dict) and len(value) == 1:
        ((name, given),) = value.items()
        if name == "seconds":
            return datetime.timedelta(seconds=given)
        if name == "datetime":
            return datetime.datetime.fromisoformat(given)
        if name == "date":
            return datetime.date.fromisoformat(given)
        if name == "time":
            return datetime.time.fromisoformat(given)
    raise ValueError(f"not a cell value: {value!r}")
