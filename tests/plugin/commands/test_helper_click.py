"""One click by a process of its own, its request and its answer in files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongkai.helper.click_files import SECONDS_KEPT, clicks_folder
from gongkai.helper.lock import held
from gongkai_workbooks.user_folders import data_home
from tests.plugin.conftest import Program


@pytest.fixture
def place(own_folders: Path) -> Path:
    """The folder of requests and answers."""
    folder = clicks_folder()
    folder.mkdir(parents=True)
    return folder


def options(place: Path) -> list[str]:
    return ["--request", str(place / "request.json"), "--answer", str(place / "answer.json")]


def ask(place: Path, content: object) -> None:
    (place / "request.json").write_text(content if isinstance(content, str) else json.dumps(content), encoding="ascii")


def answer(place: Path) -> dict[str, object]:
    """The answer that was written; nothing else is left."""
    assert [path.name for path in place.iterdir()] == ["answer.json"]
    content = json.loads((place / "answer.json").read_bytes().decode("ascii"))
    assert isinstance(content, dict)
    (place / "answer.json").unlink()
    return content


def test_the_answer_comes_in_a_file_as_on_the_standard_output(command: Program, folder: Path, place: Path) -> None:
    request = {"workbook": str(folder / "有错误.xlsx"), "mark": False}
    ask(place, request)
    done = command("helper", "click", "check_workbook", *options(place))
    assert (done.code, done.out) == (0, "")
    assert (place / "answer.json").stat().st_mode & 0o077 == 0
    in_file = answer(place)
    spoken = command("helper", "click", "check_workbook", given=json.dumps(request).encode())
    assert in_file == json.loads(spoken.out)
    assert [*in_file][-1] == "greyed"  # the macros look for it from there to the end
    ask(place, request)
    assert command("helper", "click", "fix_selected", *options(place)).code == 1
    assert answer(place)["outcome"] == "refused"


@pytest.mark.parametrize(
    ("action", "request_", "said"),
    [
        ("check_workbook", "{", "JSON"),
        ("check_workbook", '{"cell": 1}', "cell"),
        ("check_workbook", "{}", "工作簿"),
        ("dance", "{}", "check_workbook"),
    ],
)
def test_what_is_not_understood_is_answered_too(
    gongkai: Program, place: Path, action: str, request_: str, said: str
) -> None:
    ask(place, request_)
    assert gongkai("helper", "click", action, *options(place)).code == 2
    content = answer(place)
    assert content["outcome"] == "failed" and said in str(content["sentence"])


def test_a_fault_of_the_program_is_answered_too(gongkai: Program, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("gongkai.helper.alone.click_alone", fail)
    ask(place, {})
    assert gongkai("helper", "click", "doctor", *options(place)).code == 2
    content = answer(place)
    assert content["outcome"] == "failed" and "程序内部出错" in str(content["sentence"])


def test_a_request_that_is_not_there_is_answered(gongkai: Program, place: Path) -> None:
    assert gongkai("helper", "click", "doctor", *options(place)).code == 2
    assert "无法读取请求" in str(answer(place)["sentence"])


def test_files_elsewhere_are_neither_read_nor_removed(gongkai: Program, folder: Path, place: Path) -> None:
    workbook = folder / "有错误.xlsx"
    papers = data_home() / "helper.json"
    papers.write_text("{}")
    ask(place, {})
    given, wanted = str(place / "request.json"), str(place / "answer.json")
    for arguments in (
        ["--request", str(workbook), "--answer", wanted],
        ["--request", str(papers), "--answer", wanted],
        ["--request", str(place / ".." / "helper.json"), "--answer", wanted],
        ["--request", given, "--answer", str(folder / "answer.json")],
        ["--request", given, "--answer", given],
        ["--request", given],
        ["--answer", wanted],
    ):
        done = gongkai("helper", "click", "doctor", *arguments)
        assert done.code == 2 and done.err
    assert gongkai("helper", "status", *options(place)).code == 2
    assert workbook.exists() and papers.exists() and [path.name for path in place.iterdir()] == ["request.json"]


def test_an_answer_that_cannot_be_written_is_known_before_anything_is_done(
    gongkai: Program, folder: Path, place: Path
) -> None:
    workbook = folder / "有错误.xlsx"
    before = workbook.read_bytes()
    ask(place, {"workbook": str(workbook)})
    (place / "answer.json").mkdir()
    done = gongkai("helper", "click", "fix_safe", *options(place))
    assert done.code == 2 and "无法写入" in done.err
    assert workbook.read_bytes() == before and (place / "request.json").exists()


def test_what_nobody_fetched_is_removed_a_day_later(gongkai: Program, place: Path) -> None:
    for name, age in (("old-answer.json", SECONDS_KEPT + 60), ("new-answer.json", SECONDS_KEPT - 3600)):
        (place / name).write_text("{}")
        os.utime(place / name, (time.time() - age,) * 2)
    ask(place, {"code": "TO101"})
    assert gongkai("helper", "click", "explain_rule", *options(place)).code == 0
    assert {path.name for path in place.iterdir()} == {"answer.json", "new-answer.json"}


def test_a_process_that_is_killed_leaves_no_answer(place: Path) -> None:
    ask(place, {"code": "TO101"})
    command = [sys.executable, "-m", "gongkai", "helper", "click", "explain_rule", *options(place)]
    with held(data_home() / "click.lock"), subprocess.Popen(command) as process:
        limit = time.monotonic() + 60
        while (place / "request.json").exists() and time.monotonic() < limit:
            time.sleep(0.05)
        process.kill()
    assert not (place / "request.json").exists() and not (place / "answer.json").exists()


def test_a_process_that_is_killed_while_it_writes_leaves_no_half_answer(place: Path) -> None:
    ask(place, {"code": "TO101"})
    # Killed when the text is in the file and the file has not its name yet.
    killed = (
        "import os, signal, sys; from gongkai.__main__ import main; from gongkai_workbooks import user_folders;"
        "user_folders.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL); main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", killed, "helper", "click", "explain_rule", *options(place)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -9
    [unfinished] = place.iterdir()
    assert unfinished.name.startswith(".answer.json-") and unfinished.stat().st_size > 0
    ask(place, {"code": "TO101"})
    assert subprocess.run([sys.executable, "-m", "gongkai", *command[3:]], check=False, timeout=60).returncode == 0
    assert json.loads((place / "answer.json").read_text(encoding="ascii"))["outcome"] == "done"
