from __future__ import annotations

import io
from dataclasses import replace

from gongkai.console import Console
from gongkai.language import LanguageName, Words
from gongkai.report import CellChange, Correction, FileReport, NotChanged
from gongkai.reporters.as_text import TextReporter
from gongkai_checks.finding import NotChecked, Safety, Severity
from gongkai_workbooks.cells import CellRef
from tests.plugin.reports import PROOF, SHEET03, finding, report, unreadable


def printed(report: FileReport, language: LanguageName = "zh", *, details: bool = False, terse: bool = False) -> str:
    out = io.StringIO()
    TextReporter(Console("never", out=out, err=out), Words(language), details=details, terse=terse).add(report)
    return out.getvalue()


TOTAL02 = CellRef("公开02", 9, 4)
FULL = report(
    finding(
        "TO101",
        safety=Safety.SAFE,
        evidence=(TOTAL02,),
        candidates=((SHEET03,), (TOTAL02,)),
        explained=(finding("XF301", CellRef("公开03", 8, 6)),),
    ),
    labels={TOTAL02: "合计·本年收入合计"},
)


def test_a_finding_says_where_what_by_how_much_why_and_what_to_do() -> None:
    assert printed(FULL).splitlines()[:6] == [
        "决算公开.xlsx  公开03!F12  ✖ 错误 TO101  208 社会保障和就业支出的本年支出合计与各款之和不一致",
        "    应为 1,234.72    实为 1,234.27    相差 -0.45（万元，容差 0.01）",
        "    依据单元格：公开02!D9（合计·本年收入合计）",
        "    可能有误：公开03!F12；或 公开02!D9（合计·本年收入合计）",
        "    由此引起：XF301 公开03!F8",
        "    如何修改：核对该行各栏；按账面数改正。将 公开03!F12 由 14.27 改为 14.72。〔可自动修正〕",
    ]


def test_in_english_the_program_speaks_english() -> None:
    lines = printed(FULL, "en").splitlines()
    assert lines[0].startswith("决算公开.xlsx  公开03!F12  ✖ error TO101  class-differs-from-sections: 208")
    assert lines[1] == "    expected 1,234.72    found 1,234.27    difference -0.45 (万元, tolerance 0.01)"
    assert lines[-1].startswith("决算公开.xlsx  9 tables, 212 checks: error 1")


def test_one_proof_is_enough_unless_all_are_asked_for() -> None:
    proven = report(replace(finding(), proofs=(PROOF, PROOF)))
    line = "    验算：F12 9.00，F8 7.00；相差 +2.00，超出容差 0.01"
    assert [text for text in printed(proven).splitlines() if "验算" in text] == [line + "（另有 1 式同样不符）"]
    assert [text for text in printed(proven, details=True).splitlines() if "验算" in text] == [line, line]
    english = [text for text in printed(proven, "en").splitlines() if "proof" in text]
    assert english == ["    proof: F12 9.00, F8 7.00: difference +2.00, beyond the tolerance 0.01 (1 more disagree)"]


def test_many_findings_of_one_code_in_one_sheet_are_cut_to_five() -> None:
    cells = [CellRef("公开03", row, 6) for row in range(10, 31)]
    text = printed(report(*(finding(cell=cell) for cell in cells), finding("TO101")))
    assert text.count("错误 XF305") == 5
    assert "公开03  XF305 共 21 项，以上列出 5 项" in text
    assert "错误 TO101" in text


def test_twenty_are_shown_whole() -> None:
    text = printed(report(*(finding(cell=CellRef("公开03", row, 6)) for row in range(10, 30))))
    assert text.count("错误 XF305") == 20
    assert "共 20 项" not in text


def test_a_file_that_could_not_be_read_is_one_sentence() -> None:
    assert printed(unreadable()) == "坏.xlsx 不是工作簿，请在 Excel 中打开核对。\n"
    assert printed(unreadable(error="不是工作簿。")) == "坏.xlsx：不是工作簿。\n"


def test_terse_and_detailed() -> None:
    clean = report(not_checked=(NotChecked(code="TO407", reason="公开07为空表"),))
    assert printed(clean, terse=True) == ""
    assert "TO407" not in printed(clean)
    assert "未校验 TO407：公开07为空表" in printed(clean, details=True)


def test_workbook_text_cannot_steer_the_terminal() -> None:
    nasty = finding(message="\x1b[2J\u202e甲\n乙", cell=CellRef("表\x1b[31m一", 1, 1), help="\x07改")
    text = printed(report(replace(nasty, item="\x1b"), path="a\x1b[0m.xlsx"))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x07" not in text
    assert "表一!A1" in text
    assert "甲 乙" in text


def test_what_was_changed_and_what_was_not() -> None:
    fixed, kept = (
        finding(safety=Safety.SAFE),
        finding("XF306", CellRef("公开03", 20, 6), Severity.ERROR, safety=Safety.SAFE),
    )
    change = CellChange(
        cell=SHEET03, label="208 社会保障和就业支出·本年支出合计", old="14.27", new="1414.72", finding=fixed
    )
    done = Correction(
        output="决算公开.校验.xlsx",
        changes=(change,),
        not_changed=(NotChanged(finding=kept, reason="公开03!F20 是公式，不改写。"),),
        marked=3,
    )
    text = printed(replace(report(), correction=done))
    assert text.splitlines()[:5] == [
        "决算公开.xlsx  已改 公开03!F12（208 社会保障和就业支出·本年支出合计）  XF305",
        "    - 14.27",
        "    + 1,414.72",
        "决算公开.xlsx  未改 公开03!F20 XF306  公开03!F20 是公式，不改写。",
        "决算公开.xlsx  已写出 决算公开.校验.xlsx：修正 1 处，标记 3 个单元格。重新校验的结果如下。",
    ]
    preview = printed(replace(report(), correction=replace(done, output="", preview=True)))
    assert "将改 公开03!F12" in preview
    assert "已写出" not in preview


def test_a_rule_that_failed_is_always_said_what_python_said_only_when_asked() -> None:
    failed = NotChecked(code="WB901", reason="规则 ZZ901 运行出错，请升级提供它的插件", detail="ValueError: half way")
    made = report(not_checked=(failed, NotChecked(code="TO401", reason="公开05缺失")))
    assert printed(made).splitlines()[0] == "决算公开.xlsx  未校验 WB901：规则 ZZ901 运行出错，请升级提供它的插件"
    assert "TO401" not in printed(made) and "ValueError" not in printed(made)
    assert "未校验 WB901：规则 ZZ901 运行出错，请升级提供它的插件（ValueError: half way）" in printed(
        made, details=True
    )
