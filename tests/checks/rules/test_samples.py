"""The workbook, form and classification rules over the sample workbooks: published figures raise no alarm."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import openpyxl
import pytest

from gongkai_checks.finding import Finding, Severity
from gongkai_checks.rule import Rule
from gongkai_checks.rules.classification import RULES as CLASSIFICATION
from gongkai_checks.rules.form import RULES as FORM
from gongkai_checks.rules.workbook import RULES as WORKBOOK
from gongkai_checks.schemas import validate
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.grid import CellValue, Grid
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate
from tests.checks.applied import results

SAMPLES = Path(__file__).parents[3] / "workbooks" / "samples"


def located(name: str) -> Disclosure:
    book = openpyxl.load_workbook(SAMPLES / name)
    grids = []
    for sheet in book.worksheets:
        rows = [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]
        grids.append(Grid(sheet.title, cast("list[list[CellValue]]", rows)))
    return locate(grids, load_layout(), path=name)


def all_findings(disclosure: Disclosure) -> list[tuple[str, Severity, str]]:
    """Code, severity and cell without the sheet's name."""
    by_code = {rule.code: rule for rule in FORM}
    found = [(by_code[f.code].severity, f) for f in validate([disclosure], frozenset(by_code))[0]]
    for rule in (*WORKBOOK, *FORM, *CLASSIFICATION):
        if isinstance(rule, Rule):
            found += [(rule.severity, f) for f in results(rule, disclosure) if isinstance(f, Finding)]
    return sorted((f.code or "", s, f"{f.table}!{f.cell.a1 if f.cell else ''}") for s, f in found)


@pytest.mark.parametrize("name", ["江汉区医疗保障局2024.xlsx", "青山区医疗保健办公室2024.xlsx"])
def test_published_accounts_raise_nothing(name: str) -> None:
    assert all_findings(located(name)) == []


def test_sample_with_errors_raises_those_of_form_and_heading() -> None:
    assert [(severity, place) for _, severity, place in all_findings(located("示例-有错误.xlsx"))] == [
        (Severity.WARNING, "08!A1"),  # empty without a note
        (Severity.ERROR, "05!A1"),  # of another year
        (Severity.INFO, "02!F23"),  # a number stored as text
    ]
