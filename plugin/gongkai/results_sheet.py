"""The sheet 「校验结果」 of a marked workbook: every finding with a link to its cell, a column to answer in, and what was not checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai_checks.finding import Finding
from gongkai_checks.options import ProfileName
from gongkai_checks.rounding import PROFILE_LABELS
from gongkai_workbooks.edits import ResultsSheet, SheetCell
from gongkai_workbooks.grid import Grid

from .console import clean
from .language import Words
from .proofs import proof_lines
from .report import CellChange, FileReport, severity_of, sort_findings
from .summaries import file_summary, plain
from .version import __version__
from .wording import (
    SEVERITY_STYLES,
    candidates_text,
    cells_text,
    explained_text,
    remedy,
    safety_note,
    title_of,
    value_after,
    value_before,
    with_separators,
)

COLUMNS = (
    "序号",
    "严重程度",
    "代码",
    "位置",
    "项目",
    "应为",
    "实为",
    "相差",
    "说明",
    "验算",
    "如何修改",
    "处理",
    "原因",
)
WIDTHS = (6.0, 10.0, 9.0, 24.0, 28.0, 15.0, 15.0, 13.0, 52.0, 44.0, 46.0, 11.0, 28.0)
ANSWERED = ("代码", "位置", "项目", "处理", "原因")
"""The columns that answers are read from; a sheet of an earlier version may lack others."""
MOST_PROOFS = 3
OPEN, CHANGED, CONFIRMED = "待处理", "已改", "确认无误"
ANSWERS = (OPEN, CHANGED, CONFIRMED)
LEGEND = (
    "图例：✖ 错误＝浅红底、粗框，数字不平，须改正；▲ 警告＝浅黄底、虚线框，须核对或说明；● 提示＝点线框，供参考。"
    "“处理”一列可选待处理、已改、确认无误，“原因”一列填写说明；重新校验时保留。公开前请用 gongkai clear 清除标记和本表。"
)
LONGEST = 2000
_PLAIN_AMOUNT = re.compile(r"[-+]?[0-9]{1,13}(\.[0-9]{1,2})?")

AnswerKey = tuple[str, str, str]
"""Code, place and item: what an answer is known by when the sheet is made again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office wrote beside a finding."""

    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a finding, its row in the sheet, and what was changed to settle it."""

    finding: Finding
    row: int
    changes: tuple[CellChange, ...] = ()


def make_results_sheet(
    report: FileReport,
    changes: Sequence[CellChange],
    answers: Mapping[AnswerKey, Answer],
    *,
    time: str,
    profile: ProfileName,
) -> tuple[ResultsSheet, tuple[Entry, ...]]:
    """The sheet for the findings that ``report`` still has and those that ``changes`` settled, with the lines that it holds.

    ``answers`` are those of an earlier sheet (``read_answers``).
    """
    words = Words("zh")
    settled: dict[int, list[CellChange]] = {}
    by_id = {id(finding): finding for finding in report.findings}
    for change in changes:
        settled.setdefault(id(change.finding), []).append(change)
        by_id[id(change.finding)] = change.finding
    rows = _heading(report, len(changes), words, time=time, profile=profile)
    header_row = len(rows)
    entries: list[Entry] = []
    for finding in sort_findings(by_id.values(), report.sheets):
        entry = Entry(finding, len(rows) + 1, tuple(settled.get(id(finding), ())))
        entries.append(entry)
        rows.append(_line(entry, len(entries), report, answers, words))
    last_filter_row = max(len(rows), header_row + 1)
    if not entries:
        rows.append((SheetCell(value="未发现问题。", style="muted"),))
    rows.extend(_not_checked(report))
    sheet = ResultsSheet(
        rows=tuple(rows),
        header_row=header_row,
        last_filter_row=last_filter_row,
        widths=WIDTHS,
        choices=((COLUMNS.index("处理") + 1, ANSWERS),),
    )
    return sheet, tuple(entries)


def read_answers(grid: Grid) -> dict[AnswerKey, Answer]:
    """The answers that stand in an earlier sheet of results; none when it is not one of ours."""
    answers: dict[AnswerKey, Answer] = {}
    columns: dict[str, int] = {}
    for row in range(grid.top, grid.bottom + 1):
        texts = _texts(grid, row)
        if not columns:
            if set(ANSWERED) <= set(texts):
                columns = {text: place for place, text in enumerate(texts)}
            continue
        code, place, item, state, reason = (texts[columns[name]] for name in ANSWERED)
        if code and (reason or state in ANSWERS):
            answers[code, place, item] = Answer(state if state in ANSWERS else OPEN, reason)
    return answers


def is_results(grid: Grid) -> bool:
    """Whether a sheet is one of ours: it has the line with the names of the columns."""
    return any(set(ANSWERED) <= set(_texts(grid, row)) for row in range(grid.top, grid.bottom + 1))


def _texts(grid: Grid, row: int) -> list[str]:
    return [str(grid.value(row, column)).strip() for column in range(1, len(COLUMNS) + 1)]


def _heading(
    report: FileReport, changed: int, words: Words, *, time: str, profile: ProfileName
) -> list[tuple[SheetCell, ...]]:
    year = f"{report.year}年度" if report.year else "年度不明"
    department = report.department or "部门名称不明"
    first = f"{department}　{year}　单位：{report.amount_unit or '不明'}　文件：{report.path}"
    when = datetime.datetime.fromisoformat(time).strftime("%Y-%m-%d %H:%M")
    second = f"校验时间：{when}　程序：gongkai {__version__}　尾差口径：{PROFILE_LABELS[profile]}"
    done = f"程序已修正 {changed} 处。" if changed else ""
    return [
        (SheetCell(value="决算公开校验结果", style="title"),),
        (_text(first, "muted"),),
        (_text(second, "muted"),),
        (_text(done + plain(file_summary(report, words))),),
        (_text(LEGEND, "muted"),),
        tuple(SheetCell(value=name, style="header") for name in COLUMNS),
    ]


def _line(
    entry: Entry, number: int, report: FileReport, answers: Mapping[AnswerKey, Answer], words: Words
) -> tuple[SheetCell, ...]:
    finding = entry.finding
    severity = severity_of(finding)
    place = clean(str(finding.cell)) if finding.cell else "整个工作簿"
    item = clean("·".join(part for part in (finding.item, finding.column) if part))
    answer = answers.get((finding.code, place, item), Answer(OPEN, ""))
    if entry.changes:
        written = "；".join(
            f"{change.cell.a1} 由 {value_before(change, words)} 改为 {value_after(change, words)}"
            for change in entry.changes
        )
        answer = Answer(CHANGED, f"程序修正：{written}")
    elif answer.state == CHANGED:
        answer = Answer(OPEN, answer.reason)
    return (
        SheetCell(value=number),
        SheetCell(value=f"{severity.sign} {severity.label}", style=SEVERITY_STYLES[severity]),
        _text(finding.code),
        SheetCell(value=place, style="wrap", link=finding.cell),
        _text(item, "wrap"),
        _figure(finding.expected, finding),
        _figure(finding.found, finding),
        _figure(finding.difference, finding),
        _text(_explanation(finding, report, words), "wrap"),
        _text("　".join(f"{line}。" for line in proof_lines(finding, report, words, MOST_PROOFS)), "wrap"),
        _text(remedy(finding) + ("" if entry.changes else safety_note(finding, words)), "wrap"),
        SheetCell(value=answer.state),
        _text(answer.reason, "wrap"),
    )


def _explanation(finding: Finding, report: FileReport, words: Words) -> str:
    parts = [title_of(finding, words) + "。"]
    for heading, text in (
        ("依据单元格：", cells_text(finding.evidence, report.labels, words)),
        ("可能有误：", candidates_text(finding, report.labels, words)),
        ("由此引起：", explained_text(finding, words)),
        ("依据：", clean(finding.basis)),
    ):
        if text:
            parts.append(f"{heading}{text}。")
    return "".join(part.replace("。。", "。") for part in parts)


def _not_checked(report: FileReport) -> list[tuple[SheetCell, ...]]:
    if not report.not_checked:
        return []
    rows: list[tuple[SheetCell, ...]] = [
        (),
        (SheetCell(value=f"未校验的项目（{len(report.not_checked)} 项）"),),
    ]
    for skipped in report.not_checked:
        place = clean(str(skipped.cell)) if skipped.cell else ""
        rows.append(
            (
                SheetCell(value=""),
                SheetCell(value=""),
                _text(skipped.code),
                SheetCell(value=place, link=skipped.cell),
                _text(skipped.reason),
            )
        )
    return rows


def _text(value: str, style: Literal["plain", "muted", "wrap"] = "plain") -> SheetCell:
    shown = clean(value)
    return SheetCell(value=shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…", style=style)


def _figure(text: str, finding: Finding) -> SheetCell:
    """An amount as a number where two decimals hold it; what has no difference may be a year or a name and stays a text."""
    if finding.difference and _PLAIN_AMOUNT.fullmatch(text):
        return SheetCell(value=float(text), style="amount")
    return SheetCell(value=with_separators(text) if finding.difference else clean(text), style="amount")
