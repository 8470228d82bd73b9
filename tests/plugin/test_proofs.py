from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from gongkai.language import Words
from gongkai.proofs import proof_lines, proof_text
from gongkai_checks.finding import Claim, Proof
from gongkai_workbooks.cells import CellRef

from .reports import SHEET03, finding, report

HOME = "公开03"
SHEETS = {"收入表": "公开02", HOME: "公开03"}
ZH, EN = Words("zh"), Words("en")


def cells(column: int, *rows: int, sheet: str = HOME) -> list[CellRef]:
    return [CellRef(sheet, row, column) for row in rows]


def claim(
    left: dict[CellRef, str], right: dict[CellRef, str], weight: int = 1, relation: Literal["=", "<="] = "="
) -> Claim:
    terms = (*((1, cell) for cell in left), *((-1, cell) for cell in right))
    figures = (*left.values(), *right.values())
    return Claim(code="XF301", weight=weight, terms=terms, figures=figures, lefts=len(left), relation=relation)


def proof(*claims: Claim, difference: str = "9.01", tolerance: str = "0.02") -> Proof:
    return Proof(claims=claims, difference=difference, tolerance=tolerance)


def test_a_short_sum_is_spelled_out_so_that_it_can_be_added_up() -> None:
    parts = dict(zip(cells(5, 8, 11, 21), ("14.72", "624.54", "27.73"), strict=True))
    shown = proof(claim({CellRef(HOME, 7, 5): "676.00"}, parts))
    assert proof_text(shown, HOME, SHEETS, ZH) == (
        "E7 676.00，E8＋E11＋E21＝14.72＋624.54＋27.73＝666.99；相差 +9.01，超出容差 0.02"
    )
    assert proof_text(shown, HOME, SHEETS, EN) == (
        "E7 676.00, E8＋E11＋E21＝14.72＋624.54＋27.73＝666.99: difference +9.01, beyond the tolerance 0.02"
    )


def test_a_long_sum_is_given_by_its_ranges() -> None:
    parts = dict.fromkeys(cells(6, *range(8, 18), 20), "1000.00")
    shown = proof(claim({CellRef(HOME, 7, 6): "676.00"}, parts), difference="-10324.00")
    assert proof_text(shown, HOME, SHEETS, ZH).startswith(
        "F7 676.00，F8:F17、F20（11 格）合计 11,000.00；相差 -10,324.00"
    )


def test_a_cell_of_another_table_is_named_by_it_and_a_blank_side_is_said_to_be_blank() -> None:
    there = CellRef("收入表", 9, 6)
    assert proof_text(proof(claim({}, {there: "17.01"}), difference="-17.01"), HOME, SHEETS, ZH).startswith(
        "空白（0.00），公开02!F9 17.01；相差 -17.01"
    )
    assert "某表!F9" in proof_text(proof(claim({}, {CellRef("某表", 9, 6): "1.00"})), HOME, SHEETS, ZH)


def test_a_sheet_is_named_where_it_changes() -> None:
    elsewhere = dict(zip(cells(6, 9, 11, sheet="收入表"), ("1.00", "2.00"), strict=True))
    shown = proof_text(proof(claim({SHEET03: "9.00"}, {**elsewhere, CellRef(HOME, 8, 6): "3.00"})), HOME, SHEETS, ZH)
    assert shown.startswith("F12 9.00，公开02!F9＋F11＋公开03!F8＝1.00＋2.00＋3.00＝6.00；")


def test_what_must_not_exceed_something_says_so() -> None:
    bound = claim({CellRef(HOME, 7, 5): "9.00"}, {CellRef(HOME, 8, 5): "7.00"}, relation="<=")
    assert "E7 9.00，不应大于 E8 7.00" in proof_text(proof(bound), HOME, SHEETS, ZH)


def test_amounts_that_are_taken_off_keep_their_signs() -> None:
    terms = ((1, SHEET03), (-1, CellRef(HOME, 13, 6)), (1, CellRef(HOME, 14, 6)))
    mixed = Claim(code="XF301", weight=1, terms=terms, figures=("5.00", "-3.00", "1.00"), lefts=1)
    assert proof_text(proof(mixed), HOME, SHEETS, ZH).startswith("F12 5.00，F13－F14＝-3.00－1.00＝-4.00；")


def test_several_relations_together_are_numbered_and_their_differences_add_up() -> None:
    """The second counts negatively: it is told the other way round, so that all differences have one sign."""
    total, part, copy = (CellRef(HOME, row, 5) for row in (7, 8, 9))
    shown = proof(
        claim({total: "51.44"}, {part: "51.43"}),
        claim({total: "51.44"}, {copy: "51.45"}, weight=-2),
        difference="+0.03",
        tolerance="0.015",
    )
    assert proof_text(shown, HOME, SHEETS, ZH) == (
        "① E7 51.44，E8 51.43，差 +0.01；② E9 51.45，E7 51.44，差 +0.01×2"
        "；各式相加差 +0.03，相同的格互相抵消，其余各格的容差只有 0.015"
    )


@pytest.mark.parametrize(("most", "rest"), [(1, "（另有 2 式同样不符）"), (3, "")])
def test_only_so_many_proofs_are_shown(most: int, rest: str) -> None:
    one = proof(claim({SHEET03: "9.00"}, {CellRef(HOME, 8, 5): "7.00"}), difference="2.00")
    lines = proof_lines(replace(finding(), proofs=(one, one, one)), report(), ZH, most)
    assert len(lines) == most
    assert lines[-1] == f"F12 9.00，E8 7.00；相差 +2.00，超出容差 0.02{rest}"


def test_a_finding_without_proofs_has_no_line() -> None:
    assert proof_lines(finding(), report(), ZH, 3) == []
