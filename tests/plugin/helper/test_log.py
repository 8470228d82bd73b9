from __future__ import annotations

import logging
import stat
from pathlib import Path

from gongkai.helper.log import BYTES, MOST_REFUSALS, OLDER_FILES, Log


def test_lines_have_their_time_and_cannot_be_forged(tmp_path: Path) -> None:
    path = tmp_path / "新" / "helper.log"
    log = Log(path)
    log.write("1 check_workbook excel 决算\n2099-01-01 ended\x1b[2J")
    logging.getLogger().error("of another package")
    log.close()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 and lines[0].endswith(" 1 check_workbook excel 决算 2099-01-01 ended")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_kept_small(tmp_path: Path) -> None:
    log = Log(tmp_path / "helper.log")
    for _ in range(5 * (BYTES // 1000)):
        log.write("x" * 1000)
    log.close()
    files = [*tmp_path.iterdir()]
    assert len(files) == 1 + OLDER_FILES
    assert all(file.stat().st_size <= BYTES for file in files)


def test_a_flood_of_refusals_is_counted(tmp_path: Path) -> None:
    seconds = [0.0]
    log = Log(tmp_path / "helper.log", clock=lambda: seconds[0])
    for _ in range(1000):
        log.refusal("403 127.0.0.1")
    seconds[0] = 61.0
    log.refusal("404 127.0.0.1")
    log.close()
    lines = (tmp_path / "helper.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == MOST_REFUSALS + 2
    assert f"{1000 - MOST_REFUSALS} more" in lines[-2] and "404" in lines[-1]
