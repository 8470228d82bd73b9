"""The report for machines, schema version 1 (docs/report.schema.json). Keys are only ever added."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from gongkai.report import FileReport, Summary, severity_of
from gongkai.wording import cell_text, consequences
from gongkai_checks.finding import Claim, Finding, Proof, Severity
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import TABLE_NUMBERS

VERSION = 1
Json = dict[str, "JsonValue"]
JsonValue = str | int | None | list["JsonValue"] | Json

# Written as escapes: a report that is printed must not steer the terminal, and lone surrogates have no UTF-8.
_ESCAPED = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


class JsonReporter:
    """Writes one JSON document through ``write``, one workbook at a time."""

    def __init__(self, write: Callable[[str], object], tool_version: str) -> None:
        self._write = write
        self._separator = "\n"
        tool = dumps({"name": "gongkai", "version": tool_version})
        write(f'{{"version": {VERSION}, "tool": {tool}, "files": [')

    def add(self, report: FileReport) -> None:
        """One workbook on a line of its own."""
        self._write(self._separator + dumps(file_json(report)))
        self._separator = ",\n"

    def close(self, summary: Summary) -> None:
        """The counts, and the end of the document."""
        self._write(f'\n], "summary": {dumps(summary_json(summary))}}}\n')


def dumps(value: JsonValue) -> str:
    """JSON on one line, Chinese as it is, invisible characters as escapes."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def file_json(report: FileReport) -> Json:
    """One element of ``files``."""
    checked = report.status == "checked"
    return {
        "path": report.path,
        "status": report.status,
        "error": report.error,
        "department": report.department or None,
        "year": report.year,
        "amount_unit": report.amount_unit or None,
        "tables": {
            number: {"status": table.status, "sheet": table.sheet or None, "title": table.title}
            for number in TABLE_NUMBERS
            if (table := report.tables.get(number)) is not None
        },
        "checked": report.checked,
        "not_checked": [
            {"code": skipped.code, "reason": skipped.reason, **({"detail": skipped.detail} if skipped.detail else {})}
            for skipped in report.not_checked
        ],
        "findings": [finding_json(finding) for finding in report.findings] if checked else [],
    }


def finding_json(finding: Finding) -> Json:
    """One element of ``findings``."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": severity_of(finding).word,
        "table": finding.table or None,
        "sheet": finding.cell.sheet if finding.cell else None,
        "cell": finding.cell.a1 if finding.cell else None,
        "item": finding.item or None,
        "column": finding.column or None,
        "message": finding.message,
        "expected": finding.expected or None,
        "found": finding.found or None,
        "difference": finding.difference or None,
        "tolerance": finding.tolerance or None,
        "evidence": _cells(finding.evidence),
        "basis": finding.basis,
        "help": finding.help,
        "fix": _fix(finding),
        "candidates": [_cells(cells) for cells in finding.candidates],
        "certificate": [_proof(proof) for proof in finding.proofs],
        "explains": list(dict.fromkeys(consequence.code for consequence in consequences(finding))),
        "suppressed": finding.suppressed,
    }


def summary_json(summary: Summary) -> Json:
    """The ``summary``."""
    return {
        "files": summary.files,
        "unreadable": summary.unreadable,
        "error": summary.severities[Severity.ERROR],
        "warning": summary.severities[Severity.WARNING],
        "info": summary.severities[Severity.INFO],
        "fixable_safe": summary.fixable_safe,
        "fixable_unsafe": summary.fixable_unsafe,
    }


def _cells(cells: Iterable[CellRef]) -> list[JsonValue]:
    return [{"sheet": cell.sheet, "cell": cell.a1} for cell in cells]


def _fix(finding: Finding) -> Json | None:
    if finding.fix is None:
        return None
    edits: list[JsonValue] = [
        {"sheet": edit.cell.sheet, "cell": edit.cell.a1, "old": cell_text(edit.old), "new": cell_text(edit.new)}
        for edit in finding.fix.edits
    ]
    return {
        "safety": finding.fix.safety.value,
        "reason": finding.fix.reason or None,
        "title": finding.fix.title,
        "edits": edits,
    }


def _proof(proof: Proof) -> Json:
    """Relations with whole-number weights whose sum rounding cannot explain."""
    return {
        "relations": [
            {
                "code": claim.code,
                "weight": claim.weight,
                "terms": [
                    {"sheet": cell.sheet, "cell": cell.a1, "sign": sign, **_amount(claim, place)}
                    for place, (sign, cell) in enumerate(claim.terms)
                ],
            }
            for claim in proof.claims
        ],
        "difference": proof.difference,
        "tolerance": proof.tolerance,
    }


def _amount(claim: Claim, place: int) -> Json:
    return {"amount": claim.figures[place]} if len(claim.figures) == len(claim.terms) else {}
