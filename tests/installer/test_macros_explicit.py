"""What Excel's compiler would say of the macros, as far as it can be said without one: every name is declared, every procedure gets what it wants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai_addins.excel.add_in import macro_sources

SOURCES = Path(__file__).parents[2] / "installer" / "gongkai_addins" / "excel" / "vba"
BLOCK = re.compile(
    r"^(?P<scope>Public|Private) (?P<kind>Sub|Function) (?P<name>\w+)\((?P<given>.*?)\)(?: As \w+)?(?P<body>.*?)\bEnd (?P=kind)\b",
    re.MULTILINE | re.DOTALL,
)
# The words of the language, with the types that are used and the Case of Select.
KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """
    and array as attribute boolean byref byval call case close collection const date dim do each else elseif end error
    exit explicit false for function get goto if in input integer is let long loop mod new next not nothing object on
    open option optional or output access print private public read resume set shared sub string then to true until
    variant while with withevents write me xor workbook window application select
    """,
    )
)
BASIC = frozenset(
    re.findall(
        r"\w+",
        """
    array ascw cbool cdate chr chrw clng createobject cstr dateadd dir environ err freefile getsetting hex
    iif input instr isarray isempty ismissing kill lcase left len lof mid mkdir msgbox now replace right shell strconv
    timer timeserial trim typename ucase val date vbcritical vbdefaultbutton2 vbdirectory vbexclamation vbfromunicode
    vbhide vbinformation vblf vbquestion vbunicode vbyes vbyesno
    """,
    )
)
EXCEL = {"activecell", "activesheet", "activeworkbook", "application", "thisworkbook"}


def modules() -> dict[str, str]:
    workbook = (SOURCES / "ThisWorkbook.cls").read_text(encoding="ascii")
    both = {**macro_sources(start_helper=False), **macro_sources(), "ThisWorkbook.cls": workbook}
    return {name: code.replace(" _\n", " ") for name, code in both.items()}


def plain(code: str) -> str:
    """The code without texts, comments, members of objects, and numbers."""
    lines = []
    for line in code.splitlines():
        if line.startswith(("Attribute", "Option")):
            continue
        line = re.sub(r'"[^"]*"', " ", line).partition("'")[0]
        lines.append(
            re.sub(
                r"&H[0-9A-F]+|\b[0-9]\w*|\.\w+|#\w+",
                lambda found: f" {found[0][1:]} " if found[0][0] == "#" else " ",
                line,
            )
        )
    return "\n".join(lines)


def names(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"[A-Za-z_]\w*", text)}


def declared(text: str) -> set[str]:
    """What Dim, Const and Private declare, and the labels."""
    found: set[str] = set()
    for line in re.findall(r"^ *(?:Dim|Private|Public)(?: WithEvents)? (?!Sub|Function)(.+)$", text, re.MULTILINE):
        found |= {part.split()[1 if part.split()[0] == "Const" else 0].lower() for part in line.split(",")}
    for line in re.findall(r"^ *Const (.+)$", text, re.MULTILINE):
        found |= {part.split()[0].lower() for part in line.split(",")}
    return found | {label.lower() for label in re.findall(r"^(\w+):$", text, re.MULTILINE)}


def parameters(given: str) -> list[str]:
    return [part.strip() for part in given.split(",") if part.strip()]


def procedures(module: str) -> Iterator[re.Match[str]]:
    return BLOCK.finditer(plain(modules()[module]))


@pytest.mark.parametrize("module", [*modules()])
def test_every_name_is_declared(module: str) -> None:
    code = plain(modules()[module])
    everywhere = {
        found["name"].lower() for other in modules() for found in procedures(other) if found["scope"] == "Public"
    } | {name.lower() for text in modules().values() for name in re.findall(r"^Public Const (\w+)", text, re.MULTILINE)}
    outside = BLOCK.sub("", code)
    own = declared(outside) | {found["name"].lower() for found in procedures(module)}
    for found in procedures(module):
        local = declared(found["body"]) | {
            re.sub(r"^(Optional |ByRef |ByVal )*", "", part).split()[0].lower() for part in parameters(found["given"])
        }
        unknown = names(found["body"]) - local - own - everywhere - KEYWORDS - BASIC - EXCEL
        assert not unknown, found["name"]
        # A variable that nobody uses is a name that was misspelt elsewhere.
        for name in declared(found["body"]):
            assert len(re.findall(rf"\b{name}\b", found["body"], re.IGNORECASE)) > 1, (found["name"], name)


def test_a_name_that_is_not_declared_would_be_found() -> None:
    code = 'Private Sub A(b As String)\n    Dim c As Long\n    c = d + Len(b)\n    e.f "g" \' h\nEnd Sub\n'
    [found] = BLOCK.finditer(plain(code))
    assert names(found["body"]) - declared(found["body"]) - {"b"} - KEYWORDS - BASIC == {"d", "e"}


@pytest.mark.parametrize("start_helper", [True, False])
def test_no_procedure_is_defined_twice_and_modules_are_named_as_their_files(start_helper: bool) -> None:
    sources = macro_sources(start_helper=start_helper)
    public = [found["name"] for name in sources for found in procedures(name) if found["scope"] == "Public"]
    assert sorted(public) == sorted(set(public))
    for name, code in sources.items():
        stem = Path(name).stem.replace("GongkaiNoStart", "GongkaiStart")
        assert code.startswith(f'Attribute VB_Name = "{stem}"\nOption Explicit\n')


def test_every_call_gives_what_the_procedure_wants() -> None:
    wanted: dict[str, range] = {}
    for module in modules():
        for found in procedures(module):
            given = parameters(found["given"])
            wanted[found["name"]] = range(sum("Optional" not in part for part in given), len(given) + 1)
    calls = 0
    for module in modules():
        inside = ""
        for line in modules()[module].splitlines():
            code = re.sub(r'"[^"]*"', '""', line).partition("'")[0]
            heading = re.match(r"(?:Public|Private) (?:Sub|Function) (\w+)\(.*?\)(?: As \w+)?", code)
            if heading is not None:
                inside, code = heading[1], code[heading.end() :].lstrip(": ")
            for name, numbers in wanted.items():
                # As a statement it stands at the beginning or behind Then, Else and colons; elsewhere its arguments stand in parentheses.
                for call in re.finditer(
                    rf"(?:^ *|\b(?:Then|Else|Call) |: ){name}(?= |$)(?! =)(.*)|(?<![\w.]){name}(\(.*)", code
                ):
                    if name != inside:
                        calls += 1
                        assert arguments(call[1] if call[1] is not None else call[2]) in numbers, line
    assert calls > 100


def arguments(text: str) -> int:
    """How many arguments stand there, in parentheses or behind the name of a call."""
    text = text.partition(": End Sub")[0]
    inside = text.startswith("(")
    text, depth, count = (text[1:] if inside else text), 0, 0
    filled = False
    for letter in text:
        if letter == "(":
            depth += 1
        elif letter == ")":
            if depth == 0:
                break
            depth -= 1
        elif letter == "," and depth == 0:
            count += 1
        filled = filled or not letter.isspace()
    return count + 1 if filled else 0
