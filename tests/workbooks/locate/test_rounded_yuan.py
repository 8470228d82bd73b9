"""Figures in 元 that were 万元 with two decimals before keep the half-width of 0.01 万元; all others in 元 are exact."""

from __future__ import annotations

from gongkai_workbooks.amounts import WAN_YUAN, YUAN, format_fen
from gongkai_workbooks.disclosure import Disclosure

from .table_text import read

FIGURES = [100, 2600, 300, 40000, 500, 61200, 700, 800, 900, 1000]


def disclosed(figures: list[float | str], unit: str = "元", more: str = "") -> Disclosure:
    lines = "\n".join(f"'{2080501 + n}|某支出|{figure}|" for n, figure in enumerate(figures))
    return read(
        f"支出决算表\n单位：{unit}\n科目编码|科目名称|本年支出合计|基本支出\n{lines}", *([more] if more else [])
    )


def widths(disclosure: Disclosure, table: str = "03") -> set[int]:
    return {amount.half_width for amount in disclosure.tables[table].amounts.values()}


def test_ten_multiples_of_a_hundred_yuan_were_rounded() -> None:
    disclosure = disclosed([*FIGURES, 0, 100])
    assert widths(disclosure) == {5000}
    for unit in (disclosure.amount_unit, disclosure.tables["03"].amount_unit):
        assert unit is not None
        assert (unit.name, unit.fen, unit.grain, unit.half_width) == ("元", 100, 10_000, 5_000)
        assert format_fen(6_120_000, unit) == "61200.00"
    amount = disclosure.amount("03", "2080506", "本年支出合计")
    assert amount is not None
    assert (amount.fen, amount.cell and amount.cell.a1) == (6_120_000, "C9")


def test_figures_that_are_not_or_too_few_are_exact() -> None:
    for figures in ([*FIGURES, 1234.56], [*FIGURES, 1050], FIGURES[:9], [*FIGURES[:9], 100, 0, 0]):
        disclosure = disclosed(list(figures))
        assert widths(disclosure) == {0}
        assert disclosure.amount_unit == disclosure.tables["03"].amount_unit == YUAN


def test_figures_in_ten_thousand_yuan_are_left_alone() -> None:
    disclosure = disclosed(list(FIGURES), "万元")
    assert (disclosure.amount_unit, widths(disclosure)) == (WAN_YUAN, {5000})


def test_every_table_in_yuan_counts() -> None:
    other = "收入决算表\n单位：元\n科目编码|科目名称|本年收入合计|财政拨款收入\n合计||{}|100"
    assert widths(disclosed(list(FIGURES), more=other.format("99.99"))) == {0}
    both = disclosed(list(FIGURES), more=other.format("800"))
    assert (widths(both), widths(both, "02")) == ({5000}, {5000})
    in_wan = disclosed(list(FIGURES), more=other.replace("元", "万元").format("99.99"))
    assert (widths(in_wan), widths(in_wan, "02")) == ({5000}, {5000})
    assert in_wan.tables["02"].amount_unit == WAN_YUAN


def test_figures_in_yuan_without_a_stated_unit_in_their_table() -> None:
    other = "收入决算表\n科目编码|科目名称|本年收入合计|财政拨款收入\n合计||800|100"
    disclosure = disclosed(list(FIGURES), more=other)
    assert widths(disclosure, "02") == {5000}
    assert disclosure.tables["02"].amount_unit is None
    assert disclosure.amount_unit.grain == 10_000
