"""What gongkai says of published final accounts, from the file to the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai import check_workbook
from gongkai.report import FileReport, severity_of
from gongkai_checks.finding import Finding, Severity
from gongkai_workbooks.disclosure import TABLE_NUMBERS
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate
from gongkai_workbooks.samples import load_samples
from tests.golden.cases import CAIZHENG, CASES, JIANGHAN, JIANGHAN_ERRORS, QINGSHAN, SHENGTAI, YICHUAN, Case

by_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileReport]:
    folder = tmp_path_factory.mktemp("published")
    return {case.name: check_workbook(case.draw(folder)) for case in CASES}


def golden(report: FileReport) -> str:
    """A report, one finding a line."""
    lines = [json.dumps(summary(finding), ensure_ascii=False) for finding in report.findings]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def summary(finding: Finding) -> dict[str, str | None]:
    return {
        "severity": severity_of(finding).word,
        "code": finding.code,
        "cell": None if finding.cell is None else str(finding.cell),
        "expected": finding.expected,
        "found": finding.found,
        "difference": finding.difference,
        "fix": None if finding.fix is None else finding.fix.safety.value,
    }


def at_least(report: FileReport, severity: Severity) -> list[Finding]:
    return [finding for finding in report.findings if severity_of(finding) >= severity]


@by_case
def test_the_report_is_the_golden_one(case: Case, reports: dict[str, FileReport], update_golden: bool) -> None:
    assert reports[case.name].status == "checked", reports[case.name].error
    if update_golden:
        case.report.write_text(golden(reports[case.name]), encoding="utf-8", newline="\n")
    assert golden(reports[case.name]) == case.report.read_text(encoding="utf-8")


@by_case
def test_all_nine_tables_are_recognised_and_checked(case: Case, reports: dict[str, FileReport]) -> None:
    report = reports[case.name]
    assert report.status == "checked"
    assert {number: table.status in ("checked", "empty") for number, table in report.tables.items()} == dict.fromkeys(
        TABLE_NUMBERS, True
    )
    assert report.checked > 150
    assert not report.unknown()


@pytest.mark.parametrize("case", [JIANGHAN, CAIZHENG, SHENGTAI, QINGSHAN], ids=lambda case: case.name)
def test_published_rounding_is_no_error(case: Case, reports: dict[str, FileReport]) -> None:
    assert at_least(reports[case.name], Severity.ERROR) == []


def test_income_of_qingshan_that_differs_from_its_only_part_is_a_warning(reports: dict[str, FileReport]) -> None:
    # As published: 本年收入合计 716.87 and 51.43 against a single 财政拨款收入 of 716.88 and 51.44.
    warnings = at_least(reports[QINGSHAN.name], Severity.WARNING)
    assert [(f.table, f.item.split()[0], f.found, f.expected) for f in warnings] == [
        ("02", "210", "716.87", "716.88"),
        ("02", "21001", "51.43", "51.44"),
    ]


def test_the_shifted_block_of_yichuan_is_one_error(reports: dict[str, FileReport]) -> None:
    # As published: the items of 302 add up to 3689.14, twice the class (1844.57), which 30299 repeats; 30216 培训费 holds the 0.30
    # that 09 gives for 公务接待费, 30229 福利费 the 19.56 that it gives for 公务用车运行维护费.
    [error] = at_least(reports[YICHUAN.name], Severity.ERROR)
    assert (error.code, error.table, error.found, error.expected) == ("DX601", "06", "1844.57", "3689.14")
    assert "302" in error.item


def test_the_mistakes_put_into_the_sample_are_found_and_no_others(reports: dict[str, FileReport]) -> None:
    found = at_least(reports[JIANGHAN_ERRORS.name], Severity.WARNING)
    assert [f"{finding.table}!{finding.cell.a1}" for finding in found if finding.cell] == [
        "03!E7",
        "04!H26",  # G26 is the other half of it
        "05!A1",
        "05!G19",
        "06!I34",
        "08!A1",  # no note under the empty table
    ]


def test_the_corrections_of_the_sample_are_what_stood_there_before(reports: dict[str, FileReport]) -> None:
    [mistakes] = (sample.errors for sample in load_samples() if sample.errors)
    fixes = [finding.fix for finding in reports[JIANGHAN_ERRORS.name].findings if finding.fix is not None]
    assert {edit.cell: edit.new for fix in fixes for edit in fix.edits} == {
        mistake.cell: mistake.was for mistake in mistakes if not str(mistake.was).endswith(("决算表", "无数据。"))
    }


@pytest.mark.parametrize(
    ("case", "amounts"),
    # Counted in the published tables: printed amounts, 0.00 included, blank cells left out.
    [(CAIZHENG, 195), (SHENGTAI, 747), (YICHUAN, 622)],
    ids=lambda value: value.name if isinstance(value, Case) else "",
)
def test_every_published_amount_is_read(case: Case, amounts: int, tmp_path: Path) -> None:
    disclosure = locate(FileHost(case.draw(tmp_path)).read_all(), load_layout())
    assert sum(len(table.amounts) for table in disclosure.tables.values()) == amounts
