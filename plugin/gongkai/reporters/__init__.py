"""The report of a run in its formats."""

from __future__ import annotations

from typing import Protocol

from gongkai.report import FileReport, Summary


class Reporter(Protocol):
    """Writes a report file by file, so that a run over thousands holds none of them."""

    def add(self, report: FileReport) -> None:
        """One more file, in order."""
        ...

    def close(self, summary: Summary) -> None:
        """All files are done."""
        ...
