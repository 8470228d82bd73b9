"""Writing twenty marks and the sheet of results into a workbook of nine sheets, against openpyxl loading and saving it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from gongkai.marks import make_marks
from gongkai.report import FileReport
from gongkai.results_sheet import make_results_sheet
from gongkai.session import Session
from gongkai.settings import Settings
from gongkai_checks.finding import Finding, Severity
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.edits import Edits
from gongkai_workbooks.package import write_edits

from .bench import Bench
from .by_openpyxl import load_and_save, write
from .clock import Action, cpu_ratio, in_turns, milliseconds, wall_ratio
from .table import table

TABLES = ("02", "03", "05", "06")
MARKS = 20
TIME = "2025-08-21T09:30:00+08:00"
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def run(bench: Bench) -> str:
    """The table: milliseconds of either side, and their ratio: how many times faster than openpyxl."""
    source = bench.corpus.samples()[-1]
    session = Session(Settings())
    edits = twenty_marks(session.locate(session.read(source), source.name), session)
    ours, theirs = bench.scratch / "marked.xlsx", bench.scratch / "openpyxl.xlsx"
    sides: dict[str, Action] = {
        "openpyxl, load and save, nothing changed": partial(load_and_save, source, theirs),
        "openpyxl, the same marks and sheet": partial(write, source, edits, theirs),
    }
    rows: list[tuple[object, ...]] = []
    for name, reference in sides.items():
        pairs = in_turns(reference, partial(_write_edits, source, edits, ours), bench.pairs, calls=(1, 5))
        for side, times in ((name, [p.measured for p in pairs]), ("`write_edits`", [p.reference for p in pairs])):
            rows.append((side, milliseconds(time.cpu for time in times), milliseconds(time.wall for time in times)))
        rows.append(("times faster", cpu_ratio(pairs), wall_ratio(pairs)))
    return f"{source.name}, {MARKS} marks on {len(TABLES)} sheets.\n\n" + table(("ms", "processor", "wall"), rows)


def twenty_marks(disclosure: Disclosure, session: Session) -> Edits:
    """Findings on amounts of four tables, as the program marks and lists them."""
    findings = tuple(
        finding for number in TABLES for finding in _findings(disclosure, number, MARKS // len(TABLES), session)
    )
    report = FileReport(
        path=disclosure.path,
        status="checked",
        department=disclosure.department,
        year=disclosure.year,
        amount_unit=disclosure.amount_unit.name,
        sheets=disclosure.sheets,
        findings=findings,
    )
    results, entries = make_results_sheet(report, (), {}, time=TIME, profile="half_up")
    marks = make_marks(entries, report)
    assert len(marks) == MARKS
    return Edits(marks=marks, results=results)


def _findings(disclosure: Disclosure, number: str, count: int, session: Session) -> list[Finding]:
    amounts = list(disclosure.tables[number].amounts.items())
    chosen = amounts[:: len(amounts) // count][:count]
    rule = session.registry.by_code[f"XF{number[1]}01"]
    return [
        Finding(
            code=rule.code,
            name=rule.name,
            severity=SEVERITIES[place % len(SEVERITIES)],
            message=rule.title,
            cell=amount.cell,
            table=number,
            item=item,
            column=column,
            expected="1234.72",
            found="1234.27",
            difference="-0.45",
            tolerance="0.01",
            evidence=tuple(other.cell for _, other in amounts[:3] if other.cell is not None),
            basis=rule.basis,
            help=rule.remedy,
        )
        for place, ((item, column), amount) in enumerate(chosen)
    ]


def _write_edits(source: Path, edits: Edits, output: Path) -> None:
    applied = write_edits(source, edits, output, tool_version="0", time=TIME)
    if applied.refused or not applied.journal.results:
        raise RuntimeError(f"not all was written: {applied.refused}")
