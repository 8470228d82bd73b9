"""Marking and correcting one workbook: plan, write, read again, check again, and give up what does harm."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_workbooks.edits import Edits
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.package import clear_marks, read_journals, same_workbook, write_edits

from .corrections import Plan, choose_fixes, culprits, edits_of, new_errors, with_fixes
from .marks import make_marks
from .paths import WorkbookPath, shown_path
from .report import Correction, FileReport
from .results_sheet import Answer, AnswerKey, make_results_sheet, read_answers
from .session import Session
from .targets import back_up, ensure_writable, is_writable_format, target_of
from .version import __version__

if TYPE_CHECKING:
    from gongkai_checks.finding import Finding
    from gongkai_checks.run import Checked
    from gongkai_workbooks.edits import Applied
    from gongkai_workbooks.grid import Grid

CHANGED_SINCE = datetime.timedelta(minutes=1)
"""A result whose file is younger than its journal by more than this has been worked on since it was written."""


def rewrite(session: Session, workbook: WorkbookPath, checked: Checked, report: FileReport) -> FileReport:
    """Do to one workbook what the settings ask for; the report that comes back is that of what was written.

    When nothing is written, for whatever reason, it is the given report with the reason in its ``correction``.
    """
    try:
        return _Rewriter(session, workbook, checked, report).run()
    except WorkbookError as error:
        return replace(report, correction=Correction(problem=session.words.error(str(error))))


class _Rewriter:
    def __init__(self, session: Session, workbook: WorkbookPath, checked: Checked, report: FileReport) -> None:
        assert session.settings.rewrite is not None
        self.session = session
        self.words = session.words
        self.wanted = session.settings.rewrite
        self.workbook = workbook
        self.checked = checked
        self.report = report
        self.target = target_of(workbook, self.wanted)
        self.password = session.settings.password
        self.grids: tuple[Grid, ...] = ()

    def run(self) -> FileReport:
        words = self.words
        if not self._has_work():
            return self._nothing_found()
        self.grids = self.session.read(self.workbook.path)
        plan = Plan()
        if self.wanted.fix:
            plan = choose_fixes(self.report.findings, self.grids, unsafe=self.wanted.unsafe, words=words)
            plan, _ = self._foreseen(plan)
        if self.wanted.preview:
            notice = "" if plan.fixes else words("没有将作的修正。", "Nothing would be changed.")
            return self._with(self._correction(plan, preview=True, notice=notice))
        if not plan.fixes and not self.wanted.mark:
            notice = words("没有可自动修正的项目，未写出文件。", "Nothing to correct, nothing written.")
            return self._with(self._correction(plan, notice=notice))
        if not is_writable_format(self.workbook.path):
            suffix = self.workbook.path.suffix
            notice = words(
                f"{suffix} 格式只能校验，不能标记和修正；请在 Excel 或 WPS 中另存为 .xlsx 后再运行。",
                f"{suffix} files are only checked; save as .xlsx to mark or correct.",
            )
            return self._with(Correction(notice=notice))
        return self._write(plan)

    def _has_work(self) -> bool:
        findings = self.report.findings
        return any(edits_of(finding) for finding in findings) or (self.wanted.mark and bool(findings))

    def _nothing_found(self) -> FileReport:
        """A clean workbook is not written; what an earlier run left in it or beside it is no longer true."""
        words = self.words
        notice = words("没有需要修正或标记的问题，未写出文件。", "Nothing to correct or mark, nothing written.")
        if self.wanted.preview or self.report.findings or not is_writable_format(self.workbook.path):
            return self._with(Correction(preview=self.wanted.preview, notice=notice))
        if self.wanted.in_place and self.wanted.mark and read_journals(self.workbook.path, password=self.password):
            clear_marks(self.workbook.path, self.workbook.path, password=self.password)
            notice = words("没有问题；先前的标记已清除。", "Nothing found; the marks of an earlier run were removed.")
            return self._with(Correction(notice=notice))
        if not self.wanted.in_place and self.target.exists():
            shown = shown_path(self.target)
            notice += words(f"先前写出的 {shown} 已过时。", f" {shown}, written earlier, is out of date.")
        return self._with(Correction(notice=notice))

    def _foreseen(self, plan: Plan) -> tuple[Plan, FileReport]:
        """The plan without the fixes that would make a new error, and the report of the workbook as it would then be."""
        while plan.fixes:
            grids = with_fixes(self.grids, plan.values())
            checked, report = self._check(grids)
            errors = new_errors(self.checked.findings, checked.findings)
            if not errors:
                return plan, report
            plan = self._withdrawn(plan, errors)
        return plan, self.report

    def _withdrawn(self, plan: Plan, errors: Sequence[Finding]) -> Plan:
        first = errors[0]
        place = f"{first.cell} " if first.cell else ""
        reason = self.words(
            f"已撤回：修正后会出现新的错误（{place}{first.code}）。",
            f"Withdrawn: it would make a new error ({place}{first.code}).",
        )
        return plan.without(culprits(errors, plan.fixes), reason)

    def _check(self, grids: Sequence[Grid]) -> tuple[Checked, FileReport]:
        disclosure = self.session.locate(grids, self.workbook.shown)
        checked = self.session.check([disclosure])[0]
        return checked, self.session.report(self.workbook.shown, disclosure, checked)

    def _write(self, plan: Plan) -> FileReport:
        """Write a trial, read it again and check it, until no fix of it does harm; then write it where it belongs."""
        ensure_writable(self.target, self.words)
        answers = self._answers()
        with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
            trial = Path(folder, self.workbook.path.name)
            while True:
                plan, left = self._foreseen(plan)
                edits = self._edits(plan, left, answers)
                applied = self._apply(edits, trial)
                obstructed = _obstructed(plan, applied)
                if obstructed:
                    for finding, reason in obstructed:
                        plan = plan.without([finding], reason)
                    continue
                checked, after = self._check(self.session.read(trial))
                errors = new_errors(self.checked.findings, checked.findings)
                if not errors or not plan.fixes:
                    break
                plan = self._withdrawn(plan, errors)
            backup = self._back_up()
            self._apply(edits, self.target)
            if not same_workbook(self.target, trial, password=self.password):
                _, after = self._check(self.session.read(self.target))
        correction = self._correction(
            plan,
            output=shown_path(self.target),
            backup=shown_path(backup) if backup else "",
            marked=len({mark.cell for mark in edits.marks}),
            notice=self._remarks(plan, applied),
        )
        return replace(after, seconds=self.report.seconds, correction=correction)

    def _remarks(self, plan: Plan, applied: Applied) -> str:
        error = self.words.error
        remarks = [
            self.words(f"{refusal.cell}：{refusal.reason}。", f"{refusal.cell}: {error(refusal.reason)}. ")
            for refusal in applied.refused
        ]
        if plan.fixes and any(grid.formulas for grid in self.grids):
            remarks.append(
                self.words(
                    "工作簿含公式，修正后请在 Excel 或 WPS 中打开、重新计算并保存，再校验一次。",
                    "The workbook has formulas: open it, let it recalculate, save it and check it again.",
                )
            )
        return "".join(remarks)

    def _edits(self, plan: Plan, left: FileReport, answers: dict[AnswerKey, Answer]) -> Edits:
        if not self.wanted.mark:
            return Edits(values=plan.values())
        settings = self.session.settings
        sheet, entries = make_results_sheet(
            left, plan.changes(self.report.labels), answers, time=settings.time, profile=settings.options.profile
        )
        return Edits(values=plan.values(), marks=make_marks(entries, left), results=sheet)

    def _apply(self, edits: Edits, output: Path) -> Applied:
        return write_edits(
            self.workbook.path,
            edits,
            output,
            tool_version=__version__,
            time=self.session.settings.time,
            password=self.password,
        )

    def _answers(self) -> dict[AnswerKey, Answer]:
        """What was answered in the results sheet of the source, and of the result that is about to be replaced."""
        paths = [self.workbook.path, *([self.target] if self._replaces_a_result() else [])]
        sheets = [self.session.read_results(path) for path in paths]
        return {key: answer for sheet in sheets if sheet is not None for key, answer in read_answers(sheet).items()}

    def _replaces_a_result(self) -> bool:
        """Whether the target is a result of an earlier run. Raises ``WorkbookError`` when it is anybody else's file."""
        if self.target == self.workbook.path or not self.target.exists():
            return False
        if read_journals(self.target, password=self.password):
            return True
        if same_workbook(self.target, self.workbook.path, password=self.password):  # a result that was taken back
            return False
        shown = shown_path(self.target)
        raise WorkbookError(
            self.words(
                f"{shown} 已存在且不是本程序写出的，不予覆盖；请移走或改用 --output-dir。",
                f"{shown} exists and was not written by gongkai; it is not overwritten.",
            )
        )

    def _back_up(self) -> Path | None:
        """Keep what is about to be replaced: the original, or a result that somebody worked on since it was written."""
        if not self.wanted.in_place:
            if not self._replaces_a_result():
                return None
            written = max(journal.moment for journal in read_journals(self.target, password=self.password))
            changed = datetime.datetime.fromtimestamp(self.target.stat().st_mtime).astimezone()
            if changed - written < CHANGED_SINCE:
                return None
        return back_up(self.target, self.session.settings.time, self.words)

    def _correction(
        self,
        plan: Plan,
        *,
        output: str = "",
        backup: str = "",
        preview: bool = False,
        marked: int = 0,
        notice: str = "",
    ) -> Correction:
        return Correction(
            output=output,
            backup=backup,
            preview=preview,
            changes=plan.changes(self.report.labels),
            not_changed=plan.not_changed,
            marked=marked,
            notice=notice,
        )

    def _with(self, correction: Correction) -> FileReport:
        return replace(self.report, correction=correction)


def _obstructed(plan: Plan, applied: Applied) -> list[tuple[Finding, str]]:
    """The fixes that were not written whole, with the reason why not."""
    written = {entry.cell for entry in applied.journal.cells if entry.kind == "value"}
    reasons = {refusal.cell: refusal.reason for refusal in reversed(applied.refused)}
    found = []
    for finding in plan.fixes:
        left_out = [edit.cell for edit in edits_of(finding) if edit.cell not in written]
        if left_out:
            found.append((finding, reasons.get(left_out[0], "")))
    return found
