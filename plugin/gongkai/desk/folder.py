"""批量检查文件夹…: every workbook of a folder, into one report; no workbook is written."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

from gongkai.batch import check_files
from gongkai.console import Console
from gongkai.paths import find_workbooks
from gongkai.report import Summary
from gongkai.reporters.as_text import TextReporter
from gongkai.summaries import batch_summary, plain
from gongkai_checks.finding import Severity
from gongkai_workbooks.user_folders import write_private

from .answer import Answer, Counts
from .desk import Desk
from .request import Request
from .visit import WORDS, CancelledError, refused

REPORTS = "reports"


def check_folder(desk: Desk, request: Request) -> Answer:
    """Check what is in the folder and all below it; the report becomes a text file among the program's own."""
    if not request.folder:
        return refused("请选择要检查的文件夹。")
    folder = Path(request.folder)
    if not folder.is_absolute() or not folder.is_dir():
        return refused(f"找不到文件夹“{request.folder}”。")
    search = find_workbooks([str(folder)], WORDS)
    if not search.workbooks:
        return refused("".join(search.problems) or f"文件夹“{folder}”里没有工作簿。")
    total, done = len(search.workbooks), 0

    def advance(more: int) -> None:
        nonlocal done
        if desk.cancelled():
            raise CancelledError
        done += more
        desk.progress(f"正在检查文件夹：{done}/{total}{'，按 Esc 取消' if request.escape else ''}")

    paper = io.StringIO()
    reporter = TextReporter(Console("never", out=paper, err=paper), WORDS, details=False, terse=False)
    summary = Summary()
    stopped = False
    try:
        for report in check_files(search.workbooks, desk.session, 1, advance):
            summary.add(report)
            reporter.add(report)
    except CancelledError:
        stopped = True
    reporter.close(summary)
    closing = _with_buttons(plain(batch_summary(summary, WORDS)))
    text = _with_buttons(paper.getvalue()) + "".join(f"{problem}\n" for problem in search.problems)
    text += "" if closing in text else f"{closing}\n"
    if stopped:
        closing = f"已取消，{total} 个工作簿中检查完的有 {summary.files} 个。{closing}"
        text += f"{closing}\n"
    stamp = datetime.datetime.fromisoformat(desk.now()).strftime("%Y%m%d-%H%M%S")
    file = desk.home / REPORTS / f"批量校验-{stamp}.txt"
    try:
        write_private(file, text.replace("\n", "\r\n").encode("utf-8-sig", "replace"))
    except OSError as error:
        why = f"报告无法写入 {file}（{error.strerror or error}）。请检查磁盘空间和文件夹的权限。"
        return replace(Answer(sentence=f"{closing}{why}"), outcome="failed")
    desk.show(file)
    counts = {severity.word: count for severity, count in summary.severities.items() if severity in Severity}
    return replace(
        Answer(sentence=f"{closing}报告：{file}", counts=Counts(**counts)),
        details=search.problems,
        file=str(file),
    )


def _with_buttons(text: str) -> str:
    """What the command line says of its options, for people who have buttons."""
    return text.replace("项需 --unsafe-fixes", "项需逐项确认").replace("：--unsafe-fixes", "")
