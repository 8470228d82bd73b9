from __future__ import annotations

import errno
import os

import pytest

from gongkai.language import Words
from gongkai.system_reason import system_reason


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (errno.EACCES, "没有权限", "no permission"),
        (errno.ENOSPC, "磁盘已满", "the disk is full"),
        (errno.EROFS, "磁盘或文件夹是只读的", "the disk is read-only"),
    ],
)
def test_usual_reasons_are_said_in_the_language_of_the_run(number: int, zh: str, en: str) -> None:
    error = OSError(number, "what the system says")
    assert (system_reason(error, Words("zh")), system_reason(error, Words("en"))) == (zh, en)


def test_another_reason_is_what_the_system_says() -> None:
    assert system_reason(OSError(errno.EMFILE, os.strerror(errno.EMFILE)), Words("zh")) == os.strerror(errno.EMFILE)
    assert system_reason(OSError(), Words("zh")) == "OSError"
