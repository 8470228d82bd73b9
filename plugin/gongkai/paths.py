"""Which files a run means: files, folders (with all below them), patterns with * and ?."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .console import clean
from .language import Words

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"})
WRITABLE_SUFFIXES = frozenset({".xlsx", ".xlsm"})
RESULT_MARK = ".校验"
BACKUP_MARK = ".备份-"

# What an office program puts beside an open file, what gongkai wrote itself, and its unfinished files.
_PASSED_OVER = re.compile(r"^(~\$|\.).*|.*\.校验\.[^.]+$|.*\.备份-[0-9][^.]*\.[^.]+$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WorkbookPath:
    """One workbook of a run.

    ``below`` is its place below the folder that was named: its name alone when it was named itself. ``content`` is that of a workbook
    that is no file but came from the standard input; ``path`` is then only its name.
    """

    path: Path
    below: Path
    content: bytes | None = None

    @property
    def shown(self) -> str:
        """The path as reports print it: relative to the current folder when inside, with ``/``, on one line."""
        return shown_path(self.path) if self.content is None else str(self.path)


@dataclass(frozen=True, slots=True)
class Search:
    """What was found: the workbooks in order of their paths, what was passed over, and what could not be found, in sentences."""

    workbooks: tuple[WorkbookPath, ...]
    passed_over: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def shown_path(path: Path | str) -> str:
    """A path for people and reports: relative to the current folder when inside, with ``/`` between folders."""
    whole = os.path.abspath(path)  # noqa: PTH100 (Path.absolute keeps "..", resolve would follow links)
    here = os.path.abspath(os.curdir)  # noqa: PTH100
    inside = whole.startswith(here.rstrip(os.sep) + os.sep)
    return clean((whole[len(here.rstrip(os.sep)) + 1 :] if inside else whole).replace(os.sep, "/"))


def find_workbooks(names: Sequence[str], words: Words) -> Search:
    """Find the workbooks that ``names`` mean; each once, sorted by path.

    In a folder, lock files, backups and results of gongkai (``*.校验.xlsx``) are passed over; a file that is named itself never is.
    """
    found: dict[str, WorkbookPath] = {}
    passed_over: list[str] = []
    problems: list[str] = []
    for name in names:
        before = len(found), len(passed_over), len(problems)
        matched = False
        for start in _expand(name):
            matched = True
            if start.is_dir():
                _walk(start, found, passed_over, problems, words)
            elif start.exists():
                found.setdefault(_identity(start), WorkbookPath(start, Path(start.name)))
            else:
                problems.append(
                    words(
                        f"找不到文件“{shown_path(start)}”，请核对路径和文件名。",
                        f"No such file: {shown_path(start)}; check the path and the name.",
                    )
                )
        if not matched:
            problems.append(
                words(
                    f"没有文件符合“{clean(name)}”，请核对文件名和 *。",
                    f"No file matches {clean(name)}; check the name and the *.",
                )
            )
        elif before == (len(found), len(passed_over), len(problems)) and Path(name).is_dir():
            problems.append(
                words(
                    f"文件夹“{shown_path(name)}”里没有工作簿（{' '.join(sorted(WORKBOOK_SUFFIXES))}），请核对文件夹。",
                    f"No workbook in the folder {shown_path(name)} ({' '.join(sorted(WORKBOOK_SUFFIXES))}); check the folder.",
                )
            )
    workbooks = sorted(found.values(), key=lambda workbook: workbook.shown)
    return Search(tuple(workbooks), tuple(sorted(passed_over)), tuple(problems))


def _expand(name: str) -> Iterator[Path]:
    path = Path(name)
    if os.path.lexists(path) or not glob.has_magic(name):
        yield path
        return
    for match in sorted(glob.iglob(name, recursive=True)):  # noqa: PTH207 (takes absolute patterns too)
        place = Path(match)
        meant = _PASSED_OVER.match(name) or not _PASSED_OVER.match(place.name)  # "*.校验.xlsx" means the results
        if place.is_dir() or (place.suffix.lower() in WORKBOOK_SUFFIXES and meant):
            yield place


def _walk(
    start: Path, found: dict[str, WorkbookPath], passed_over: list[str], problems: list[str], words: Words
) -> None:
    def refused(error: OSError) -> None:
        place = shown_path(error.filename or start)
        problems.append(
            words(
                f"文件夹“{place}”无法打开，其中的文件没有校验，请检查权限。",
                f"Folder not readable, not checked: {place}",
            )
        )

    for folder, folders, files in os.walk(start, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(folder, name)
            if path.suffix.lower() not in WORKBOOK_SUFFIXES:
                continue
            if _PASSED_OVER.match(name):
                passed_over.append(shown_path(path))
            else:
                found.setdefault(_identity(path), WorkbookPath(path, path.relative_to(start)))


def _identity(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
