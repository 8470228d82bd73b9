"""Fills and borders as Excel and LibreOffice tell them, in the words of a file."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import Span
from gongkai_workbooks.package.live_looks import border_before, fill_before

ONE = Span(2, 2, 2, 2)
CELL = CellRef("表", 2, 2)
NOTHING: dict[str, Any] = {"left": {}, "right": {}, "top": {}, "bottom": {}}


def plain(xml: str) -> str:
    """The XML without its namespace, empty sides left out."""
    root = etree.fromstring(xml)
    for element in list(root):
        if not len(element) and not element.attrib:
            root.remove(element)
    return (
        etree.tostring(root).decode().replace(' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"', "")
    )


@pytest.mark.parametrize(
    ("told", "shown", "expected"),
    [
        ({"Pattern": -4142}, "", '<fill><patternFill patternType="none"/></fill>'),
        (
            {"Pattern": 1, "Color": 0x50D092},
            "92D050",
            '<fill><patternFill patternType="solid"><fgColor rgb="FF92D050"/></patternFill></fill>',
        ),
        (
            {"Pattern": 1, "Color": 255, "ThemeColor": 5, "TintAndShade": 0.4},
            "FF0000",
            '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.4"/></patternFill></fill>',
        ),
        (
            {"Pattern": 14, "Color": 0xFFFFFF, "PatternColor": 255},
            "pattern14 FFFFFF",
            '<fill><patternFill patternType="lightUp"><fgColor rgb="FFFF0000"/><bgColor rgb="FFFFFFFF"/></patternFill></fill>',
        ),
        ({"fill": -1}, "", '<fill><patternFill patternType="none"/></fill>'),
        (
            {"fill": 0x92D050},
            "92D050",
            '<fill><patternFill patternType="solid"><fgColor rgb="FF92D050"/></patternFill></fill>',
        ),
    ],
)
def test_fills(told: dict[str, Any], shown: str, expected: str) -> None:
    assert plain(fill_before(told, shown)) == expected


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ({"LineStyle": 1, "Weight": 1, "Color": 0}, "hair"),
        ({"LineStyle": 1, "Weight": 2, "Color": 0}, "thin"),
        ({"LineStyle": 1, "Weight": -4138, "Color": 0}, "medium"),
        ({"LineStyle": 1, "Weight": 4, "Color": 0}, "thick"),
        ({"LineStyle": -4115, "Weight": 2, "Color": 0}, "dashed"),
        ({"LineStyle": -4115, "Weight": -4138, "Color": 0}, "mediumDashed"),
        ({"LineStyle": -4118, "Weight": 2, "Color": 0}, "dotted"),
        ({"LineStyle": -4119, "Weight": 4, "Color": 0}, "double"),
        ({"LineStyle": 5, "Weight": -4138, "Color": 0}, "mediumDashDotDot"),
        ([0, 0, 2, 0, 0, 2], "hair"),
        ([0, 0, 26, 0, 0, 26], "thin"),
        ([0, 0, 62, 0, 0, 62], "medium"),
        ([0, 0, 88, 0, 0, 88], "thick"),
        ([0, 0, 26, 0, 1, 26], "dotted"),
        ([0, 0, 26, 0, 14, 26], "dashed"),
        ([0, 18, 18, 18, 3, 53], "double"),
    ],
)
def test_lines(line: object, style: str) -> None:
    told = {**(NOTHING if isinstance(line, dict) else dict.fromkeys(NOTHING, [0] * 6)), "left": line}
    assert (
        plain(border_before(told, ONE, CELL))
        == f'<border><left style="{style}"><color rgb="FF000000"/></left></border>'
    )


def test_a_merged_range_has_its_lines_along_its_edges_only() -> None:
    thin, thick = ({"LineStyle": 1, "Weight": weight, "Color": 0x0000FF} for weight in (2, 4))
    told = {**NOTHING, "top": [thin, {}, thick], "right": [thick, thin]}
    span = Span(2, 2, 3, 4)
    found = {
        (row, column): plain(border_before(told, span, CellRef("表", row, column)))
        for row in (2, 3)
        for column in (2, 3, 4)
    }
    red = '<color rgb="FFFF0000"/>'
    assert found == {
        (2, 2): f'<border><top style="thin">{red}</top></border>',
        (2, 3): "<border/>",
        (2, 4): f'<border><right style="thick">{red}</right><top style="thick">{red}</top></border>',
        (3, 2): "<border/>",
        (3, 3): "<border/>",
        (3, 4): f'<border><right style="thin">{red}</right></border>',
    }
