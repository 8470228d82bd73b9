"""Messages in English: nothing that the built-in rules say stays Chinese, and no workbook can make the turning slow or wrong."""

from __future__ import annotations

import ast
import re
import time
from functools import cache
from pathlib import Path

import pytest

from gongkai_checks.english import english
from gongkai_checks.english.sentences import phrasebook
from gongkai_checks.failed_rule import failed_rule
from gongkai_checks.finding import Finding
from gongkai_checks.options import Options
from gongkai_checks.registry import load_registry
from gongkai_checks.run import check
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate
from tests.benchmarks.diagnosis.case import draw
from tests.benchmarks.diagnosis.kinds import KINDS
from tests.benchmarks.diagnosis.original import Original, published
from tests.golden.cases import CASES, Case

CHECKS = Path(__file__).parents[3] / "checks" / "gongkai_checks"
HAN = re.compile(r"[\u4e00-\u9fff]")
REGISTRY = load_registry(plugins=False)
LAYOUT = load_layout()


@pytest.mark.parametrize(
    ("chinese", "words"),
    [
        (
            "公开03“合计”本年支出合计应为 667.00，实为 676.00（相邻两位数字颠倒）：公开03第 7 行横向合计、公开01“本年支出合计”、公开05同一科目三处均以 667.00 相符",
            (
                "sheet 03 'Total' (合计), column 'Total expenditure this year' (本年支出合计): should be 667.00, is 676.00 (two digits exchanged): "
                "three relations agree on 667.00 (the total across row 7 of sheet 03, sheet 01 'Total expenditure this year' (本年支出合计), "
                "the same code in sheet 05)"
            ),
        ),
        (
            "公开01“八、社会保障和就业支出”决算数与公开03同一类科目不一致：应为 14.72，实为 14.71，相差 -0.01，两处同一个数相差一个最小单位（四舍五入容差 0.01）",
            (
                "sheet 01 '八、社会保障和就业支出', column 'Final accounts' (决算数) differs from the same class in sheet 03: should be 14.72, "
                "is 14.71, off by -0.01, two copies of one figure one step apart (rounded half up, tolerance 0.01)"
            ),
        ),
        ("将 公开03!F12 由空白改为 14.72", "change 公开03!F12 from blank to 14.72"),
        (
            "公开06列有取暖费 419.21，而上海不集中供暖",
            "sheet 06 has heating costs 419.21, and no heating is laid on in 上海",
        ),
        (
            "公开09“公务接待费”决算数 0.80 大于预算数 0.50",
            "'Official receptions' (公务接待费) of sheet 09: final accounts 0.80 exceed the budget 0.50",
        ),
        ("公开05、公开06为空表", "empty: sheet 05, sheet 06"),
        (
            failed_rule("ZZ901", ValueError("half way")).reason,
            (
                "rule ZZ901 failed while it ran; update the plugin that it comes from, "
                "and if it still fails send its author the output of --verbose"
            ),
        ),
    ],
)
def test_sentences(chinese: str, words: str) -> None:
    assert english(chinese) == words


@pytest.mark.parametrize(
    "text", ["", "某插件自己的话", "公开03“合计”某栏应为 1.00，实为 2.00：不知何故", "公开03" * 2_000]
)
def test_what_is_not_known_stays_chinese(text: str) -> None:
    assert english(text) is None


def test_labels_of_a_workbook_are_data() -> None:
    said = english("公开05列有“20709 {line} {0} \\1 旅游发展”，该科目只属于政府性基金预算")
    assert said == "sheet 05 has '20709 {line} {0} \\1 旅游发展', which belongs to the government funds only"


@pytest.mark.parametrize(
    "piece", ["：应为 ", "、公开03", "“”", "；", "（1格之和）", "公开03“合计”决算数应为 1.00，实为 "]
)
def test_hostile_labels_do_not_make_it_slow(piece: str) -> None:
    begin = time.process_time()
    english("公开03“合计”决算数应为 1.00，实为 2.00" + piece * (2_900 // len(piece)))
    assert time.process_time() - begin < 2


def said(findings: tuple[Finding, ...]) -> set[str]:
    """All sentences of findings, of those beneath them, and of their fixes."""
    texts = {text for f in findings for text in (f.message, *((f.fix.title, f.fix.reason) if f.fix else ()))}
    beneath = [said(f.explained) for f in findings if f.explained]
    remedies = {rule.remedy for rule in REGISTRY.rules}  # a fix may say no more than its rule
    return set().union(texts, *beneath) - remedies - {""}


def unsaid(disclosure: Disclosure) -> set[str]:
    [checked] = check([disclosure], REGISTRY, Options(show_rounding=True))
    texts = said(checked.findings) | {skipped.reason for skipped in checked.not_checked}
    return {text for text in texts if english(text) is None}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_published_accounts(case: Case, tmp_path: Path) -> None:
    grids = FileHost(case.draw(tmp_path)).read_all()
    assert unsaid(locate(grids, LAYOUT, path=case.name)) == set()


@cache
def originals() -> tuple[Original, ...]:
    return tuple(published())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_mistake(kind: str) -> None:
    drawn = [draw(kind, number, 3, originals()) for number in range(3)]
    assert set().union(*(unsaid(injection.disclosure) for injection in drawn if injection is not None)) == set()


@pytest.mark.parametrize(
    "path", [*sorted(CHECKS.glob("rules/*/*.py")), CHECKS / "schemas" / "failures.py"], ids=lambda p: p.stem
)
def test_every_message_of_a_rule_has_a_phrase(path: Path) -> None:
    """No rule can be added without English: what it says, and why it may say nothing, is a phrase or made of phrases."""
    known = {_skeleton_of_phrase(chinese) for chinese, _ in phrasebook().pairs}
    lacking = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg in ("message", "reason"):
            skeleton = _skeleton_of_code(node.value)
            if HAN.search(skeleton) and not (skeleton in known or _fits(skeleton, known)):
                lacking.append(skeleton)
    assert lacking == []


def _skeleton_of_phrase(chinese: str) -> str:
    return re.sub(r"\{\w+:\w+\}", "{}", chinese)


def _skeleton_of_code(node: ast.expr) -> str:
    """The text of a string in a program, with {} for what is put into it; "" for what is no string."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def _fits(skeleton: str, known: set[str]) -> bool:
    """Whether it is said in English with a code put in, or may turn into a phrase: what is put in may be nothing, or bring words of its own."""
    loose = re.compile(".*".join(map(re.escape, skeleton.replace("{} {}", "{}").split("{}"))))
    return english(skeleton.replace("{}", "30101")) is not None or any(map(loose.fullmatch, known))
