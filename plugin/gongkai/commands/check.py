"""``gongkai check``: find the files, check them, report, and mark or correct copies of them when asked to."""

from __future__ import annotations

import contextlib
import copy
import datetime
import difflib
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from gongkai import __version__
from gongkai.arguments import COMMANDS
from gongkai.batch import check_files, suitable_jobs
from gongkai.check_arguments import SEVERITIES
from gongkai.console import Console, clean
from gongkai.language import Words
from gongkai.output_file import OutputFile
from gongkai.passwords import asked_passwords
from gongkai.paths import Search, WorkbookPath, find_workbooks
from gongkai.progress import Progress
from gongkai.report import FileReport, Summary
from gongkai.reporters import Reporter
from gongkai.reporters.as_json import JsonReporter
from gongkai.reporters.as_text import TextReporter, error_line
from gongkai.saved_workbooks import reports_of
from gongkai.session import Session
from gongkai.settings import Rewrite, Settings
from gongkai.summaries import batch_summary, plain
from gongkai.targets import prepare_targets
from gongkai.usage import UsageError
from gongkai_checks.finding import Severity
from gongkai_checks.options import Options
from gongkai_workbooks.reading.limits import MAX_FILE_BYTES

STANDARD_INPUT = "-"


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Check what the command line names. Raises ``UsageError``."""
    settings = settings_of(arguments, words)
    with contextlib.ExitStack() as closing:
        search = _search(arguments, settings, words)
        for problem in search.problems:
            console.say((problem, "error"))
        for name in arguments.paths:
            near = difflib.get_close_matches(name, COMMANDS, 1) if not Path(name).exists() else []
            if near:
                console.say(
                    words(f"若“{clean(name)}”是命令，应写作 {near[0]}。", f"If {clean(name)} is a command: {near[0]}.")
                )
        if arguments.verbose:
            for path in search.passed_over:
                console.say((words(f"跳过 {path}（锁文件、备份或本程序的结果）", f"passed over: {path}"), "muted"))
        if not search.workbooks:
            if not search.problems:
                console.say((words("没有可校验的工作簿。", "No workbook to check."), "error"))
            return 2
        session = Session(settings)
        _check_options(session, words)
        for problem in session.problems:
            console.say((problem, "error"))
        if settings.rewrite is not None:
            prepare_targets(search.workbooks, settings.rewrite, words)
        output = None
        if arguments.output_file is not None:
            output = closing.enter_context(OutputFile(Path(arguments.output_file), search.workbooks, words))
        reporter = _reporter(arguments, console, output, words)
        summary = Summary()
        progress = Progress(len(search.workbooks), console, words, wanted=not arguments.quiet)
        jobs = arguments.jobs or suitable_jobs(len(search.workbooks))
        shown = _in_english(session) if words.language == "en" else None
        errors_beside = output is not None or arguments.output_format != "text"
        with contextlib.closing(check_files(search.workbooks, session, jobs, progress.advance)) as reports:
            for workbook, report in zip(search.workbooks, reports, strict=True):
                if report.wants_password:
                    report = _with_password(workbook, report, session, console, words)
                summary.add(report)
                reporter.add(shown(report) if shown is not None else report)
                if errors_beside and report.error:
                    console.say((error_line(report, words), "error"))
        progress.close()
        reporter.close(summary)
        if not arguments.quiet and (errors_beside or summary.files > 1):
            console.say(*batch_summary(summary, words))
        trusted = not (search.problems or session.problems)
        return summary.exit_code(
            Severity[SEVERITIES[arguments.fail_on].upper()], exit_zero=arguments.exit_zero, trusted=trusted
        )


def settings_of(arguments: Namespace, words: Words) -> Settings:
    """The settings that the command line asks for. Raises ``UsageError`` for options that contradict one another."""
    mark = arguments.mark if arguments.mark is not None else arguments.fix
    rewriting = arguments.fix or mark
    if arguments.diff and arguments.output_format != "text":
        raise UsageError(
            words(
                "--diff 只用于文本报告；JSON 报告里每项问题已带修正。", "--diff is for text; JSON has the fixes anyway."
            )
        )
    for name, given in (
        ("--in-place", arguments.in_place),
        ("--output-dir", arguments.output_dir is not None),
    ):
        if given and (not rewriting or arguments.diff):
            raise UsageError(words(f"{name} 要与 --fix 或 --mark 同用。", f"{name} needs --fix or --mark."))
    if arguments.unsafe_fixes and not (arguments.fix or arguments.diff):
        raise UsageError(words("--unsafe-fixes 要与 --fix 或 --diff 同用。", "--unsafe-fixes needs --fix or --diff."))
    if arguments.in_place and not arguments.paths:
        raise UsageError(words("用 --in-place 时请写明要改的文件。", "With --in-place, name the files to change."))
    rewrite = None
    if rewriting or arguments.diff:
        rewrite = Rewrite(
            fix=arguments.fix or arguments.diff,
            unsafe=arguments.unsafe_fixes,
            mark=mark,
            preview=arguments.diff,
            in_place=arguments.in_place,
            output_dir=Path(arguments.output_dir) if arguments.output_dir is not None else None,
        )
    show_quiet = arguments.show_rounding or (arguments.verbose and arguments.output_format == "text")
    return Settings(
        options=Options(
            profile=arguments.profile,
            select=_flat(arguments.select),
            ignore=_flat(arguments.ignore),
            language=words.language,
            show_rounding=show_quiet,
            dictionary=arguments.dictionary,
            joint=arguments.joint,
            seconds=arguments.time_limit,
        ),
        password=arguments.password,
        rewrite=rewrite,
        language=words.language,
        time=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        show_quiet=show_quiet,
    )


def _flat(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(code for codes in lists for code in codes)


def _search(arguments: Namespace, settings: Settings, words: Words) -> Search:
    names = arguments.paths or ["."]
    if STANDARD_INPUT not in names:
        return find_workbooks(names, words)
    if len(names) > 1 or settings.rewrite is not None:
        raise UsageError(
            words(
                "标准输入（-）只能单独校验，不能与其他文件、标记或修正同用。",
                "- is checked alone, without marks or corrections.",
            )
        )
    name = Path("<stdin>")
    return Search((WorkbookPath(name, name, sys.stdin.buffer.read(MAX_FILE_BYTES + 1)),))


def _check_options(session: Session, words: Words) -> None:
    """Refuse codes that no rule begins with, and a dictionary that cannot be read, before the work begins."""
    from gongkai_checks.dictionary import DictionaryError, load_dictionary

    options = session.settings.options
    codes = [rule.code for rule in session.registry.rules]
    for option, prefixes in (("--select", options.select), ("--ignore", options.ignore)):
        for prefix in prefixes:
            if not any(code.startswith(prefix) for code in codes):
                raise UsageError(
                    words(
                        f"{option}：没有以“{clean(prefix)}”开头的规则；用 gongkai rules 查看全部规则。",
                        f"{option}: no rule begins with {clean(prefix)}; see gongkai rules.",
                    )
                )
    try:
        load_dictionary(options.dictionary)
    except DictionaryError as error:
        raise UsageError(clean(words.error(str(error)))) from error


def _reporter(arguments: Namespace, console: Console, output: OutputFile | None, words: Words) -> Reporter:
    if arguments.output_format == "json":
        return JsonReporter(console.write_utf8 if output is None else output.stream.write, __version__)
    if output is None:
        return TextReporter(console, words, details=arguments.verbose, terse=arguments.quiet)
    paper = Console("never", out=output.stream, err=console.err)
    return _WithSummary(paper, words, details=arguments.verbose, terse=arguments.quiet)


def _in_english(session: Session) -> Callable[[FileReport], FileReport]:
    from gongkai.in_english import in_english

    return partial(in_english, rules=session.registry.by_code)


class _WithSummary(TextReporter):
    """A text report in a file, which ends with the counts of the run."""

    def close(self, summary: Summary) -> None:
        if summary.files > 1:
            self._console.print(plain(batch_summary(summary, self._words)))


def _with_password(
    workbook: WorkbookPath, report: FileReport, session: Session, console: Console, words: Words
) -> FileReport:
    """Ask for the password of an encrypted file, where there is somebody to ask."""
    for password in asked_passwords(workbook.path, console, words):
        asked = copy.copy(session)
        asked.settings = replace(session.settings, password=password)
        report = reports_of(asked, [workbook])[0]
        if not report.wants_password:
            break
    return report
