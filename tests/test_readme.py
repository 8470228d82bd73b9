"""The two READMEs: commands, options and results in them are those of the program."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.__main__ import main
from gongkai.arguments import COMMANDS, make_parser
from gongkai.language import LanguageName, Words
from gongkai_workbooks.data_folder import data_folder

ROOT = Path(__file__).parents[1]
every_readme = pytest.mark.parametrize(("readme", "language"), [("README.md", "zh"), ("README.en.md", "en")])
UPDATE = "run: python -m pytest tests/test_readme.py --update-golden"


@pytest.fixture
def finding(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: LanguageName) -> str:
    """What the program says of one cell of the sample with errors, and of all of it."""
    monkeypatch.delenv("GONGKAI_LANGUAGE", raising=False)
    monkeypatch.chdir(data_folder("samples"))
    assert main(["check", "示例-有错误.xlsx", "--color", "never", "--language", language]) == 1
    lines = capsys.readouterr().out.splitlines()
    start = next(number for number, line in enumerate(lines) if " GK03 支出决算表!E7 " in line)
    end = next(number for number in range(start + 1, len(lines)) if not lines[number].startswith(" "))
    return "\n".join(["```", *lines[start:end], "…", lines[-1], "```"])


@every_readme
def test_tables_and_example_are_what_the_program_says(
    readme: str, language: LanguageName, finding: str, update_golden: bool
) -> None:
    path = ROOT / readme
    text = path.read_text(encoding="utf-8")
    blocks = {**dict(option_tables(Words(language))), "finding": finding}
    if update_golden:
        for name, block in blocks.items():
            start, end = place_of(name, text)
            text = f"{text[:start]}{block}\n{text[end:]}"
        path.write_text(text, encoding="utf-8", newline="\n")
    for name, block in blocks.items():
        start, end = place_of(name, text)
        assert text[start:end] == f"{block}\n", UPDATE


@every_readme
def test_the_readme_names_no_option_and_no_command_that_does_not_exist(readme: str, language: LanguageName) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    options = {option for parser in parsers(Words(language)).values() for option in parser._option_string_actions}
    commands = re.findall(r"^(?:python3? -m )?gongkai (.*)$", text, flags=re.MULTILINE)
    assert len(commands) > 5
    for command in commands:
        assert {word for word in command.split() if word.startswith("--")} <= options, command


@every_readme
def test_what_the_readme_links_to_is_there(readme: str, language: LanguageName) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert "docs/images/marked.png" in links
    assert [link for link in links if link and not (ROOT / link).exists()] == []


def test_both_readmes_give_the_same_two_commands_and_python() -> None:
    chinese, english = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md"))
    for name in ("try", "test"):
        start, end = place_of(name, chinese)
        block = chinese[start:end]
        assert block.startswith("```\npython3 -m pip install ") and block.endswith("\n```\n") and block.count("\n") == 3
        assert block in english
    asked = re.search(r"Python (\d\.\d+)", chinese)
    assert asked is not None
    assert f"Python {asked[1]} or later" in english
    assert f'requires-python = ">={asked[1]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def parsers(words: Words) -> dict[str, argparse.ArgumentParser]:
    """The parser of every command, by name; that of the whole program under ``""``."""
    program = make_parser(words)
    found: dict[str, argparse.ArgumentParser] = {"": program}
    for action in program._actions:
        if isinstance(action, argparse._SubParsersAction):
            found.update(action.choices)
    return found


def option_tables(words: Words) -> Iterator[tuple[str, str]]:
    """The two tables of a README by the name of their place: the commands, and the options of ``check``."""
    descriptions = {name: parser.description or "" for name, parser in parsers(words).items() if name}
    assert tuple(descriptions) == COMMANDS
    rows = [f"| `gongkai {name}` | {text} |" for name, text in descriptions.items()]
    yield "commands", "\n".join([words("| 命令 | 作用 |", "| command | what it does |"), "|---|---|", *rows])
    rows = []
    for action in parsers(words)["check"]._actions:
        if action.option_strings:
            value = action.metavar or ("|".join(action.choices) if action.choices else "")
            written = ", ".join(action.option_strings) + (f" {value}" if value else "")
            rows.append("| `{}` | {} |".format(written.replace("|", "\\|"), action.help))
    yield "options", "\n".join([words("| 选项 | 作用 |", "| option | what it does |"), "|---|---|", *rows])


def place_of(name: str, text: str) -> tuple[int, int]:
    """Where the text between ``<!-- name -->`` and ``<!-- end -->`` begins and ends."""
    start = text.index(f"<!-- {name} -->\n") + len(f"<!-- {name} -->\n")
    return start, text.index("<!-- end -->", start)
