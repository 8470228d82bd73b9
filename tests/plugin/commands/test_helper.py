from __future__ import annotations

import json
import threading
import time
from pathlib import Path

from gongkai.helper.client import running
from tests.plugin.conftest import Program


def test_run_answers_until_it_is_stopped(gongkai: Program, command: Program) -> None:
    assert gongkai("helper", "status").code == 1
    assert "没有运行" in gongkai("helper", "stop").out
    ended: list[int] = []
    thread = threading.Thread(target=lambda: ended.append(command("helper", "run").code), daemon=True)
    thread.start()
    limit = time.monotonic() + 30
    while (papers := running()) is None and time.monotonic() < limit:
        time.sleep(0.05)
    assert papers is not None
    status = gongkai("helper", "status")
    assert status.code == 0 and f"127.0.0.1:{papers.port}" in status.out and papers.token not in status.out
    assert f"常驻程序  运行中（进程 {papers.pid}）" in gongkai("doctor").out
    second = gongkai("helper", "run")
    assert second.code == 2 and "已经在运行" in second.err
    assert gongkai("helper", "start").code == 0
    assert "已结束" in gongkai("helper", "stop").out
    thread.join(30)
    assert ended == [0] and running() is None


def test_start_leaves_it_behind(gongkai: Program) -> None:
    assert gongkai("helper", "start").code == 0
    assert running() is not None
    assert gongkai("helper", "stop").code == 0
    assert running() is None


def test_what_it_does_is_asked_for_by_name(gongkai: Program) -> None:
    for arguments in (
        ["helper"],
        ["helper", "dance"],
        ["helper", "run", "--idle-minutes", "0"],
        ["helper", "click"],
        ["helper", "click", "dance"],
        ["helper", "stop", "doctor"],
    ):
        assert gongkai(*arguments).code == 2


def test_one_click_without_a_helper(command: Program, folder: Path) -> None:
    request = {"workbook": str(folder / "有错误.xlsx"), "mark": False}
    done = command("helper", "click", "check_workbook", given=json.dumps(request).encode())
    answer = json.loads(done.out)
    assert done.code == 0 and answer["counts"] == {"error": 5, "warning": 1, "info": 2}
    assert command("helper", "click", "fix_selected", given=json.dumps(request).encode()).code == 1
    assert command("helper", "click", "check_workbook", given=b"{}").code == 2
    done = command("helper", "click", "check_workbook", given=b"{")
    assert done.code == 2 and "JSON" in done.err
