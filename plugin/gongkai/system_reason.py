"""Why the system refused a file, in the language of the run: what it says itself is in that of the system."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from .language import Words

_REASONS: Mapping[int, tuple[str, str]] = {
    errno.EACCES: ("没有权限", "no permission"),
    errno.EPERM: ("没有权限", "no permission"),
    errno.EROFS: ("磁盘或文件夹是只读的", "the disk is read-only"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EDQUOT: ("超出磁盘配额", "the quota is used up"),
    errno.EFBIG: ("文件过大", "the file is too large"),
    errno.ENOENT: ("文件夹不存在", "there is no such folder"),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EISDIR: ("已有同名的文件夹", "there is a folder of that name"),
    errno.ENAMETOOLONG: ("文件名过长", "the name is too long"),
    errno.EBUSY: ("正被占用", "it is in use"),
    errno.EIO: ("磁盘读写出错", "the disk failed"),
}


def system_reason(error: OSError, words: Words) -> str:
    """``没有权限``; what the system says where that is not one of the usual reasons."""
    known = _REASONS.get(error.errno or 0)
    return words(*known) if known else error.strerror or type(error).__name__
