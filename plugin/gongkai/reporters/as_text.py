"""The report for people."""

from __future__ import annotations

from collections import Counter

from gongkai.console import Console, Part, clean
from gongkai.language import Words
from gongkai.proofs import proof_lines
from gongkai.report import Correction, FileReport, Summary, is_broken_off, severity_of
from gongkai.summaries import file_summary
from gongkai.wording import (
    SEVERITY_STYLES,
    candidates_text,
    cells_text,
    comparison,
    explained_text,
    remedy,
    safety_note,
    severity_word,
    title_of,
    value_after,
    value_before,
)
from gongkai_checks.finding import Finding, NotChecked

MANY = 20
SHOWN_OF_MANY = 5
MOST_PROOFS = 20
INDENT = "    "


class TextReporter:
    """Prints each workbook's findings and its summary; with ``details`` also all their proofs, and what was not checked and why.

    Of a preview (--diff) only the changes are shown.
    """

    def __init__(self, console: Console, words: Words, *, details: bool = False, terse: bool = False) -> None:
        self._console = console
        self._words = words
        self._details = details
        self._terse = terse
        # One can be checked with a calculator; the others say the same of other cells.
        self._proofs = MOST_PROOFS if details else 1

    def add(self, report: FileReport) -> None:
        """Print one workbook."""
        path = clean(report.path)
        if report.status != "checked":
            self._console.print((error_line(report, self._words), "error"))
            return
        if report.correction is not None:
            self._correction(path, report.correction)
        if report.correction is None or not report.correction.preview:
            self._findings(path, report)
        for skipped in report.not_checked:
            if is_broken_off(skipped):
                self._console.print((f"{path}  {self._not_checked(skipped)}", "error"))
            elif self._details:
                self._console.print((f"{path}  {self._not_checked(skipped)}", "muted"))
        if self._details:
            self._console.print((f"{path}  {self._words('用时', 'took')} {report.seconds:.2f} s", "muted"))
        if not self._terse:
            self._console.print((path, "strong"), "  ", *file_summary(report, self._words))

    def close(self, summary: Summary) -> None:
        """Nothing: the summary of all is said beside the report, or appended by who writes it to a file."""

    def _findings(self, path: str, report: FileReport) -> None:
        counts = Counter(_group(finding) for finding in report.findings)
        shown: Counter[tuple[str, str]] = Counter()
        for finding in report.findings:
            group = _group(finding)
            many = counts[group] > MANY
            if many and shown[group] == SHOWN_OF_MANY:
                self._console.print(f"{path}  {self._rest(finding, counts[group])}")
            shown[group] += 1
            if not many or shown[group] <= SHOWN_OF_MANY:
                self._finding(path, finding, report)

    def _finding(self, path: str, finding: Finding, report: FileReport) -> None:
        words = self._words
        severity = severity_of(finding)
        place = clean(str(finding.cell)) if finding.cell else words("整个工作簿", "whole workbook")
        self._console.print(
            f"{path}  {place}  ",
            (
                f"{self._console.sign(severity)} {severity_word(severity, words)} {finding.code}",
                SEVERITY_STYLES[severity],
            ),
            f"  {title_of(finding, words)}",
        )
        advice = remedy(finding)
        lines = (
            ("", comparison(finding, report.unit_of(finding), words)),
            (words("依据单元格：", "evidence: "), cells_text(finding.evidence, report.labels, words)),
            (words("可能有误：", "one of these is wrong: "), candidates_text(finding, report.labels, words)),
            *((words("验算：", "proof: "), line) for line in proof_lines(finding, report, words, self._proofs)),
            (words("由此引起：", "causes: "), explained_text(finding, words)),
            (words("如何修改：", "what to do: "), advice + safety_note(finding, words) if advice else ""),
        )
        for heading, text in lines:
            if text:
                self._console.print(INDENT, (heading, "muted"), text)

    def _rest(self, finding: Finding, count: int) -> str:
        sheet = clean(finding.cell.sheet) if finding.cell else ""
        return self._words(
            f"{sheet}  {finding.code} 共 {count} 项，以上列出 {SHOWN_OF_MANY} 项，其余见 --output-format json 或 --mark 的结果清单。",
            f"{sheet}  {finding.code}: {count} findings, {SHOWN_OF_MANY} shown; all with --output-format json or --mark.",
        )

    def _not_checked(self, skipped: NotChecked) -> str:
        word = self._words("未校验", "not checked")
        place = f" {skipped.cell}" if skipped.cell else ""
        detail = (
            self._words(f"（{skipped.detail}）", f" ({skipped.detail})") if self._details and skipped.detail else ""
        )
        return clean(
            self._words(f"{word} {skipped.code}{place}：", f"{word} {skipped.code}{place}: ") + skipped.reason + detail
        )

    def _correction(self, path: str, correction: Correction) -> None:
        words = self._words
        for change in correction.changes:
            label = words(f"（{clean(change.label)}）", f" ({clean(change.label)})") if change.label else ""
            self._console.print(
                f"{path}  ",
                words("将改 ", "would change ") if correction.preview else words("已改 ", "changed "),
                clean(str(change.cell)) + label,
                f"  {change.finding.code}",
            )
            self._console.print(INDENT, (f"- {value_before(change, words)}", "removed"))
            self._console.print(INDENT, (f"+ {value_after(change, words)}", "added"))
        for not_changed in correction.not_changed:
            finding = not_changed.finding
            place = f"{clean(str(finding.cell))} " if finding.cell else ""
            self._console.print(
                f"{path}  ", (words("未改 ", "not changed "), "warning"), f"{place}{finding.code}  {not_changed.reason}"
            )
        if correction.output:
            self._console.print(f"{path}  ", *_written(correction, words))
        if correction.notice:
            self._console.print(f"{path}  {correction.notice}")
        if correction.problem:
            self._console.print(f"{path}  ", (correction.problem, "error"))


def _written(correction: Correction, words: Words) -> list[Part]:
    changed, marked = len(correction.changes), correction.marked
    done = [words(f"修正 {changed} 处", f"{changed} cells changed")] if changed else []
    if marked:
        done.append(words(f"标记 {marked} 个单元格", f"{marked} cells marked"))
    parts: list[Part] = [
        words("已写出 ", "written: "),
        (correction.output, "strong"),
        words("：", ": "),
        words("，", ", ").join(done),
    ]
    if correction.backup:
        parts.append(words(f"；备份为 {correction.backup}", f"; backup: {correction.backup}"))
    parts.append(words("。重新校验的结果如下。", ". Checked again:"))
    return parts


def _group(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.cell.sheet if finding.cell else ""


def error_line(report: FileReport, words: Words) -> str:
    """Why a file was not checked: one sentence with its path."""
    sentence = clean(report.error or "")
    path = clean(report.path)
    return sentence if path in sentence else words(f"{path}：{sentence}", f"{path}: {sentence}")
