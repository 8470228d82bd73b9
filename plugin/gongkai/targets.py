"""Where results are written, and what must be known before anything is."""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gongkai_workbooks.errors import LockedError

from .language import Words
from .paths import BACKUP_MARK, RESULT_MARK, WRITABLE_SUFFIXES, WorkbookPath, shown_path
from .settings import Rewrite
from .system_reason import system_reason
from .usage import UsageError


def target_of(workbook: WorkbookPath, rewrite: Rewrite) -> Path:
    """The file that the result of a workbook is written to: itself, or ``<name>.校验.xlsx`` beside it or below the output folder."""
    if rewrite.in_place:
        return workbook.path
    name = f"{workbook.path.stem}{RESULT_MARK}{workbook.path.suffix}"
    if rewrite.output_dir is None:
        return workbook.path.with_name(name)
    return rewrite.output_dir / workbook.below.parent / name


def prepare_targets(workbooks: Sequence[WorkbookPath], rewrite: Rewrite, words: Words) -> None:
    """Make the output folder and make sure that no two results share a file. Raises ``UsageError``."""
    if rewrite.preview:
        return
    taken: dict[str, WorkbookPath] = {}
    for workbook in workbooks:
        target = target_of(workbook, rewrite)
        key = os.path.normcase(os.path.abspath(target))  # noqa: PTH100
        if key in taken:
            first, second = taken[key].shown, workbook.shown
            raise UsageError(
                words(
                    f"{first} 和 {second} 的结果会写成同一个文件 {shown_path(target)}，请分开运行或改名。",
                    f"{first} and {second} would both be written to {shown_path(target)}.",
                )
            )
        taken[key] = workbook
    if rewrite.output_dir is not None:
        try:
            rewrite.output_dir.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=rewrite.output_dir):
                pass
        except OSError as error:
            raise UsageError(
                words(
                    f"无法写入文件夹 {shown_path(rewrite.output_dir)}（{system_reason(error, words)}），请换一个文件夹。",
                    f"Cannot write into the folder {shown_path(rewrite.output_dir)} ({system_reason(error, words)}); choose another one.",
                )
            ) from error


def is_writable_format(path: Path) -> bool:
    """Whether marks and corrections can be written into this kind of file."""
    return path.suffix.lower() in WRITABLE_SUFFIXES


def ensure_writable(target: Path, words: Words) -> None:
    """Make sure that a file can be written, before the work for it begins. Raises ``LockedError``."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            with target.open("r+b"):  # Excel and WPS keep a file that they have open
                return
        with tempfile.TemporaryFile(dir=target.parent):
            return
    except OSError as error:
        raise locked(target, error, words) from error


def back_up(path: Path, time: str, words: Words) -> Path:
    """Copy a file to ``<name>.备份-<time><suffix>`` beside it. Raises ``LockedError``."""
    stamp = datetime.datetime.fromisoformat(time).strftime("%Y%m%d-%H%M%S")
    backup = path.with_name(f"{path.stem}{BACKUP_MARK}{stamp}{path.suffix}")
    number = 1
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.stem}{BACKUP_MARK}{stamp}-{number}{path.suffix}")
    try:
        shutil.copy2(path, backup)
    except OSError as error:
        backup.unlink(missing_ok=True)
        raise locked(backup, error, words) from error
    return backup


def locked(path: Path, error: OSError, words: Words) -> LockedError:
    """Why a file cannot be written, in one sentence."""
    shown, reason = shown_path(path), system_reason(error, words)
    return LockedError(
        words(
            f"无法写入 {shown}（{reason}）：文件可能正在 Excel 或 WPS 中打开，或只读、没有写权限、磁盘已满；请关闭后重试。",
            f"Cannot write {shown} ({reason}): it may be open in Excel or WPS, or read-only, or the disk is full; close it and try again.",
        )
    )
