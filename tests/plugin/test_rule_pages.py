from __future__ import annotations

from pathlib import Path

from gongkai.rule_pages import INDEX, MARKER, rule_index, rule_page
from gongkai_checks.equations import S01, S02, CrossFoot
from gongkai_checks.finding import Severity
from gongkai_checks.registry import load_registry
from gongkai_checks.rule import EngineRule
from tests.plugin.conftest import Program

EQUATION = CrossFoot(
    "XF999",
    "totals-differ",
    "两处合计不等",
    left=S01["本年收入合计"],
    right=S02["合计", "本年收入合计"],
    claim="不等",
    basis="勾稽关系",
)
FOREIGN = EngineRule(
    code="ZZ001",
    name="of-an-office",
    severity=Severity.WARNING,
    title="本单位的规则|<b>",
    why="因为",
    example="比如",
    remedy="改正",
    basis="本单位的办法",
)


def test_the_page_of_an_equation_shows_its_formula() -> None:
    assert rule_page(EQUATION).split("\n\n")[:5] == [
        MARKER,
        "# XF999 两处合计不等",
        "✖ **错误** · `totals-differ` · 表内勾稽",
        "## 公式",
        "> 公开01 本年收入合计·决算数 ＝ 公开02 合计·本年收入合计",
    ]


def test_a_page_has_every_section_and_says_that_there_is_no_fix() -> None:
    page = rule_page(FOREIGN)
    for heading, text in (
        ("为什么", "因为"),
        ("示例", "比如"),
        ("如何修改", "改正"),
        ("依据", "本单位的办法"),
        ("修正是否安全", "只报告，不自动修改。"),
    ):
        assert f"\n## {heading}\n\n{text}\n" in page
    assert "公式" not in page


def test_the_index_is_by_family_and_knows_no_markup_of_titles() -> None:
    lines = rule_index([FOREIGN, EQUATION]).splitlines()
    assert lines.index("## 表内勾稽") < lines.index("## 其他（由插件提供）")
    assert "| [XF999](XF999.md) | ✖ 错误 | 两处合计不等 |" in lines
    assert "| [ZZ001](ZZ001.md) | ▲ 警告 | 本单位的规则\\|&lt;b> |" in lines


def test_pages_are_written_and_those_of_rules_that_are_gone_removed(gongkai: Program, folder: Path) -> None:
    pages = folder / "docs" / "rules"
    pages.mkdir(parents=True)
    (pages / "XF998.md").write_text(f"{MARKER}\n旧规则", encoding="utf-8")
    (pages / "XF997.md").write_text("自己写的", encoding="utf-8")
    (pages / "说明.md").write_text("自己写的", encoding="utf-8")
    done = gongkai("rules", "--output-format", "md", "--output-dir", "docs/rules")
    rules = load_registry().rules
    assert (done.code, done.out) == (0, "")
    assert done.err == f"已写 {len(rules)} 条规则的说明到 docs/rules。\n"
    names = {path.name for path in pages.iterdir()}
    assert names == {INDEX, "XF997.md", "说明.md", *(f"{rule.code}.md" for rule in rules)}


def test_a_page_of_somebody_else_is_not_overwritten(gongkai: Program, folder: Path) -> None:
    (folder / INDEX).write_text("本项目的说明", encoding="utf-8")
    done = gongkai("rules", "--output-format", "md", "--output-dir", ".")
    assert done.code == 2
    assert INDEX in done.err
    assert (folder / INDEX).read_text(encoding="utf-8") == "本项目的说明"
    assert not (folder / "XF101.md").exists()


def test_a_folder_is_for_markdown_only(gongkai: Program, folder: Path) -> None:
    done = gongkai("rules", "--output-format", "json", "--output-dir", "rules")
    assert (done.code, done.out) == (2, "")
    assert "--output-format md" in done.err
    assert not (folder / "rules").exists()
