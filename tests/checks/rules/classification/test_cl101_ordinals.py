"""CL101: 一、二、三、…"""

from __future__ import annotations

import pytest

from gongkai_checks.rules.classification.cl101_ordinals import function_lines_out_of_order, ordinal
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import Line, table, with_table


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("一、一般公共服务支出", 1),
        ("十、节能环保支出", 10),
        ("十九、住房保障支出", 19),
        ("二十、粮油物资储备支出", 20),
        ("二十六、抗疫特别国债安排的支出", 26),
        ("廿一、国有资本经营预算支出", 21),
        (" 八 、社会保障和就业支出", 8),
        ("一般公共服务支出", None),
        ("十月支出", None),
    ],
)
def test_ordinal(label: str, number: int | None) -> None:
    assert ordinal(label) == number


def lines(*labels: tuple[str, str]) -> list[Line]:
    return [Line(key, {"决算数": "1.00"}, label, "class") for key, label in labels]


SEVENTH, EIGHTH, NINTH = (
    ("207", "七、文化旅游体育与传媒支出"),
    ("208", "八、社会保障和就业支出"),
    ("210", "九、卫生健康支出"),
)


def marked(*labels: tuple[str, str]) -> list[str]:
    return cells(function_lines_out_of_order, with_table(table("01", lines(*labels))))


def test_gap_and_repetition() -> None:
    assert marked(SEVENTH, NINTH) == ["公开01!A8"]
    assert marked(SEVENTH, EIGHTH, ("210", "八、卫生健康支出")) == ["公开01!A9"]


def test_classes_in_the_wrong_order() -> None:
    assert marked(SEVENTH, ("210", "八、卫生健康支出"), ("208", "九、社会保障和就业支出")) == ["公开01!A9"]


def test_unbroken_order() -> None:
    assert marked(SEVENTH, EIGHTH, NINTH) == []


def test_line_of_a_place_of_its_own_only_needs_the_next_ordinal() -> None:
    assert marked(SEVENTH, ("地方专项支出", "八、地方专项支出"), ("208", "九、社会保障和就业支出")) == []


def test_finding_names_both_lines() -> None:
    [finding] = findings(function_lines_out_of_order, with_table(table("01", lines(SEVENTH, NINTH))))
    assert finding.message == "公开01的支出科目次序不连续：“七、文化旅游体育与传媒支出”之后是“九、卫生健康支出”"
    assert [cell.a1 for cell in finding.evidence] == ["A7"]


def test_lines_without_ordinals() -> None:
    made = table("01", lines(("207", "文化旅游体育与传媒支出"), ("210", "卫生健康支出")))
    assert reasons(function_lines_out_of_order, with_table(made)) == ["公开01的支出科目没有序号"]
