"""The findings of the checks about a host's sheets, and what of a workbook a user sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from gongkai_checks.finding import Finding
from gongkai_checks.options import Options
from gongkai_checks.registry import load_registry
from gongkai_checks.run import check
from gongkai_workbooks.edits import Edits, Mark, SetValue
from gongkai_workbooks.grid import Grid
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate


class Readable(Protocol):
    def read_all(self) -> Sequence[Grid]: ...


def findings_of(host: Readable) -> list[Finding]:
    """All findings, with cells, amounts and proposed corrections."""
    registry = load_registry()
    disclosure = locate(host.read_all(), load_layout(registry.layouts), path="表.xlsx")
    return [*check([disclosure], registry, Options())[0].findings]


def marks_and_fixes(findings: Sequence[Finding]) -> Edits:
    """A mark for every finding with a cell, and all corrections that were proposed."""
    marks = tuple(
        Mark(cell=finding.cell, severity="error" if finding.fix else "warning", note=finding.message)
        for finding in findings
        if finding.cell is not None
    )
    values: dict[object, SetValue] = {}
    for finding in findings:
        for edit in finding.fix.edits if finding.fix else ():
            values.setdefault(edit.cell, SetValue(cell=edit.cell, old=edit.old, new=edit.new))
    return Edits(values=tuple(values.values()), marks=marks)


def comparable(grid: Grid) -> Grid:
    """The grid without the order in which merged ranges are listed, and without blank merged ranges below all values.

    Readers list them differently, and LibreOffice does not count such ranges as used.
    """
    merges = sorted(span for span in grid.merges if span.top <= grid.bottom and span.left <= grid.right)
    return replace(grid, merges=tuple(merges), faults=dict(grid.faults))
