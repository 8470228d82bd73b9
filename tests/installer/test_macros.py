"""The macros inside the add-in are the sources of the repository, letter for letter."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from gongkai_addins import build_add_in
from gongkai_addins.buttons import load_tab, load_texts
from gongkai_addins.excel.add_in import macro_sources
from gongkai_addins.excel.vba_project import standard_module, vba_project
from gongkai_checks.finding import Severity

from .olevba import extracted_macros

SOURCES = Path(__file__).parents[2] / "installer" / "gongkai_addins" / "excel" / "vba"
CALLED = (
    r"\b(Ask|Remember|Refresh|Obstacle|NoWorkbook|Reason|Standing|Finish|NeedsWorkbook|ChosenFolder|HandOver|Listening|StillWaiting|Look"
    r"|AnswerNumber|StartHelper|Settle|RunAlone|LookAlone|Forget|ShowRemark|ClickCommand|ClicksFolder|RequestFile|AnswerFile|WriteText|TakenText"
    r"|Exists|Started|Text|Tell|TellFault|Quoted|Field|Lines|RequestBody|Send|HelperFile|HelperFileOfAnyName|ProgramName|Later|Never|LetGo|Here)\b"
)
PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\(", re.MULTILINE)


def extracted(add_in: bytes) -> dict[str, str]:
    return extracted_macros("gongkai.xlam", add_in)


def test_olevba_returns_the_same_source(add_in: Path) -> None:
    macros = extracted(add_in.read_bytes())
    found = {name: code.replace("\r\n", "\n") for name, code in macros.items() if name.startswith("Gongkai")}
    kept = {
        path.name: path.read_text(encoding="ascii") for path in SOURCES.glob("*.bas") if path.stem != "GongkaiNoStart"
    }
    assert found == kept
    assert sorted(set(macros) - set(found)) == ["Sheet1.cls", "ThisWorkbook.cls"]
    hearing = (SOURCES / "ThisWorkbook.cls").read_text(encoding="ascii")
    assert macros["ThisWorkbook.cls"].replace("\r\n", "\n").endswith(f"Attribute VB_Customizable = True\n{hearing}")


def test_an_add_in_that_must_not_start_programs_cannot() -> None:
    with_start, without = extracted(build_add_in()), extracted(build_add_in(start_helper=False))
    assert re.search(r"\bShell\b", with_start["GongkaiStart.bas"])
    assert not any(re.search(r"\b(Shell|vbHide|Run)\b", code) for code in without.values())
    assert PROCEDURE.findall(without["GongkaiStart.bas"]) == ["StartHelper"]
    assert "GongkaiAlone.bas" in with_start and "GongkaiAlone.bas" not in without


def test_every_procedure_that_is_called_exists() -> None:
    for start_helper in (True, False):
        code = "\n".join(macro_sources(start_helper=start_helper).values())
        defined = PROCEDURE.findall(code)
        assert sorted(defined) == sorted(set(defined))
        called = set(re.findall(CALLED, re.sub(r'"[^"\n]*"', "", code)))
        assert called <= set(defined)


def test_every_text_that_a_macro_shows_is_there_and_every_text_is_shown() -> None:
    code = "\n".join(path.read_text(encoding="ascii") for path in SOURCES.glob("*.bas"))
    assert set(re.findall(r'Text\("(\w+)"\)', code)) == set(load_texts())


def test_every_button_has_a_procedure_and_every_procedure_a_button() -> None:
    code = macro_sources()["GongkaiRibbon.bas"]
    pattern = r'^Public Sub (On\w+)\(control As Object(?:, pressed As Boolean)?\): Ask "(\w+)"(?:, pressed)?: End Sub$'
    asked = dict(re.findall(pattern, code, re.MULTILINE))
    assert asked == {button.procedure: button.action for button in load_tab().buttons}


def test_no_error_leaves_what_excel_calls() -> None:
    # After an error that nobody caught Excel forgets all that the modules know, the ribbon among it.
    sources = macro_sources()
    workbook = (SOURCES / "ThisWorkbook.cls").read_text(encoding="ascii")
    called_back = [
        name for code in sources.values() for name in re.findall(r'(?:Later|Here\()"?\(? ?"\w+\.(\w+)"', code)
    ]
    state = ("Hear", "IsEnabled", "GetTip", "IsPressed", "Refresh")
    code = "\n".join(sources.values())
    for name in {*called_back, *state, "Ask", "LetGo"}:
        [body] = re.findall(rf"^(?:Public|Private) Sub {name}\(.*?^End Sub$", code, re.MULTILINE | re.DOTALL)
        assert re.search(r"On Error (GoTo failed|Resume Next)", body), name
    assert {"Look", "LookAlone", "EndRemark", "Cancel"} == set(called_back)
    assert set(re.findall(r"^    (\w+)$", workbook, re.MULTILINE)) == {"Hear", "LetGo", "Refresh"}


def test_esc_breaks_off_no_macro_that_it_happens_to_meet() -> None:
    # It is the key by which the user cancels what the helper does.
    code = "\n".join(macro_sources().values())
    for name in ("Ask", "Look", "LookAlone", "Cancel"):
        [body] = re.findall(rf"^(?:Public|Private) Sub {name}\(.*?^End Sub$", code, re.MULTILINE | re.DOTALL)
        first = re.split(r"On Error .*\n", body)[1].split()[0]
        assert first == "KeepGoing", name


def test_calls_that_excel_is_to_make_later_are_made_in_one_place_which_can_take_them_back() -> None:
    for name, code in macro_sources().items():
        assert ("Application.OnTime" in code) == (name == "GongkaiLater.bas"), name


def test_message_boxes_show_what_the_code_page_of_china_has() -> None:
    # Basic's boxes are not of Unicode. Of the signs of the findings one is missing in that code page, and is put otherwise.
    code = macro_sources()["GongkaiText.bas"]
    assert [name for name, text in macro_sources().items() if "MsgBox" in text] == ["GongkaiText.bas"]
    for text in (*load_texts().values(), *(severity.sign for severity in Severity)):
        assert text.replace("\u2716", "\xd7").encode("gbk")
    assert "Replace(message, ChrW(&H2716), ChrW(215))" in code


@pytest.mark.parametrize("text", ["Option Explicit\n", 'Attribute VB_Name = "A"\n\' 检查\n'])
def test_a_module_without_a_name_or_with_letters_of_a_code_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Attribute VB_Name|ASCII only"):
        standard_module(text)


def test_a_module_of_many_chunks_comes_back() -> None:
    long = 'Attribute VB_Name = "Many"\r\n' + "".join(f"' line {number} of many\r\n" for number in range(2000))
    assert extracted_macros("vbaProject.bin", vba_project("Many", [standard_module(long)])) == {"Many.bas": long}


def test_the_add_in_carries_no_compiled_code(add_in: Path) -> None:
    with zipfile.ZipFile(add_in) as package:
        assert b"__SRP_" not in package.read("xl/vbaProject.bin")
