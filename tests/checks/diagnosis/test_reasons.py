"""Each fix says why it is as safe as it is."""

from __future__ import annotations

import pytest

from gongkai_checks.finding import Finding, Safety
from gongkai_workbooks.disclosure import Disclosure

from .published import findings, published


def errors(disclosure: Disclosure) -> list[Finding]:
    return [finding for finding in findings(disclosure) if finding.severity and finding.severity.word == "error"]


@pytest.mark.parametrize(
    ("changes", "safety", "reason"),
    [
        (
            {"t03__合计__本年支出合计": "676.00"},
            Safety.SAFE,
            "只有改这一格能使有关关系全部相符，公开01“本年支出合计”也是这个数",
        ),
        (
            {"t06__公用经费合计__决算数": ""},
            Safety.SAFE,
            "合计空白而各组成数齐全，填上后有关关系全部相符",
        ),
        ({"t06__30101__决算数": "35.00"}, Safety.MANUAL, "种可能，仅凭表内数字不能断定，不自动修正"),
        (
            {"t03__2210202__基本支出": "", "t03__2210202__项目支出": "3.19"},
            Safety.UNSAFE,
            "2 格一并改动才相符，须对照账面数确认",
        ),
    ],
)
def test_the_reason_fits_the_grade(changes: dict[str, str], safety: Safety, reason: str) -> None:
    told = [one for one in errors(published(**changes)) if one.fix is not None and one.fix.safety is safety]
    assert told, [one.fix for one in errors(published(**changes))]
    assert all(one.fix and one.fix.reason for one in told)
    assert any(one.fix and reason in one.fix.reason for one in told), [one.fix for one in told]


def test_a_formula_is_said_to_be_one() -> None:
    disclosure = published(t03__合计__本年支出合计="676.00")
    table = disclosure.tables["03"]
    cell = table.place("合计", "本年支出合计")
    assert cell is not None
    table.formulas = frozenset({(cell.row, cell.column)})
    [told] = errors(disclosure)
    assert told.fix is not None
    assert (told.fix.safety, told.fix.reason) == (Safety.MANUAL, "该格是公式，不自动覆盖")


def test_a_line_that_is_missing_is_told_once() -> None:
    """The sheets that have the line differ from the one that lacks it: that is the same thing, and stands beneath it."""
    disclosure = published()
    table = disclosure.tables["05"]
    gone = "2101103"
    del table.items[gone]
    for key in [key for key in table.amounts if key[0] == gone]:
        del table.amounts[key]
    told = findings(disclosure)
    assert [one.code for one in told] == ["DX006"]
    assert told[0].fix is not None
    assert told[0].fix.reason == "补一行须人工进行"
