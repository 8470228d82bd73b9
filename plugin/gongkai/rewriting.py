"""Marking and correcting one workbook: plan, write, read again, check again, and give up what does harm."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_workbooks.edits import Edits
from gongkai_workbooks.errors import WorkbookError

from .corrections import Plan, choose_fixes, culprits, edits_of, new_errors, with_fixes
from .marks import make_marks
from .paths import WorkbookPath, shown_path
from .report import Correction, FileReport
from .results_sheet import Answer, AnswerKey, make_results_sheet, read_answers
from .targets import back_up, is_writable_format, new_temporary, target_of
from .targets import replace as put_in_place

if TYPE_CHECKING:
    from gongkai_checks.finding import Finding
    from gongkai_checks.run import Checked
    from gongkai_workbooks.cells import CellRef
    from gongkai_workbooks.grid import Grid

    from .session import Session

CHANGED_SINCE = datetime.timedelta(minutes=1)
"""A result whose file is younger than its journal by more than this has been worked on since it was written."""


def rewrite(session: Session, workbook: WorkbookPath, checked: Checked, report: FileReport) -> FileReport:
    """Do to one workbook what the settings ask for; the report that comes back is that of what was written.

    When nothing is written, for whatever reason, it is the given report with the reason in its ``correction``.
    """
    return _Rewriter(session, workbook, checked, report).run()


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
        self.grids: tuple[Grid, ...] = ()

    def run(self) -> FileReport:
        words = self.words
        if not report_has_work(self.report, mark=self.wanted.mark):
            return self._unwritten(words("没有问题，无须写出文件。", "Nothing found, nothing written."))
        self.grids = self.session.read(self.workbook.path)
        plan = Plan()
        if self.wanted.fix:
            plan = choose_fixes(self.report.findings, self.grids, unsafe=self.wanted.unsafe, words=words)
            plan, _ = self._foreseen(plan)
        if self.wanted.preview:
            notice = "" if plan.fixes else words("没有将作的修正。", "Nothing would be changed.")
            return self._with(self._correction(plan, preview=True, notice=notice))
        if not plan.fixes and not self.wanted.mark:
            return self._with(
                self._correction(
                    plan, notice=words("没有可自动修正的项目，未写出文件。", "Nothing to correct, nothing written.")
                )
            )
        if not is_writable_format(self.workbook.path):
            return self._with(
                Correction(
                    notice=words(
                        f"{self.workbook.path.suffix} 格式只能校验，不能标记和修正；请在 Excel 或 WPS 中另存为 .xlsx 后再运行。",
                        f"{self.workbook.path.suffix} files are only checked; save as .xlsx to mark or correct.",
                    )
                )
            )
        try:
            return self._write(plan)
        except WorkbookError as error:
            return self._with(Correction(not_changed=plan.not_changed, problem=str(error)))

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
        answers = self._answers()
        temporary = new_temporary(self.target, self.words)
        try:
            while True:
                plan, left = self._foreseen(plan)
                edits = self._edits(plan, left, answers)
                refused = self._apply(edits, temporary)
                obstructed = [
                    finding for finding in plan.fixes if any(edit.cell in refused for edit in edits_of(finding))
                ]
                if obstructed:
                    for finding in obstructed:
                        reason = next(refused[edit.cell] for edit in edits_of(finding) if edit.cell in refused)
                        plan = plan.without([finding], reason)
                    continue
                checked, after = self._check(self.session.read(temporary))
                errors = new_errors(self.checked.findings, checked.findings)
                if not errors or not plan.fixes:
                    break
                plan = self._withdrawn(plan, errors)
            backup = self._back_up()
            put_in_place(temporary, self.target, self.words)
        finally:
            temporary.unlink(missing_ok=True)
        marked = len({mark.cell for mark in edits.marks} - refused.keys())
        correction = self._correction(
            plan, output=shown_path(self.target), backup=shown_path(backup) if backup else "", marked=marked
        )
        return replace(after, seconds=self.report.seconds, correction=correction)

    def _edits(self, plan: Plan, left: FileReport, answers: dict[AnswerKey, Answer]) -> Edits:
        if not self.wanted.mark:
            return Edits(values=plan.values())
        settings = self.session.settings
        sheet, entries = make_results_sheet(
            left, plan.changes(self.report.labels), answers, time=settings.time, profile=settings.options.profile
        )
        return Edits(values=plan.values(), marks=make_marks(entries, left), results=sheet)

    def _apply(self, edits: Edits, output: Path) -> dict[CellRef, str]:
        from gongkai_workbooks.file_host import FileHost

        applied = FileHost(self.workbook.path, password=self.session.settings.password).apply(edits, output=output)
        return {refusal.cell: refusal.reason for refusal in applied.refused}

    def _answers(self) -> dict[AnswerKey, Answer]:
        """What was answered in the results sheet of the source, and of the result that is about to be replaced."""
        answers = read_answers(self.grids)
        if self.target != self.workbook.path and self.target.exists():
            self._refuse_strangers()
            answers.update(read_answers(self.session.read(self.target)))
        return answers

    def _refuse_strangers(self) -> None:
        from gongkai_workbooks.package import read_journals

        if not read_journals(self.target):
            raise WorkbookError(
                self.words(
                    f"{shown_path(self.target)} 已存在且不是本程序写出的，不予覆盖；请移走或改用 --output-dir。",
                    f"{shown_path(self.target)} exists and was not written by gongkai; it is not overwritten.",
                )
            )

    def _back_up(self) -> Path | None:
        """Keep what is about to be replaced: the original, or a result that somebody worked on since it was written."""
        from gongkai_workbooks.package import read_journals

        if not self.target.exists():
            return None
        if not self.wanted.in_place:
            written = max(datetime.datetime.fromisoformat(journal.time) for journal in read_journals(self.target))
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

    def _unwritten(self, notice: str) -> FileReport:
        return self._with(Correction(preview=self.wanted.preview, notice=notice))

    def _with(self, correction: Correction) -> FileReport:
        return replace(self.report, correction=correction)


def report_has_work(report: FileReport, *, mark: bool) -> bool:
    """Whether a report gives any reason to write: something to correct, or to mark."""
    return any(finding.fix is not None and finding.fix.edits for finding in report.findings) or (
        mark and bool(report.findings)
    )
