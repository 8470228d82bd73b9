"""docs/plugins.md: the package it shows works as it stands there."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai import check_workbook
from gongkai_checks.finding import Finding
from gongkai_checks.registry import load_registry
from gongkai_workbooks.figures import Figures
from gongkai_workbooks.form_cells import lay_out
from gongkai_workbooks.form_workbook import write_sheets
from gongkai_workbooks.forms import load_form
from gongkai_workbooks.samples import Sample, load_samples

PAGE = Path(__file__).parents[1] / "docs" / "plugins.md"
PACKAGE = "gongkai_mycity"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package of the page, where Python finds it as one that was installed."""
    text = PAGE.read_text(encoding="utf-8")
    files = dict(re.findall(r"^`(\S+)`[^\n]*：\n\n```\w+\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL))
    assert list(files) == ["pyproject.toml", f"{PACKAGE}/__init__.py", f"{PACKAGE}/mycity.toml"]
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    info = tmp_path / f"{PACKAGE}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    entries = [f"{name} = {module}" for name, module in project["entry-points"]["gongkai"].items()]
    (info / "entry_points.txt").write_text("\n".join(["[gongkai]", *entries, ""]), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop(PACKAGE, None)


def jianghan() -> Sample:
    return next(sample for sample in load_samples() if "江汉" in sample.workbook)


def found(folder: Path, **changes: dict[tuple[str, str], int]) -> list[Finding]:
    """Findings that the two rules have a part in, on the published figures with some amounts changed (分, by table)."""
    sample = jianghan()
    tables = dict(sample.figures.tables)
    for name, amounts in changes.items():
        number = name.removeprefix("t")
        table = sample.figures.table(number)
        tables[number] = replace(table, amounts={**table.amounts, **amounts})
    sheets = lay_out(
        load_form("national"),
        Figures(tables=tables),
        year=sample.year,
        department=sample.department,
        amount_unit=sample.amount_unit,
    )
    path = folder / "决算.xlsx"
    write_sheets(sheets, path, year=sample.year)
    report = check_workbook(path)
    assert report.status == "checked"
    return [
        finding
        for finding in report.findings
        if any(one.code.startswith("MC") for one in (finding, *finding.explained))
    ]


def test_its_rules_and_its_layout_are_loaded(installed: Path) -> None:
    registry = load_registry()
    assert registry.problems == ()
    assert {"MC601", "MC901"} <= registry.by_code.keys()
    assert installed / PACKAGE / "mycity.toml" in registry.layouts


def test_its_rule_finds_what_it_is_for(installed: Path) -> None:
    assert found(installed) == []
    [finding] = found(installed, t09={("公务用车购置费", "决算数"): 18_0000_00})
    assert (finding.code, finding.name, finding.table, finding.found) == ("MC901", "car-bought", "09", "18.00")
    assert finding.basis == "某市公务用车管理办法"


def test_its_equation_finds_what_it_is_for(installed: Path) -> None:
    """The wrong amount breaks a built-in sum as well: one cause, with both beneath it."""
    [finding] = found(installed, t06={("30228", "决算数"): 9999_0000_00})
    assert (finding.table, finding.found) == ("06", "9999.00")
    assert {explained.code for explained in finding.explained} == {"XF601", "MC601"}


def test_without_the_package_there_is_nothing_of_it() -> None:
    assert not {"MC601", "MC901"} & load_registry().by_code.keys()
