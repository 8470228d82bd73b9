"""``gongkai helper``: the resident program behind the buttons, run, started, ended and asked how it is; the small window; one click without it."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.console import Console, clean
from gongkai.language import Words
from gongkai.usage import UsageError

if TYPE_CHECKING:
    from gongkai.desk.answer import Answer
    from gongkai.helper.click_files import ClickFiles


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Do what is asked of the helper; ``status`` is 0 while one runs and 1 when none does. Raises ``UsageError``."""
    from gongkai.helper.client import HelperError

    try:
        if (arguments.action or arguments.request or arguments.answer) and arguments.what != "click":
            raise UsageError(
                words(
                    "操作名、--request 和 --answer 只与 click 同用。",
                    "An action, --request and --answer go with click only.",
                )
            )
        return COMMANDS[arguments.what](arguments, console, words)
    except HelperError as error:
        raise UsageError(clean(str(error))) from error


def _run(arguments: Namespace, console: Console, words: Words) -> int:
    from gongkai.helper.lock import TakenError
    from gongkai.helper.papers import Papers, log_path
    from gongkai.helper.resident import run_helper

    def started(papers: Papers) -> None:
        if not arguments.quiet:
            console.say(
                words(
                    f"常驻程序已在 127.0.0.1:{papers.port} 等候（进程 {papers.pid}）；日志：{log_path()}",
                    f"The helper listens on 127.0.0.1:{papers.port} (process {papers.pid}); log: {log_path()}",
                )
            )

    try:
        run_helper(arguments.idle_minutes, started=started)
    except TakenError as error:
        raise UsageError(words("常驻程序已经在运行。", "The helper runs already.")) from error
    except OSError as error:
        raise UsageError(
            words(
                f"常驻程序无法启动：{error.strerror or error}。", f"The helper cannot start: {error.strerror or error}."
            )
        ) from error
    return 0


def _start(arguments: Namespace, console: Console, words: Words) -> int:
    from gongkai.helper.client import start

    papers = start()
    if not arguments.quiet:
        console.print(words(f"常驻程序运行中（进程 {papers.pid}）。", f"The helper runs (process {papers.pid})."))
    return 0


def _stop(arguments: Namespace, console: Console, words: Words) -> int:
    from gongkai.helper.client import stop

    ended = stop()
    if not arguments.quiet:
        console.print(
            words("常驻程序已结束。", "The helper has ended.")
            if ended
            else words("常驻程序没有运行。", "No helper runs.")
        )
    return 0


def _status(arguments: Namespace, console: Console, words: Words) -> int:
    from gongkai.helper.client import call, running
    from gongkai.helper.papers import log_path

    papers = running()
    if papers is None:
        console.print(words("常驻程序没有运行。", "No helper runs."))
        return 1
    status = call(papers, "GET", "status")
    console.print(
        words(
            f"常驻程序运行中：进程 {papers.pid}，127.0.0.1:{papers.port}，日志 {log_path()}",
            f"The helper runs: process {papers.pid}, 127.0.0.1:{papers.port}, log {log_path()}",
        )
    )
    last = status.get("last")
    if isinstance(last, dict):
        console.print(words("上一次：", "Last: ") + clean(str(last.get("sentence", ""))))
    return 0


def _window(arguments: Namespace, console: Console, words: Words) -> int:
    try:
        import tkinter

        from gongkai.helper.window import run_window
    except ImportError:
        # The embeddable Python of Windows cannot show windows; a browser is always there.
        return _page(arguments, console, words)
    try:
        run_window()
    except tkinter.TclError as error:
        raise UsageError(words("没有可用的屏幕，打不开窗口。", "There is no screen for the window.")) from error
    return 0


def _page(arguments: Namespace, console: Console, words: Words) -> int:
    """The same window in the browser, served by the helper on this machine."""
    import webbrowser

    from gongkai.helper.client import call, start

    papers = start()
    url = f"http://127.0.0.1:{papers.port}{call(papers, 'POST', 'window')['path']}"
    if not webbrowser.open(url) and not arguments.quiet:
        console.print(words(f"请在一分钟内用浏览器打开：{url}", f"Open in a browser within a minute: {url}"))
    return 0


def _click(arguments: Namespace, console: Console, words: Words) -> int:
    """One action without a helper, for machines on which nothing may listen: request and answer are JSON, in two files or on the standard streams."""
    from gongkai.crash import crash_sentence
    from gongkai.desk.answer import Answer
    from gongkai.reporters.as_json import dumps

    files = _files(arguments, words)
    try:
        answer = _clicked(arguments.action, files, words)
    except Exception as error:
        if files is None:
            raise
        # Whoever waits for the file is told too.
        sentence = str(error) if isinstance(error, UsageError) else crash_sentence(error, words)
        console.say((sentence, "error"))
        answer = Answer(sentence=sentence, action=arguments.action or "", outcome="failed")
    if files is None:
        console.write_utf8(dumps(answer.as_json()) + "\n")
    else:
        try:
            files.give(answer)
        except OSError as error:
            raise _unwritable(files.answer, error, words) from error
    return {"done": 0, "refused": 1, "confirm": 1, "failed": 2}[answer.outcome]


def _clicked(action: str | None, files: ClickFiles | None, words: Words) -> Answer:
    """What became of the action. Raises ``UsageError`` when it was not begun."""
    from gongkai.desk.actions import ACTIONS
    from gongkai.desk.request import RequestError, read_request
    from gongkai.helper.alone import click_alone
    from gongkai.helper.guard import MOST_BYTES
    from gongkai_workbooks.user_folders import data_home

    try:
        if files is not None:
            body = files.take()
        elif sys.stdin is not None:
            body = sys.stdin.buffer.read(MOST_BYTES) if action in ACTIONS else b""
        else:
            body = b""
    except OSError as error:
        raise UsageError(
            words(f"无法读取请求：{error.strerror}。", f"The request cannot be read: {error.strerror}.")
        ) from error
    if action is None or action not in ACTIONS:
        names = "、".join(ACTIONS)
        raise UsageError(words(f"click 后面写操作名：{names}。", f"click needs an action: {', '.join(ACTIONS)}."))
    try:
        return click_alone(action, read_request(body))
    except RequestError as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise _unwritable(data_home(), error, words) from error


def _files(arguments: Namespace, words: Words) -> ClickFiles | None:
    """The files of a click, ready; None when it goes by the standard streams. Raises ``UsageError``."""
    from gongkai.helper.click_files import ClickFiles, PlaceError

    if arguments.request is None and arguments.answer is None:
        return None
    if arguments.request is None or arguments.answer is None:
        raise UsageError(words("--request 和 --answer 要一起用。", "--request and --answer go together."))
    try:
        files = ClickFiles(Path(arguments.request), Path(arguments.answer))
        files.prepare()
    except PlaceError as error:
        raise UsageError(clean(str(error))) from error
    except OSError as error:
        raise _unwritable(Path(arguments.answer), error, words) from error
    return files


def _unwritable(path: Path, error: OSError, words: Words) -> UsageError:
    shown, reason = clean(str(path)), error.strerror or error
    return UsageError(words(f"无法写入 {shown}（{reason}）。", f"Cannot write {shown}: {reason}."))


COMMANDS = {
    "run": _run,
    "start": _start,
    "stop": _stop,
    "status": _status,
    "window": _window,
    "page": _page,
    "click": _click,
}
