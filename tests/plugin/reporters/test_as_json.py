from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema

from gongkai.report import FileReport, Summary
from gongkai.reporters.as_json import JsonReporter, file_json
from gongkai_checks.finding import Edit, Finding, Fix, NotChecked, Safety, Severity
from gongkai_workbooks.cells import CellRef
from tests.plugin.reports import SHEET03, finding, report, unreadable

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/report.schema.json").read_text(encoding="utf-8"))


def document(*reports: FileReport) -> tuple[str, Any]:
    out, summary = io.StringIO(), Summary()
    reporter = JsonReporter(out.write, "0.1.0")
    for each in reports:
        summary.add(each)
        reporter.add(each)
    reporter.close(summary)
    return out.getvalue(), json.loads(out.getvalue())


FULL = report(
    finding(
        safety=Safety.SAFE,
        evidence=(CellRef("公开03", 13, 6),),
        candidates=((SHEET03,), (CellRef("公开02", 9, 4), SHEET03)),
        explained=(finding("XF301"), finding("TO103"), finding("XF301", None)),
    ),
    finding("WB001", None, Severity.INFO),
    not_checked=(NotChecked(code="TO408", reason="公开08为空表"),),
    statuses={"08": "empty", "09": "missing"},
)


def test_every_report_fits_the_schema() -> None:
    _, whole = document(FULL, report(), unreadable(), replace(unreadable(), status="not_a_disclosure"))
    jsonschema.validate(whole, SCHEMA)
    _, empty = document()
    jsonschema.validate(empty, SCHEMA)


def test_the_schema_refuses_what_is_not_a_report() -> None:
    _, whole = document(FULL)
    whole["files"][0]["findings"][0]["expected"] = 14.72
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert [error.json_path for error in validator.iter_errors(whole)] == ["$.files[0].findings[0].expected"]


def test_keys_and_their_order() -> None:
    _, whole = document(FULL)
    assert list(whole) == ["version", "tool", "files", "summary"]
    file = whole["files"][0]
    assert list(file) == [
        *(
            "path",
            "status",
            "error",
            "department",
            "year",
            "amount_unit",
            "tables",
            "checked",
            "not_checked",
            "findings",
        ),
    ]
    assert list(file["tables"]) == [f"0{number}" for number in range(1, 10)]
    assert list(file["tables"]["01"]) == ["status", "sheet", "title"]
    assert list(file["findings"][0]) == [
        *("code", "name", "severity", "table", "sheet", "cell", "item", "column", "message", "expected", "found"),
        *("difference", "tolerance", "evidence", "basis", "help", "fix", "candidates"),
        *("certificate", "explains", "suppressed"),
    ]
    assert list(whole["summary"]) == [
        *("files", "unreadable", "error", "warning", "info", "fixable_safe", "fixable_unsafe"),
    ]


def test_values() -> None:
    _, whole = document(FULL, unreadable())
    first, second = whole["files"][0]["findings"]
    assert first["fix"] == {
        "safety": "safe",
        "reason": None,
        "title": "将 公开03!F12 由 14.27 改为 14.72",
        "edits": [{"sheet": "公开03", "cell": "F12", "old": "14.27", "new": "14.72"}],
    }
    assert (first["sheet"], first["cell"], first["difference"]) == ("公开03", "F12", "-0.45")
    assert first["explains"] == ["XF301", "TO103"]
    assert first["evidence"] == [{"sheet": "公开03", "cell": "F13"}]
    assert first["candidates"][1] == [{"sheet": "公开02", "cell": "D9"}, {"sheet": "公开03", "cell": "F12"}]
    assert (second["sheet"], second["cell"], second["fix"], second["suppressed"]) == (None, None, None, None)
    assert whole["files"][0]["tables"]["08"]["status"] == "empty"
    assert whole["files"][1]["error"].startswith("坏.xlsx")
    assert whole["summary"] == {
        "files": 2, "unreadable": 1, "error": 1, "warning": 0, "info": 1, "fixable_safe": 1, "fixable_unsafe": 0
    }  # fmt: skip


def test_a_blank_total_has_an_empty_old_value() -> None:
    fix = Fix(safety=Safety.SAFE, title="填", edits=(Edit(cell=SHEET03, old="", new=5.5),))
    _, whole = document(report(replace(finding(), fix=fix)))
    edit = whole["files"][0]["findings"][0]["fix"]["edits"][0]
    assert (edit["old"], edit["new"]) == ("", "5.50")


def test_the_document_cannot_steer_a_terminal_and_keeps_what_stands_there() -> None:
    nasty: Finding = finding(message="甲\x1b[2J\x9b\u202e\u2066\ud800乙")
    text, whole = document(report(nasty))
    assert not {"\x1b", "\x9b", "\u202e", "\u2066", "\ud800"} & set(text)
    assert whole["files"][0]["findings"][0]["message"] == nasty.message


def test_one_line_a_file_so_that_it_can_be_streamed() -> None:
    text, _ = document(FULL, FULL, unreadable())
    assert len(text.splitlines()) == 5


def test_what_python_said_of_a_rule_that_failed_is_kept_for_its_author() -> None:
    skipped = (NotChecked(code="WB901", reason="甲", detail="ValueError: x"), NotChecked(code="TO401", reason="乙"))
    assert file_json(report(not_checked=skipped))["not_checked"] == [
        {"code": "WB901", "reason": "甲", "detail": "ValueError: x"},
        {"code": "TO401", "reason": "乙"},
    ]
