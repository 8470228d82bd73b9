from __future__ import annotations

from dataclasses import replace

from gongkai.language import Words
from gongkai.report import Correction, Summary
from gongkai.summaries import batch_summary, file_summary, plain
from gongkai_checks.finding import NotChecked, Safety, Severity

from .reports import SHEET03, finding, report, unreadable

ZH, EN = Words("zh"), Words("en")


def test_summary_of_a_file() -> None:
    checked = report(
        finding(safety=Safety.SAFE),
        finding(safety=Safety.UNSAFE),
        finding(severity=Severity.WARNING),
        statuses={"07": "empty", "08": "empty"},
        not_checked=(
            NotChecked(code="TO407", reason="公开07为空表"),
            NotChecked(code="XF301", reason="不是金额", cell=SHEET03),
        ),
    )
    assert plain(file_summary(checked, ZH)) == (
        "9 张表，检查 212 项：错误 2，警告 1，提示 0；不适用 1（公开07、公开08 为空表）；未能校验 1。"
        "可自动修正 1（另有 1 项需 --unsafe-fixes）。"
    )
    assert plain(file_summary(checked, EN)) == (
        "9 tables, 212 checks: error 2, warning 1, info 0; not applicable 1 (empty: 公开07, 公开08); not checkable 1. "
        "Fixable: 1 (and 1 with --unsafe-fixes)."
    )


def test_nothing_found_says_what_was_checked_and_by_which_version() -> None:
    text = plain(file_summary(report(), ZH))
    assert text.startswith("未发现问题。9 张表，检查 212 项：错误 0")
    assert text.endswith("（gongkai 0.1.0）")


def test_missing_and_unreadable_tables_are_named() -> None:
    text = plain(file_summary(report(statuses={"03": "missing", "05": "unreadable"}), ZH))
    assert "7 张表（缺 公开03，公开05 无法识别），检查" in text


def test_summary_of_a_run() -> None:
    summary = Summary()
    for each in (
        report(),
        unreadable(),
        replace(report(finding()), correction=Correction(output="b.校验.xlsx")),
        replace(report(), correction=Correction(problem="无法写入")),
    ):
        summary.add(each)
    text = plain(batch_summary(summary, ZH))
    assert text.startswith("共 4 个文件：无问题 2，有问题 1，未校验 1；检查 636 项：错误 1，警告 0，提示 0。")
    assert "写出 1 个文件，修正 0 处。" in text
    assert text.endswith("1 个文件未能写出。")
