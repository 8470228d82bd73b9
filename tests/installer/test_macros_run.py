"""LibreOffice opens the add-in and runs its macros, as far as it knows what they use: it has no WinHttp and no ribbon."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.helper.click_files import ClickFiles, clicks_folder
from gongkai_addins.buttons import load_texts
from gongkai_addins.excel.workbook_parts import TEXT_SHEET

from .programs import one_at_a_time, python_with_uno, required

ANSWER = {
    "version": 1,
    "progress": "",
    "last": {
        "number": 12,
        "outcome": "confirm",
        "sentence": '合计应为 667.00，\n实为 "676.00" \\ 完',
        "counts": {"error": 5},
        "details": ["为什么：各栏之和", "a, b]", "“引号”"],
        "workbook": None,
        "file": "",
        "pressed": ["errors_only", "show_marks"],
        "greyed": {"undo_last": "没有可撤销的修正。", "next_finding": "没有“问题”。"},
    },
    "port": 47110,
}
PROBE = """\
Function Number() As String: Number = Field({json}, "number"): End Function
Function Sentence() As String: Sentence = Field({json}, "sentence"): End Function
Function Details() As String: Details = Lines({json}, "details"): End Function
Function Port() As String: Port = Field({json}, "port"): End Function
Function Nothing_() As String: Nothing_ = Field({json}, "workbook") & Field({json}, "file") & Field({json}, "absent"): End Function
Function Why() As String: Why = Reason({json}, "next_finding") & "|" & Reason({json}, "fix_safe") & "|" & Reason({json}, "sentence"): End Function
Function Toggles() As String: Toggles = Pressed({json}, "show_marks") & Pressed({json}, "errors") & Pressed("", "show_marks"): End Function
Function Title() As String: Title = Text("title"): End Function
Function Unknown() As String: Unknown = Text("no such text"): End Function
Function Body() As String: Body = RequestBody("D:\\" & Text("title") & Chr(34)): End Function
"""

ALONE = """\
Function Put() As String: WriteText {request}, RequestBody("D:\\甲"): Put = "x": End Function
Function Taken() As String: Taken = TakenText({answer}): End Function
Function TakenAgain() As String: TakenAgain = TakenText({answer}) & Dir({answer}): End Function
Function Command() As String: Command = ClickCommand("{clicker}", "doctor", {place}): End Function
"""

FLOW = """\
Function GetSetting(app As String, section As String, key As String, otherwise As String) As String
    If key = "click" Then GetSetting = "/bin/sh {program}" Else GetSetting = "{folder}/no such program"
End Function
Function Button(action As String) As Object
    Set Button = CreateUnoService("com.sun.star.awt.UnoControlDialogModel").createInstance("com.sun.star.awt.UnoControlButtonModel")
    Button.Tag = action
End Function
Function Flow() As String
    Dim undo As Variant, fix As Variant, shown As Variant, tip As Variant, looks As Long
    HandOver "check_workbook", RequestBody("")
    Do While Dir("{folder}/done") = "" And looks < 300
        Wait 100
        looks = looks + 1
    Loop
    LookAlone
    IsEnabled Button("undo_last"), undo
    IsEnabled Button("fix_safe"), fix
    IsPressed Button("show_marks"), shown
    GetTip Button("undo_last"), tip
    Flow = undo & " " & fix & " " & shown & " " & tip
End Function
"""
"""A click where the helper cannot be started. LibreOffice's Basic knows no ``GetSetting``; all else is the add-in's, from the click to the greyed buttons."""

STATES = """
Function Button(action As String) As Object
    Set Button = CreateUnoService("com.sun.star.awt.UnoControlDialogModel").createInstance("com.sun.star.awt.UnoControlButtonModel")
    Button.Tag = action
End Function
Function State() As String
    Dim undo As Variant, marks As Variant, errors As Variant
    IsEnabled Button("undo_last"), undo
    IsPressed Button("show_marks"), marks
    IsPressed Button("errors_only"), errors
    State = undo & " " & marks & " " & errors
End Function
Function Told() As String
    Told = State()
    Remember ActiveWorkbook.FullName, {checked}
    Told = Told & "|" & State()
    Remember ActiveWorkbook.FullName, {doctor}
    Told = Told & "|" & State()
    Remember "another.xlsx", {elsewhere}
    Told = Told & "|" & State()
End Function
Function Number() As String: Number = NoWorkbook() & Here("A.B"): End Function
"""

PROGRAM = """\
printf '%s\\n' "$@" > "{folder}/called"
mv "$3" "{folder}/request" && cp "{folder}/answer" "$5" && echo > "{folder}/done"
"""

Runner = Callable[[str], dict[str, object]]


@pytest.fixture(scope="module")
def run(add_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    office, python = required("soffice", "libreoffice"), python_with_uno()
    profile = tmp_path_factory.mktemp("profile")

    def run(module: str) -> dict[str, object]:
        pipe = f"eye-{uuid.uuid4().hex}"
        options = ["--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;"]
        with one_at_a_time("soffice"):
            program = subprocess.Popen([office, f"-env:UserInstallation={profile.as_uri()}", *options])
            try:
                script = Path(__file__).with_name("run_macros.py")
                command = [python, str(script), pipe, str(add_in)]
                done = subprocess.run(command, input=module, capture_output=True, text=True, timeout=120, check=False)
                assert done.returncode == 0, done.stderr
                program.wait(60)
            finally:
                program.kill()
                program.wait()
        found: dict[str, object] = json.loads(done.stdout)
        return found

    return run


def basic(text: str) -> str:
    """A text as Basic writes it; LibreOffice's Basic takes all of Unicode."""
    return '"' + text.replace('"', '""') + '"'


def test_the_macros_read_the_texts_and_the_answers_of_the_helper(run: Runner) -> None:
    found = run(PROBE.replace("{json}", basic(json.dumps(ANSWER, ensure_ascii=True))))
    last = ANSWER["last"]
    assert isinstance(last, dict)
    assert found["sheets"] == [TEXT_SHEET]
    modules = found["modules"]
    assert isinstance(modules, list)
    assert {
        "GongkaiRibbon",
        "GongkaiState",
        "GongkaiAnswer",
        "GongkaiHelper",
        "GongkaiText",
        "GongkaiStart",
        "GongkaiAlone",
    } < set(modules)
    assert (found["Number"], found["Port"], found["Nothing_"]) == ("12", "47110", "")
    assert found["Sentence"] == last["sentence"]
    assert found["Details"] == "\n".join(last["details"])
    assert found["Why"] == "没有“问题”。||"
    assert found["Toggles"] == "TrueFalseFalse"
    assert (found["Title"], found["Unknown"]) == (load_texts()["title"], "no such text")
    body = str(found["Body"])
    assert body.isascii()
    assert json.loads(body) == {
        "escape": True,
        "application": "excel",
        "workbook": "gongkai.xlam",
        "sheet": TEXT_SHEET,
        "cell": "A1",
        "folder": f'D:\\{load_texts()["title"]}"',
        "locator": {"hwnd": 0},
    }


def test_what_is_known_of_a_workbook_outlives_answers_that_are_not_about_it(run: Runner) -> None:
    last = ANSWER["last"]
    assert isinstance(last, dict)
    checked = {**last, "workbook": "gongkai.xlam"}
    doctor = {**last, "workbook": "", "pressed": [], "greyed": {}}
    elsewhere = {**checked, "pressed": [], "greyed": {}}
    module = STATES
    for name, answer in (("{checked}", checked), ("{doctor}", doctor), ("{elsewhere}", elsewhere)):
        module = module.replace(name, basic(json.dumps(answer, ensure_ascii=True)))
    found = run(module)
    # 撤销上次修正 may be clicked, 显示标记 and 只看错误 are pressed.
    assert found["Told"] == "True False False|False True True|False True True|False True False"
    assert found["Number"] == "'gongkai.xlam'!A.B"


def test_the_macros_put_a_request_for_one_click_and_take_its_answer(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    folder = clicks_folder()
    folder.mkdir(parents=True)
    earlier = ClickFiles(folder / "earlier-request.json", folder / "earlier-answer.json")
    earlier.request.write_text('{"code": "XF301"}')
    clicker = [sys.executable, "-m", "gongkai", "helper", "click"]
    click = [*clicker, "explain_rule", "--request", str(earlier.request), "--answer", str(earlier.answer)]
    subprocess.run(click, check=True, timeout=60)
    answer = earlier.answer.read_text(encoding="ascii")

    place = folder / "later"
    given = {
        "{request}": basic(f"{place}-request.json"),
        "{answer}": basic(str(earlier.answer)),
        "{clicker}": " ".join(clicker),
        "{place}": basic(str(place)),
    }
    module = ALONE
    for name, value in given.items():
        module = module.replace(name, value)
    module += f'Function Told() As String: Told = Field({basic(answer)}, "sentence"): End Function\n'
    found = run(module)
    assert found["Taken"] == answer
    assert str(found["Told"]).startswith("XF301 ")
    assert found["TakenAgain"] == "" and not earlier.answer.exists()

    # What the macro asks for is done by the command that the macro makes.
    request = Path(f"{place}-request.json").read_bytes()
    assert request.isascii() and json.loads(request)["folder"] == "D:\\甲"
    subprocess.run(shlex.split(str(found["Command"])), check=False, timeout=60)
    assert not Path(f"{place}-request.json").exists()
    answered = json.loads(Path(f"{place}-answer.json").read_text(encoding="ascii"))
    assert answered["action"] == "doctor" and answered["sentence"]


def test_a_click_without_a_helper_goes_all_the_way_through_the_macros(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    last = ANSWER["last"]
    assert isinstance(last, dict)
    answer = {**last, "outcome": "done", "workbook": "gongkai.xlam"}
    (tmp_path / "answer").write_text(json.dumps(answer), encoding="ascii")
    (tmp_path / "program").write_text(PROGRAM.replace("{folder}", str(tmp_path)))
    flow = FLOW.replace("{program}", str(tmp_path / "program")).replace("{folder}", str(tmp_path))
    assert run(flow)["Flow"] == "False True True 没有可撤销的修正。"
    request = json.loads((tmp_path / "request").read_bytes())
    assert (request["application"], request["workbook"]) == ("excel", "gongkai.xlam")
    action, *options = (tmp_path / "called").read_text().splitlines()
    assert (action, options[::2]) == ("check_workbook", ["--request", "--answer"])
    # Here a backslash is a letter of a name like any other.
    assert options[1].startswith(f"{tmp_path / 'local'}\\gongkai\\clicks\\") and options[1].endswith("-request.json")
    assert not Path(options[1]).exists() and not Path(options[3]).exists()
