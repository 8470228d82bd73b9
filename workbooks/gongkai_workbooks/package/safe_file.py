"""Files that are either written whole or not at all: a temporary file in the same folder, forced to disk, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gongkai_workbooks.errors import LockedError, UnreadableError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BUFFER = 256 * 1024
"""Bytes that are handed to the system at a time: most workbooks in one piece."""


class NewFile(NamedTuple):
    """A file to write; ``write`` is called with it open, ``None`` removes it.

    One that is only a copy of what another of the files holds need not be forced to disk: ``durable`` is false.
    """

    path: Path
    write: Callable[[BinaryIO], None] | None
    durable: bool = True


def read_file(path: Path, largest: int) -> bytes:
    """The bytes of a file. Raises ``UnreadableError`` or ``LockedError``."""
    try:
        with path.open("rb") as file:
            # No more than there is: asked for the largest size, Python would make room for it first.
            data = file.read(min(os.fstat(file.fileno()).st_size, largest) + 1)
    except FileNotFoundError:
        raise UnreadableError(f"{path}：找不到文件，请检查路径和文件名。") from None
    except IsADirectoryError:
        raise UnreadableError(f"{path}：这是文件夹，不是工作簿，请指定文件。") from None
    except PermissionError:
        raise LockedError(f"{path}：没有读取权限，或文件正被其他程序占用，请关闭后重试。") from None
    except OSError as error:
        raise UnreadableError(f"{path}：无法读取（{error.strerror or error}），请检查磁盘或网络后重试。") from None
    if len(data) > largest:
        raise UnreadableError(f"{path}：文件超过 {largest // 1024 // 1024} MB，不像决算公开表，请另存为较小的工作簿。")
    return data


def replace_files(files: Sequence[NewFile]) -> None:
    """Write all files, the most important last. Raises ``LockedError``; then every file is as it was before.

    All are written in full under temporary names before the first takes its place, so that a full disk spoils none.
    """
    ready: list[tuple[Path, Path | None]] = []
    try:
        for file in files:
            # Where a link leads; one on the way to the folder is no matter.
            target = Path(os.path.realpath(file.path)) if file.path.is_symlink() else file.path
            written = None if file.write is None else _write_temporary(target, file.write, durable=file.durable)
            ready.append((target, written))
        _put_in_place(ready)
    except BaseException:
        for _, temporary in ready:
            if temporary is not None:
                with contextlib.suppress(OSError):
                    temporary.unlink()
        raise


def _write_temporary(target: Path, write: Callable[[BinaryIO], None], *, durable: bool = True) -> Path:
    temporary = target.with_name(f".~{secrets.token_hex(6)}.tmp")
    try:
        mode = _mode(target)
        if mode is not None and not os.access(target, os.W_OK):
            raise LockedError(f"{target}：文件是只读的，请取消只读属性，或改用其他输出文件名。")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, 0o666)
        try:
            with os.fdopen(descriptor, "wb", buffering=_BUFFER) as file:
                write(file)
                file.flush()
                if durable:
                    os.fsync(file.fileno())
            if mode is not None:
                with contextlib.suppress(OSError):
                    temporary.chmod(mode)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise _locked(target, error) from None
    return temporary


def _mode(target: Path) -> int | None:
    """The permissions of a file, ``None`` when there is no such file."""
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        return None


def _put_in_place(ready: Sequence[tuple[Path, Path | None]]) -> None:
    earlier: list[tuple[Path, bytes | None]] = []
    for position, (target, temporary) in enumerate(ready):
        try:
            if position < len(ready) - 1:
                # Only the last one can be large; the ones before it are small records that are put back if it fails.
                earlier.append((target, target.read_bytes() if target.exists() else None))
            if temporary is not None:
                temporary.replace(target)
            else:
                target.unlink(missing_ok=True)
        except OSError as error:
            for path, content in reversed(earlier):
                _put_back(path, content)
            raise _locked(target, error) from None


def _put_back(path: Path, content: bytes | None) -> None:
    with contextlib.suppress(OSError, LockedError):
        if content is None:
            path.unlink(missing_ok=True)
        else:
            _write_temporary(path, partial(_write_bytes, content=content)).replace(path)


def _write_bytes(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def _locked(target: Path, error: OSError) -> LockedError:
    if error.errno in _FULL:
        return LockedError(f"{target}：磁盘空间不足或超出配额，没有写入任何内容，请清理磁盘后重试。")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return LockedError(
            f"{target}：无法写入，文件正被其他程序打开，或没有写入权限，请关闭文件或改用其他文件夹后重试。"
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return LockedError(f"{target}：输出文件夹不存在，请先建立该文件夹。")
    if isinstance(error, IsADirectoryError):
        return LockedError(f"{target}：已有同名的文件夹，请改用其他输出文件名。")
    return LockedError(f"{target}：无法写入（{error.strerror or error}），请检查磁盘或网络后重试。")
