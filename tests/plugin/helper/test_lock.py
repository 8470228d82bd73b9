"""One lock for one user, and what a system may say when it is taken."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from gongkai.helper.lock import TakenError, held


def test_it_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "helper.lock"
    with held(path), pytest.raises(TakenError), held(path):
        raise AssertionError
    with held(path):
        pass


@pytest.mark.parametrize(("number", "expected"), [(errno.EACCES, TakenError), (0, TakenError), (errno.ENOLCK, OSError)])
def test_a_refusal_without_a_reason_is_taken_for_a_lock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, expected: type[Exception]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "Error")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(expected), held(tmp_path / "helper.lock"):
        raise AssertionError
