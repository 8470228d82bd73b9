"""gongkai: checks, marks and corrects the nine disclosure sheets of a department's final accounts."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from .version import __version__

if TYPE_CHECKING:
    from gongkai_checks.options import Options

    from .report import FileReport

__all__ = ["__version__", "check_workbook"]


def check_workbook(
    path: str | PathLike[str], options: Options | None = None, *, password: str | None = None
) -> FileReport:
    """Check one saved workbook and return its report.

    Nothing is written, and nothing is raised for a bad file: the report's ``status`` is then ``unreadable`` or ``not_a_disclosure``, its ``error`` one
    Chinese sentence.
    """
    from pathlib import Path

    from gongkai_checks.options import Options

    from .paths import WorkbookPath
    from .saved_workbooks import reports_of
    from .session import Session
    from .settings import Settings

    options = options or Options()
    settings = Settings(options=options, password=password, language=options.language, show_quiet=options.show_rounding)
    file = Path(path)
    return reports_of(Session(settings), [WorkbookPath(file, Path(file.name))])[0]
