"""The macro that speaks to the helper, carried out with WinHttp as wine has it, against the real helper.

Its text is put into the dialect of Windows Script first: no types, no labels. What the macro reads from a file is given to it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.helper.client import call
from gongkai.helper.papers import Papers
from gongkai.helper.resident import run_helper
from gongkai_addins.excel.add_in import macro_sources

from .windows import Windows

PROCEDURES = ("Send", "Field", "ValuePlace", "StringAt")
REQUESTS = """
Dim reply, status
status = Send("GET", "/v1/status", "", reply)
WScript.Echo "status=" & status & " " & Field(reply, "state")
status = Send("POST", "/v1/no_such_action", "{}", reply)
WScript.Echo "unknown=" & status & " " & Len(Field(reply, "error"))
status = Send("POST", "/v1/explain_rule", "{""code"":""XF301""}", reply)
WScript.Echo "action=" & status & " " & Field(reply, "number")
"""


def script(paper: str) -> str:
    """The procedures in the dialect of Windows Script, and the requests."""
    source = "\n".join(macro_sources().values())
    lines = ["Const DIRECT = 1"]
    for name in PROCEDURES:
        found = re.search(
            rf"^(?:Public|Private) (Function {name}\(.*?^End Function)$", source, re.MULTILINE | re.DOTALL
        )
        assert found is not None, name
        text = re.sub(r" As (String|Long|Object|Integer)\b", "", found[1])
        text = text.replace("On Error GoTo nobody", "On Error Resume Next").replace("\nnobody:", "")
        lines.append(re.sub(r"( *Case [^:\n]*): *(.*)", r"\1\n\2", text))
    lines.append('Function HelperFile()\n  HelperFile = "' + paper.replace('"', '""') + '"\nEnd Function')
    return "\n".join([*lines, REQUESTS]).replace("\n", "\r\n")


@pytest.fixture
def helper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Papers]:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    begun: list[Papers] = []
    started = threading.Event()

    def listening(papers: Papers) -> None:
        begun.append(papers)
        started.set()

    thread = threading.Thread(target=run_helper, kwargs={"started": listening})
    thread.start()
    assert started.wait(60)
    yield begun[0]
    call(begun[0], "POST", "stop")
    thread.join(60)


def said(windows: Windows, tmp_path: Path, papers: Papers) -> list[str]:
    path = tmp_path / "requests.vbs"
    text = '{"port": %d, "token": "%s", "pid": %d}'  # as the helper writes helper.json
    path.write_text(script(text % (papers.port, papers.token, papers.pid)), newline="")
    return windows.run("cscript", "//nologo", "Z:" + str(path).replace("/", "\\")).splitlines()


def test_the_macro_reaches_the_helper_and_understands_it(windows: Windows, tmp_path: Path, helper: Papers) -> None:
    # "没有这个操作。" is seven letters when its UTF-8 is read as such.
    assert said(windows, tmp_path, helper) == ["status=200 idle", "unknown=404 7", "action=202 1"]


def test_the_macro_is_refused_with_another_token(windows: Windows, tmp_path: Path, helper: Papers) -> None:
    answers = said(windows, tmp_path, Papers(helper.port, "another", helper.pid))
    assert [answer.split()[0] for answer in answers] == ["status=403", "unknown=403", "action=403"]


def test_without_a_helper_nobody_answers_the_macro(windows: Windows, tmp_path: Path) -> None:
    # Windows Script has no types: what would be 0 in the macro is nothing here.
    assert [line.strip() for line in said(windows, tmp_path, Papers(1, "token", 1))] == [
        "status=",
        "unknown= 0",
        "action=",
    ]
