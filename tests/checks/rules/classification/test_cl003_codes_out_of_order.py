"""CL003: the order of the rows."""

from __future__ import annotations

from gongkai_checks.rules.classification.cl003_codes_out_of_order import codes_out_of_order
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import FUNCTIONAL_ROWS, clean, functional, missing, table, with_table


def test_row_above_its_place() -> None:
    rows = [*FUNCTIONAL_ROWS[:-2], FUNCTIONAL_ROWS[-1], FUNCTIONAL_ROWS[-2]]
    [finding] = findings(codes_out_of_order, with_table(table("05", functional("05", rows))))
    assert finding.message == "公开05的科目次序不对：2210201 排在 2210203 之后"
    assert (str(finding.cell), finding.evidence[0].a1) == ("公开05!A18", "A17")


def test_several_places_are_one_finding() -> None:
    rows = [*FUNCTIONAL_ROWS[7:], *FUNCTIONAL_ROWS[3:7], *FUNCTIONAL_ROWS[:3]]
    [finding] = findings(codes_out_of_order, with_table(table("05", functional("05", rows))))
    assert finding.message.endswith("，共 2 处")


def test_class_before_section_before_item_is_order() -> None:
    assert cells(codes_out_of_order, clean()) == []


def test_no_table_by_classification() -> None:
    disclosure = clean()
    for number in ("02", "03", "05"):
        with_table(missing(number), disclosure)
    assert reasons(codes_out_of_order, disclosure) == ["没有列出功能分类科目的表"]
