"""CL006: severity and applicability; the cases are with CL005, whose counterpart it is."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.rules.classification.cl005_name_differs_from_classification import name_differs_from_classification
from gongkai_checks.rules.classification.cl006_name_unusual import name_unusual
from tests.checks.applied import reasons
from tests.checks.tables import clean, missing, with_table


def test_unconfirmed_names_are_no_more_than_a_hint() -> None:
    assert name_unusual.severity is Severity.INFO
    assert name_differs_from_classification.severity is Severity.WARNING


def test_no_table_by_classification() -> None:
    disclosure = clean()
    for number in ("02", "03", "05"):
        with_table(missing(number), disclosure)
    assert reasons(name_unusual, disclosure) == ["没有列出功能分类科目的表"]
    assert reasons(name_differs_from_classification, disclosure) == ["没有列出功能分类科目的表"]
