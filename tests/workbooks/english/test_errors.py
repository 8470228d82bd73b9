"""Errors in English: every sentence that reading and writing can say has one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from gongkai_workbooks.english import english, errors
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.reading import opening, password, signature, small_xml, zip_archive

WORKBOOKS = Path(__file__).parents[3] / "workbooks" / "gongkai_workbooks"
HAN = re.compile(r"[\u4e00-\u9fff]")
SAID = [
    *(f"{what}。{cure}" for _, what, cure in signature._FOREIGN),
    *opening._OPEN_DOCUMENTS.values(),
    *opening._FOREIGN_FOLDERS.values(),
    opening._NO_SHEETS,
    *(password._NEEDED, password._WRONG, password._UNSUPPORTED),
    *(zip_archive.DAMAGED, zip_archive.TOO_LARGE, small_xml.REFUSED),
    *(signature._text_kind(text) for text in (b"a\0b", b"MIME-Version: 1", b"<html>", b"<a>", b"a,b", b"x")),
]


@pytest.mark.parametrize("sentence", SAID)
def test_what_a_file_is_and_what_to_do(sentence: str) -> None:
    said = english(f"某表.xlsx：{sentence}。")
    assert said is not None, sentence
    assert said.startswith("某表.xlsx: ") and said.endswith(".")
    assert not HAN.search(said.removeprefix("某表.xlsx"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "x.xlsx: the file is empty (0 bytes). Download or copy it again."),
        (
            b"%PDF-1.7",
            "x.xlsx: it is a PDF file, no spreadsheet. Use the original spreadsheet, or convert it to .xlsx first.",
        ),
        (
            b"PK\x03\x04" + b"\0" * 60,
            "x.xlsx: the file is damaged or incomplete. Download or copy it again, or open it in Excel or WPS and save it as .xlsx.",
        ),
    ],
)
def test_errors_as_they_are_raised(content: bytes, words: str) -> None:
    with pytest.raises(WorkbookError) as raised:
        FileHost.from_bytes(content, "x.xlsx").sheets()
    assert english(str(raised.value)) == words


FILES = sorted([*WORKBOOKS.glob("*.py"), *WORKBOOKS.glob("reading/*.py"), *WORKBOOKS.glob("package/*.py")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_error_has_a_phrase(path: Path) -> None:
    known = [re.sub(r"\{\w+:\w+\}", "{}", chinese) for chinese, _ in errors().pairs]
    lacking = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (name := _name(node.func)) and name not in ("OutlineError", "ValueError"):
            given = [k.value for k in node.keywords if k.arg == "reason"] if name == "Refusal" else node.args[:1]
            if name == "Refusal" or name.endswith("Error"):
                lacking += [
                    skeleton
                    for skeleton in map(_skeleton, given)
                    if HAN.search(skeleton) and not _fits(skeleton, known)
                ]
    assert lacking == []


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _skeleton(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def _fits(skeleton: str, known: list[str]) -> bool:
    """Whether it is a phrase, with or without the path that others put before it."""
    filled = (skeleton.replace("{}", given) for given in ("12", signature.SAVE_AS))
    return skeleton in known or any(english(text) or english(f"x：{text}。") for text in filled)
