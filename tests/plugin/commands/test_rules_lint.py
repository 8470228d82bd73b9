from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest

from gongkai.commands.rules_lint import wanted
from gongkai_checks.finding import Severity
from gongkai_checks.lint import Remark
from gongkai_checks.options import Options
from tests.plugin.conftest import Program

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA = json.loads((DOCS / "lint.schema.json").read_text(encoding="utf-8"))
PACKAGE = "gongkai_lint_example"
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a plugin with equations, each written as its code, left and right side, and perhaps more."""

    def put(*equations: str) -> None:
        path = tmp_path / "site"
        (path / PACKAGE).mkdir(parents=True)
        listed = "".join(
            f"    TieOut({code!r}, 'example-{code.lower()}', '例', left={left}, right={right}, claim='不符', basis='例'),\n"
            for code, left, right in (equation.split("; ") for equation in equations)
        )
        source = (
            "from gongkai_checks.equations import *\n"
            "from gongkai_checks.hookspecs import hookimpl\n"
            f"EQUATIONS = [\n{listed}]\n"
            "@hookimpl\ndef gongkai_rules():\n    return EQUATIONS\n"
        )
        (path / PACKAGE / "__init__.py").write_text(source, encoding="utf-8")
        info = path / f"{PACKAGE}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Name: {PACKAGE}\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[gongkai]\nexample = {PACKAGE}\n", encoding="utf-8")
        monkeypatch.syspath_prepend(path)

    yield put
    sys.modules.pop(PACKAGE, None)


MISSPELT = "MC901; S09['公务接侍费']; S06['30217']"
REPEATED = "MC101; S02['合计', '本年收入合计']; S01['本年收入合计']"
IMPOSSIBLE = "MC201; S02['合计', '财政拨款收入']; S04['收入总计']"


def test_the_built_in_equations_are_in_order_and_quickly_looked_through(gongkai: Program) -> None:
    begun = time.process_time()
    done = gongkai("rules", "lint")
    assert time.process_time() - begun < 5
    assert (done.code, done.out) == (0, "")
    assert "矛盾 0，重复 0，用不上 0。" in done.err
    assert "另有 36 条可由其他关系推出" in done.err


def test_quiet_says_nothing_where_nothing_is_wrong(gongkai: Program) -> None:
    assert gongkai("rules", "lint", "-q", "--select", "XF9") == (0, "", "")


def test_what_follows_from_others_is_listed_when_asked_for(gongkai: Program) -> None:
    done = gongkai("rules", "lint", "-v", "--select", "XF102,TO108")
    assert done.code == 0
    assert done.out.splitlines() == [
        "● 提示  可推出  TO108 可由 TO109、XF102、XF301 推出",
        "● 提示  可推出  XF102 可由 TO108、TO109、XF301 推出",
    ]


def test_a_plugin_is_told_what_is_wrong_with_its_equations(gongkai: Program, install: Install) -> None:
    install(MISSPELT, REPEATED, IMPOSSIBLE)
    done = gongkai("rules", "lint", "--select", "MC")
    assert done.code == 1
    page = (DOCS / "plugins.md").read_text(encoding="utf-8")
    lines = done.out.splitlines()
    assert len(lines) == 3
    for line in lines:
        assert f"\n{line}\n" in page
    assert "矛盾 1，重复 1，用不上 1。" in done.err
    assert "请改用 @rule" in done.err


def test_each_kind_of_remark_on_a_plugin_is_told_for_what_it_is(gongkai: Program, install: Install) -> None:
    """Two relations that leave an amount no room, one twice, one that follows from others, one that never applies."""
    no_room = "MC302; S05['合计', '小计']; S05['合计', '基本支出']"
    install(MISSPELT, REPEATED, no_room, "MC301; S03['合计', '本年支出合计']; S01[FUNCTION_LINES]")
    done = gongkai("rules", "lint", "-v", "--select", "MC")
    assert done.code == 1
    told = [line.split()[2:4] for line in done.out.splitlines()]
    assert [(kind, code[:5]) for kind, code in told] == [
        ("矛盾", "MC302"),
        ("重复", "MC101"),
        ("用不上", "MC901"),
        ("可推出", "MC301"),
    ]
    assert "MC302、XF504 不能同时成立：只要各数都不小于零，公开05“合计”项目支出就只能是零" in done.out
    assert "MC301 可由 TO108、XF102 推出" in done.out


def test_the_report_for_machines(gongkai: Program, install: Install) -> None:
    install(MISSPELT, REPEATED, IMPOSSIBLE)
    done = gongkai("rules", "lint", "--output-format", "json", "--select", "MC")
    assert (done.code, done.err) == (1, "")
    report = json.loads(done.out)
    jsonschema.validate(report, SCHEMA)
    assert report["summary"] == {"error": 1, "warning": 2, "info": 0}
    assert report["equations"] == 97
    (misspelt,) = (remark for remark in report["remarks"] if remark["kind"] == "inapplicable")
    assert misspelt["suggestion"] == "公务接待费"
    assert misspelt["cells"] == [{"table": "09", "item": "公务接侍费", "column": "决算数"}]
    (contradiction,) = (remark for remark in report["remarks"] if remark["kind"] == "contradiction")
    assert [contradiction["code"], *contradiction["others"]] == ["MC201", "TO201", "XF405"]


def test_all_that_is_known_of_the_built_in_equations_fits_the_schema(gongkai: Program) -> None:
    report = json.loads(gongkai("rules", "lint", "--output-format", "json").out)
    jsonschema.validate(report, SCHEMA)
    assert report["summary"] == {"error": 0, "warning": 0, "info": 36}


def test_a_plugin_that_cannot_be_loaded_makes_the_result_incomplete(gongkai: Program, install: Install) -> None:
    install("MC901; S09[; S06['30217']")
    done = gongkai("rules", "lint", "--output-format", "json")
    assert done.code == 2
    assert "校验插件 example" in done.err
    assert json.loads(done.out)["problems"]


def test_selected_and_ignored_equations(gongkai: Program, install: Install) -> None:
    install(MISSPELT, REPEATED, IMPOSSIBLE)
    assert gongkai("rules", "lint", "--select", "TO101").code == 1
    assert gongkai("rules", "lint", "--select", "TO101", "--ignore", "MC").code == 0
    assert gongkai("rules", "lint", "--select", "MC9").out.count("\n") == 1


@pytest.mark.parametrize(
    ("select", "ignore", "shown"),
    [
        ((), (), True),
        (("MC",), (), True),
        (("XF",), (), True),
        (("TO",), (), False),
        ((), ("MC",), False),
        ((), ("XF",), True),
        (("MC6",), ("MC",), True),
        (("MC",), ("MC6",), False),
    ],
)
def test_a_contradiction_belongs_to_all_that_it_names(
    select: tuple[str, ...], ignore: tuple[str, ...], shown: bool
) -> None:
    remark = Remark(kind="contradiction", severity=Severity.ERROR, code="MC601", others=("XF601",), message="")
    assert wanted(remark, Options(select=select, ignore=ignore)) is shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rules", "lint", "--select", "ZZ"), "--select：没有以“ZZ”开头的勾稽关系"),
        (("rules", "lint", "--ignore", "WB001"), "--ignore：没有以“WB001”开头的勾稽关系"),
        (("rules", "--output-format", "md", "lint"), "只有 text 和 json"),
        (("rules", "--output-dir", "x", "lint"), "只有 text 和 json"),
        (("rules", "lnt"), "不能是“lnt”，可以是：lint"),
    ],
)
def test_what_cannot_be_asked(gongkai: Program, arguments: tuple[str, ...], said: str) -> None:
    done = gongkai(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_in_english(gongkai: Program, install: Install) -> None:
    install(MISSPELT)
    done = gongkai("rules", "lint", "--select", "MC", "--language", "en")
    assert done.out.startswith("▲ warning  never applicable  MC901 ")
    assert "contradictory 0, repeated 0, never applicable 1." in done.err


def test_the_format_may_stand_before_the_word(gongkai: Program) -> None:
    assert gongkai("rules", "--output-format", "json", "lint", "--select", "XF9").out.startswith('{"version": 1')
