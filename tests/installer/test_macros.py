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

from .olevba import extracted_macros

SOURCES = Path(__file__).parents[2] / "installer" / "gongkai_addins" / "excel" / "vba"
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
        called = set(
            re.findall(
                r"\b(Ask|Signal|Remember|Refresh|Obstacle|Standing|Finish|NeedsWorkbook|Listening|StartHelper|Settle|RunAlone|LookAloneLater|Forget|ShowRemark|ClickCommand|ClicksFolder|RequestFile|AnswerFile|WriteText|TakenText|Exists|Started|Text|Quoted|Field|RequestBody|Send|HelperFile|ProgramName)\b",
                code,
            )
        )
        assert called <= set(defined)


def test_every_text_that_a_macro_shows_is_there_and_every_text_is_shown() -> None:
    code = "\n".join(path.read_text(encoding="ascii") for path in SOURCES.glob("*.bas"))
    assert set(re.findall(r'Text\("(\w+)"\)', code)) == set(load_texts())


def test_every_button_has_a_procedure_and_every_procedure_a_button() -> None:
    code = macro_sources()["GongkaiRibbon.bas"]
    pattern = r'^Public Sub (On\w+)\(control As Object(?:, pressed As Boolean)?\): Ask "(\w+)": End Sub$'
    asked = dict(re.findall(pattern, code, re.MULTILINE))
    assert asked == {button.procedure: button.action for button in load_tab().buttons}


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
