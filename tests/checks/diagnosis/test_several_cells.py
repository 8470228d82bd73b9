"""One cause in several cells, and several causes that share relations."""

from __future__ import annotations

from gongkai_checks.finding import Safety

from .published import findings, published


def test_class_and_section_that_lost_the_same_digit() -> None:
    """As published by another department: a section total lost a digit, and its class was copied from it."""
    [finding] = findings(published(t03__21015__基本支出="17.77", t03__210__基本支出="32.38"))
    assert finding.fix and finding.fix.safety is Safety.UNSAFE
    assert {(edit.cell.a1, edit.old, edit.new) for edit in finding.fix.edits} == {
        ("F17", 17.77, 157.77),
        ("F11", 32.38, 172.38),
    }
    assert {explained.code for explained in finding.explained} >= {"XF301", "XF303", "XF304"}


def test_amount_in_the_wrong_fund() -> None:
    changes = {"t04__221__一般公共预算财政拨款": "", "t04__221__政府性基金预算财政拨款": "27.73"}
    [finding] = findings(published(**changes))
    assert finding.fix and finding.fix.safety is Safety.UNSAFE
    assert [(edit.cell.a1, edit.old, edit.new) for edit in finding.fix.edits] == [
        ("H26", 27.73, ""),
        ("G26", "", 27.73),
    ]
    assert "列错栏" in finding.message


def test_amount_in_the_wrong_kind_of_expenditure() -> None:
    [finding] = findings(published(t03__2210202__基本支出="", t03__2210202__项目支出="3.19"))
    assert finding.fix and {edit.cell.a1 for edit in finding.fix.edits} == {"F24", "G24"}


def test_two_errors_of_one_row_are_two_causes() -> None:
    told = findings(published(t03__210__基本支出="172.83", t03__210__项目支出="425.16"))
    assert {(finding.cell.a1, finding.expected) for finding in told if finding.cell} == {
        ("F11", "172.38"),
        ("G11", "452.16"),
    }
    assert all(finding.fix and finding.fix.safety is Safety.UNSAFE for finding in told)
