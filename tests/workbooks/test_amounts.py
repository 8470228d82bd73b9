"""Amount cells: numbers, text, dashes, units behind a number."""

from __future__ import annotations

import time

import pytest

from gongkai_workbooks.amounts import WAN_YUAN, YUAN, AmountUnit, Figure, read_figure, stated_unit


@pytest.mark.parametrize(
    ("text", "unit", "fen", "half_width"),
    [
        ("14.72万元", WAN_YUAN, 14_720_000, 5_000),
        ("14.72 万", WAN_YUAN, 14_720_000, 5_000),
        ("１４．７２ 万元", WAN_YUAN, 14_720_000, 5_000),
        ("¥147,200.00元", YUAN, 14_720_000, 0),
        ("(14.72)万元", WAN_YUAN, -14_720_000, 5_000),
        # The unit behind the number counts, not that of the table.
        ("147200元", WAN_YUAN, 14_720_000, 0),
        ("14.72万元", YUAN, 14_720_000, 5_000),
        ("0.5亿元", WAN_YUAN, 5_000_000_000, 50_000_000),
        ("147.2千元", WAN_YUAN, 14_720_000, 500),
    ],
)
def test_a_unit_behind_the_number(text: str, unit: AmountUnit, fen: int, half_width: int) -> None:
    assert read_figure(text, unit) == Figure(fen, half_width, True)


@pytest.mark.parametrize("text", ["万元", "元", "五万元", "1.2.3万元", "万元14.72"])
def test_a_unit_without_a_number(text: str) -> None:
    assert read_figure(text, WAN_YUAN) == "不是金额"


@pytest.mark.parametrize(
    ("text", "name"), [("1万", "万元"), ("1 百元 ", "百元"), ("'1元", "元"), ("1", None), ("元1", None)]
)
def test_stated_unit(text: str, name: str | None) -> None:
    unit = stated_unit(text)
    assert (unit and unit.name) == name


@pytest.mark.parametrize("text", [" " * 32_000 + "元", "万" * 32_000, "1" * 32_000 + "元", "1" + " " * 32_000 + "x元"])
def test_long_cells_take_no_time(text: str) -> None:
    start = time.perf_counter()
    assert isinstance(read_figure(text, WAN_YUAN), str)
    assert time.perf_counter() - start < 1


def test_grain_and_half_width() -> None:
    assert (YUAN.grain, YUAN.half_width) == (1, 0)
    assert (WAN_YUAN.grain, WAN_YUAN.half_width) == (10_000, 5_000)
    rounded = AmountUnit("元", 100, 10_000)
    assert (rounded.grain, rounded.half_width) == (10_000, 5_000)
