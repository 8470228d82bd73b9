"""The counts of one workbook and of a run in one sentence, fit to be pasted into a record."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Severity

from .console import Part
from .language import Words
from .report import FileReport, Summary
from .version import __version__
from .wording import SEVERITY_STYLES, severity_word


def plain(parts: Sequence[Part]) -> str:
    """A styled line as mere text."""
    return "".join(part if isinstance(part, str) else part[0] for part in parts)


def file_summary(report: FileReport, words: Words) -> list[Part]:
    """``9 张表，检查 212 项：错误 3，警告 1，提示 4；…`` of one workbook."""
    present = [number for number, table in report.tables.items() if table.status in ("checked", "empty")]
    named = {
        status: words("、", ", ").join(
            f"公开{number}" for number, table in report.tables.items() if table.status == status
        )
        for status in ("missing", "unreadable", "empty")
    }
    gaps = []
    if named["missing"]:
        gaps.append(words(f"缺 {named['missing']}", f"missing: {named['missing']}"))
    if named["unreadable"]:
        gaps.append(words(f"{named['unreadable']} 无法识别", f"not understood: {named['unreadable']}"))
    gap = words(f"（{'，'.join(gaps)}）", f" ({', '.join(gaps)})") if gaps else ""
    summary = Summary()
    summary.add(report)
    unknown = len(report.unknown())
    passed_over = len(report.not_checked) - unknown
    empty = (
        words(f"（{named['empty']} 为空表）", f" (empty: {named['empty']})") if named["empty"] and passed_over else ""
    )
    parts: list[Part] = []
    if summary.clean:
        parts.append((words("未发现问题。", "Nothing found. "), "added"))
    parts += [
        words(
            f"{len(present)} 张表{gap}，检查 {report.checked} 项：",
            f"{len(present)} tables{gap}, {report.checked} checks: ",
        ),
        *severity_counts(summary, words),
        words(
            f"；不适用 {passed_over}{empty}；未能校验 {unknown}。",
            f"; not applicable {passed_over}{empty}; not checkable {unknown}.",
        ),
        fixable(summary, words),
    ]
    if not report.findings:
        parts.append((f"（gongkai {__version__}）", "muted"))
    return parts


def batch_summary(summary: Summary, words: Words) -> list[Part]:
    """The counts of a run over several files."""
    skipped = summary.unreadable + summary.not_disclosures
    parts: list[Part] = [
        words(
            f"共 {summary.files} 个文件：无问题 {summary.clean}，有问题 {summary.checked - summary.clean}，未校验 {skipped}；检查 {summary.relations} 项：",
            f"{summary.files} files: {summary.clean} clean, {summary.checked - summary.clean} with findings, {skipped} not checked; "
            f"{summary.relations} checks: ",
        ),
        *severity_counts(summary, words),
        words("。", "."),
        fixable(summary, words),
    ]
    if summary.written:
        parts.append(
            words(
                f"写出 {summary.written} 个文件，修正 {summary.changed} 处",
                f" {summary.written} files written, {summary.changed} cells changed",
            )
        )
        if summary.withdrawn:
            parts.append(
                words(f"，未改或撤回 {summary.withdrawn} 项", f", {summary.withdrawn} not changed or withdrawn")
            )
        parts.append(words("。", "."))
    if summary.problems:
        parts.append(
            (words(f"{summary.problems} 个文件未能写出。", f" {summary.problems} files could not be written."), "error")
        )
    return parts


def severity_counts(summary: Summary, words: Words) -> list[Part]:
    """``错误 3，警告 1，提示 4``."""
    parts: list[Part] = []
    for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO):
        count = summary.severities[severity]
        parts.append((f"{severity_word(severity, words)} {count}", SEVERITY_STYLES[severity] if count else "plain"))
        parts.append(words("，", ", "))
    return parts[:-1]


def fixable(summary: Summary, words: Words) -> str:
    """How many findings the program could fix, and how."""
    more = summary.fixable_unsafe
    extra = words(f"（另有 {more} 项需 --unsafe-fixes）", f" (and {more} with --unsafe-fixes)") if more else ""
    return words(f"可自动修正 {summary.fixable_safe}{extra}。", f" Fixable: {summary.fixable_safe}{extra}.")
