from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai.arguments import COMMANDS, make_parser, parse, with_command
from gongkai.language import Words

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["决算.xlsx"], ["check", "决算.xlsx"]),
        (["--fix", "决算.xlsx"], ["check", "--fix", "决算.xlsx"]),
        (["-q", "rules"], ["-q", "rules"]),
        (["--language", "en", "rule", "TO101"], ["--language", "en", "rule", "TO101"]),
        (["--language=en", "a.xlsx"], ["check", "--language=en", "a.xlsx"]),
        (["--version"], ["--version"]),
        (["-"], ["check", "-"]),
        (["check", "check"], ["check", "check"]),
        ([], []),
    ],
)
def test_check_is_the_default_command(given: list[str], meant: list[str]) -> None:
    assert with_command(given) == meant


def test_common_options_mean_the_same_before_and_after_the_command() -> None:
    for arguments in (["-v", "--color", "never", "rules"], ["rules", "-v", "--color", "never"]):
        options = parse(arguments, EN)
        assert (options.verbose, options.quiet, options.color, options.language) == (True, False, "never", "en")


def test_codes_are_split_and_put_in_capitals() -> None:
    options = parse(["a.xlsx", "--select", "to,xf3", "--select", "CL101，CO", "--ignore", " "], ZH)
    assert options.select == [["TO", "XF3"], ["CL101", "CO"]]
    assert options.ignore == [[]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--jobs", "0", "a.xlsx"], "--jobs 的值“0”不合要求"),
        (["--output-format", "xml", "a.xlsx"], "--output-format 不能是“xml”，可以是：text, json"),
        (["--in-place", "--output-dir", "b", "a.xlsx"], "--output-dir 不能与 --in-place 同用"),
        (["new"], "缺少参数：--year"),
        (["new", "--year", "25"], "--year 的值“25”不合要求"),
        (["--nonsense", "a.xlsx"], "不认识的参数：--nonsense"),
        (["a.xlsx", "--output-file"], "--output-file 后面要有一个值"),
        (["-q", "-v", "a.xlsx"], "不能与"),
    ],
)
def test_errors_are_chinese_and_leave_with_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        parse(arguments, ZH)
    assert leaving.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_errors_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--output-format", "xml"], EN)
    assert "invalid choice" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_help_in_both_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {}
    for words in (ZH, EN):
        with pytest.raises(SystemExit) as leaving:
            make_parser(words).parse_args([command, "--help"])
        assert leaving.value.code == 0
        pages[words.language] = capsys.readouterr().out
    assert pages["zh"].startswith("用法：gongkai " + command)
    assert pages["en"].startswith("usage: gongkai " + command)
    assert "show this help" not in pages["zh"]
    english = "".join(pages["en"].split())
    for name in ("<name>.校验.xlsx", "<name>.备份-<time>.xlsx", "<name><year>年度部门决算公开表.xlsx", "万元", "元"):
        english = english.replace(name, "")
    assert english.isascii()


def test_version_and_help_load_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from gongkai.__main__ import main\n"
        "assert main(['--version']) == 0 and main(['check', '--help']) == 0\n"
        "heavy = {'polars', 'pandera', 'rich', 'openpyxl', 'lxml', 'python_calamine', 'msoffcrypto', 'pluggy', 'highspy', 'numpy'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1"}
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("loaded: []\n")
