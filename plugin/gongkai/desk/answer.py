"""What an action answers: one sentence for the person, and the little that a window or a status bar shows beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from gongkai.language import Words
from gongkai.report import FileReport, severity_of
from gongkai.reporters.as_json import JsonValue
from gongkai.wording import title_of
from gongkai_checks.finding import Finding, Severity
from gongkai_workbooks.cells import CellRef

from .request import Request

APPLICATIONS: Mapping[str, str] = {"excel": "Excel", "wps": "WPS", "libreoffice": "LibreOffice", "file": "文件"}

Outcome = Literal["done", "refused", "confirm", "failed", "cancelled"]
"""``refused``: what was asked for cannot be done here; ``confirm``: it waits for a yes; ``failed``: something went wrong; ``cancelled``: by the user."""

MOST_LISTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many findings of each severity."""

    error: int = 0
    warning: int = 0
    info: int = 0

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Counts:
        """Count some findings."""
        severities = [severity_of(finding) for finding in findings]
        return cls(**{severity.word: severities.count(severity) for severity in Severity})

    def __str__(self) -> str:
        return f"错误 {self.error}，警告 {self.warning}，提示 {self.info}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One finding as a list shows it; ``state`` is what the office answered beside it in the results sheet."""

    severity: str
    code: str
    cell: CellRef | None
    text: str
    state: str = ""
    safety: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one action.

    ``sentence`` is Chinese and whole; ``action`` and ``workbook`` are filled in by the desk. ``cell`` is where the user was taken, ``changed`` the cells whose value was written, ``left`` those that were
    left alone, ``details`` further lines (a rule explained, the state of the installation), ``file`` a report that was written, ``workbooks`` those that are open. ``greyed`` are the actions
    that would do nothing on this workbook now, with the reason; ``pressed`` the toggles that are on.
    """

    sentence: str
    action: str = ""
    outcome: Outcome = "done"
    workbook: str = ""
    counts: Counts | None = None
    cell: CellRef | None = None
    changed: tuple[CellRef, ...] = ()
    left: tuple[CellRef, ...] = ()
    lines: tuple[Line, ...] = ()
    details: tuple[str, ...] = ()
    file: str = ""
    workbooks: tuple[Request, ...] = ()
    greyed: Mapping[str, str] = field(default_factory=dict)
    pressed: tuple[str, ...] = ()

    def preceded_by(self, sentence: str) -> Answer:
        """The same answer with something said before it."""
        return replace(self, sentence=sentence + self.sentence)

    def as_json(self) -> dict[str, JsonValue]:
        """The answer as the helper sends it; lists are cut at ``MOST_LISTED``."""
        counts = self.counts
        return {
            "action": self.action,
            "outcome": self.outcome,
            "sentence": self.sentence,
            "workbook": self.workbook,
            "counts": {"error": counts.error, "warning": counts.warning, "info": counts.info} if counts else None,
            "cell": _cell(self.cell),
            "changed": [str(cell) for cell in self.changed[:MOST_LISTED]],
            "left": [str(cell) for cell in self.left[:MOST_LISTED]],
            "lines": [
                {
                    "severity": line.severity,
                    "code": line.code,
                    "cell": _cell(line.cell),
                    "text": line.text,
                    "state": line.state,
                    "safety": line.safety,
                }
                for line in self.lines[:MOST_LISTED]
            ],
            "details": [*self.details[:MOST_LISTED]],
            "file": self.file,
            "workbooks": [
                {
                    "workbook": each.workbook,
                    "application": each.application,
                    "locator": dict(each.locator),
                    "shown": shown(each),
                }
                for each in self.workbooks[:MOST_LISTED]
            ],
            "pressed": [*self.pressed],
            # Last: the macros of Excel look for it from there to the end.
            "greyed": dict(self.greyed),
        }

    def log_line(self) -> str:
        """What the log may keep: counts and addresses, no sentence, because a sentence holds figures."""
        parts = [f"{self.action} {self.outcome}"]
        if self.counts is not None:
            parts.append(f"error={self.counts.error} warning={self.counts.warning} info={self.counts.info}")
        for name, cells in (("changed", self.changed), ("left", self.left)):
            if cells:
                parts.append(f"{name}={','.join(str(cell) for cell in cells[:20])}")
        return " ".join(parts)


def shown(request: Request) -> str:
    """A workbook as a person knows it: its name, where it is open, and its folder."""
    path = Path(request.workbook.replace("\\", "/"))
    folder = str(path.parent)
    where = f"　{folder}" if folder not in (".", "") else ""
    return f"{path.name}（{APPLICATIONS[request.application]}）{where}"


def _cell(cell: CellRef | None) -> JsonValue:
    return None if cell is None else {"sheet": cell.sheet, "cell": cell.a1}


def lines_of(report: FileReport, findings: Iterable[Finding], states: dict[int, str]) -> tuple[Line, ...]:
    """The findings as lines of a list; ``states`` are the office's answers by the findings' identity."""
    words = Words("zh")
    return tuple(
        Line(
            severity=severity_of(finding).word,
            code=finding.code,
            cell=finding.cell,
            text=title_of(finding, words),
            state=states.get(id(finding), ""),
            safety=finding.fix.safety.value if finding.fix is not None else "",
        )
        for finding in findings
    )
