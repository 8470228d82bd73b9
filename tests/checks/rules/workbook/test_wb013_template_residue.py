"""WB013: words of the blank form."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.workbook.wb013_template_residue import template_residue
from tests.checks.applied import cells, findings
from tests.checks.tables import FUNCTIONAL_ROWS, Line, clean, functional, table, with_table


@pytest.mark.parametrize(
    ("note", "residue"),
    [
        ("××部门2024年度无政府性基金预算财政拨款支出。", "××"),
        ("XX局2024年度无政府性基金预算财政拨款支出。", "XX"),
        ("○○局无政府性基金", "○○"),
        ("2024年度部门名称政府采购支出总额 0.10 万元", "部门名称"),
        ("比上年增长(下降) 27.34 %", "增长(下降)"),
        ("下降（增长）27.78%", "下降（增长）"),
        ("（如持平作持平）", "（如持平作持平）"),
        ("无政府性基金预算财政拨款收入支出的，仍保留该表格式", "无政府性基金预算财政拨款收入支出的，仍保留该表格式"),
        ("较上年减增加 3.00", "减增加"),
        ("决算数大小于预算数", "大小于"),
    ],
)
def test_residue_in_a_note(note: str, residue: str) -> None:
    made = table("07", [Line("合计", {})], notes=("注：本表反映情况。", note))
    [finding] = findings(template_residue, with_table(made))
    assert str(finding.cell) == "公开07!A9"
    assert f"“{residue}”" in finding.message
    assert finding.found == note


@pytest.mark.parametrize(
    "note",
    [
        "注：1.本表反映部门本年度的总收支和年末结转结余情况。",
        "部门名称：某市某局",
        "二○○八年",
        "比上年增长 3.00，下降 2.00",
        "X光机购置",
        "长3×宽4",
    ],
)
def test_ordinary_text(note: str) -> None:
    made = table("07", [Line("合计", {})], notes=(note,))
    assert cells(template_residue, with_table(made)) == []


def test_department_left_as_a_placeholder_is_said_once() -> None:
    disclosure = clean()
    for made in disclosure.tables.values():
        made.department = "××部门"
    [finding] = findings(template_residue, disclosure)
    assert str(finding.cell) == "公开01!A3"
    assert "共 9 处" in finding.message
    assert len(finding.evidence) == 8


def test_titles_and_labels_are_read() -> None:
    rows = [*FUNCTIONAL_ROWS[:-1], ("2210299", "XX支出", "1.00", "1.00", "")]
    disclosure = with_table(table("03", functional("03", rows)))
    disclosure.tables["05"].printed_title = "××年度支出决算表"
    assert cells(template_residue, disclosure) == ["公开03!A18", "公开05!A1"]


def test_clean_disclosure() -> None:
    assert cells(template_residue, clean()) == []
