"""The command ``gongkai``, the same as ``python -m gongkai``."""

from __future__ import annotations

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from .arguments import make_parser, parse
from .language import Words, language_of

INTERRUPTED = 130
PIPE_CLOSED = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0, 1 or 2, 130 after Ctrl-C, 141 when nobody reads the output any more."""
    arguments = sys.argv[1:] if arguments is None else arguments
    words = Words(language_of(arguments))
    _prepare_streams()
    try:
        if not arguments:
            make_parser(words).print_help()
            return 2
        try:
            options = parse(arguments, words)
        except SystemExit as leaving:  # --help, --version, and errors of the command line
            sys.stdout.flush()
            return leaving.code if isinstance(leaving.code, int) else 2
        code = _run(options, words)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Python writes what is buffered once more when it ends: to nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        _complain(words("已中断；没有留下写了一半的文件。", "Interrupted; no file was left half-written."))
        return INTERRUPTED


def _run(options: Namespace, words: Words) -> int:
    from .console import Console
    from .usage import UsageError

    console = Console(options.color)
    try:
        command = importlib.import_module(f".commands.{options.command}", __package__)
        code: int = command.run(options, console, words)
    except UsageError as error:
        console.say((str(error), "error"))
        return 2
    except (BrokenPipeError, KeyboardInterrupt):
        console.clear_status()
        raise
    except Exception as error:
        from .crash import crash_sentence

        console.say((crash_sentence(error, words), "error"))
        return 2
    return code


def _complain(sentence: str) -> None:
    try:
        print(sentence, file=sys.stderr)
    except OSError:
        return


def _prepare_streams() -> None:
    """A letter that the console cannot show becomes a question mark; a program without a console speaks to nobody."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open until the end)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
