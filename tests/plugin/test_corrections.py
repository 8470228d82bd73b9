from __future__ import annotations

from dataclasses import replace

from gongkai.corrections import choose_fixes, culprits, new_errors, with_fixes
from gongkai.language import Words
from gongkai_checks.finding import Edit, Finding, Fix, Safety, Severity
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import SetValue
from gongkai_workbooks.grid import CellValue, Grid

from .reports import SHEET03, finding

ZH = Words("zh")
GRID = Grid("公开03", [["合计", 20.0], ["", 14.27], [], ["甲"]], top=11, left=5)
OTHER = CellRef("公开03", 11, 6)


def fixing(cell: CellRef, old: CellValue, new: CellValue, safety: Safety = Safety.SAFE, code: str = "XF305") -> Finding:
    fix = Fix(safety=safety, title="改", edits=(Edit(cell=cell, old=old, new=new),))
    return replace(finding(code, cell), fix=fix)


def test_only_proven_fixes_unless_asked() -> None:
    safe, unsafe, manual = (
        fixing(SHEET03, 14.27, 14.72),
        fixing(OTHER, 20.0, 2.0, Safety.UNSAFE),
        fixing(OTHER, 20.0, 3.0, Safety.MANUAL),
    )
    assert choose_fixes([manual, unsafe, safe], [GRID], unsafe=False, words=ZH).fixes == (safe,)
    assert choose_fixes([manual, unsafe, safe], [GRID], unsafe=True, words=ZH).fixes == (safe, unsafe)


def test_a_formula_a_changed_cell_and_a_missing_sheet_are_left_alone() -> None:
    formula = replace(GRID, formulas=frozenset({(12, 6)}))
    for grids, reason in (([formula], "公式"), ([replace(GRID, sheet="别表")], "没有工作表"), ([GRID], "不一致")):
        plan = choose_fixes([fixing(SHEET03, 14.27 if grids != [GRID] else 99.0, 14.72)], grids, unsafe=False, words=ZH)
        assert plan.fixes == ()
        assert reason in plan.not_changed[0].reason


def test_fixes_that_contradict_one_another_are_not_both_made() -> None:
    first, same, contrary = (
        fixing(SHEET03, 14.27, 14.72),
        fixing(SHEET03, 14.27, 14.72, code="XF306"),
        fixing(SHEET03, 14.27, 99.0, Safety.UNSAFE),
    )
    plan = choose_fixes([contrary, first, same], [GRID], unsafe=True, words=ZH)
    assert plan.fixes == (first, same)
    assert plan.not_changed[0].finding is contrary
    assert plan.values() == (SetValue(cell=SHEET03, old=14.27, new=14.72),)
    assert [(change.old, change.new) for change in plan.changes({})] == [("14.27", "14.72")]


def test_the_sheet_as_it_will_be() -> None:
    grid = replace(GRID, faults={(12, 6): "#REF!"})
    far = CellRef("公开03", 13, 7)
    changed, untouched = with_fixes(
        [grid, replace(GRID, sheet="别表")],
        [SetValue(cell=SHEET03, old="", new=14.72), SetValue(cell=far, old="", new=1.0)],
    )
    assert (changed.value(12, 6), changed.value(13, 7), changed.value(11, 6), changed.value(14, 5)) == (
        14.72,
        1.0,
        20.0,
        "甲",
    )
    assert changed.faults == {}
    assert grid.value(12, 6) == 14.27
    assert untouched.value(12, 6) == 14.27


def test_a_relation_that_was_broken_before_is_no_new_error() -> None:
    relation, other = finding("TO101", OTHER), finding("TO102", OTHER)
    before = [replace(finding("XF305", SHEET03), explained=(finding("XF305", OTHER), relation))]
    elsewhere = replace(finding("XF301", OTHER), explained=(finding("XF301", SHEET03), relation))
    assert new_errors(before, [relation]) == []
    assert new_errors(before, [other]) == [other]
    assert new_errors(before, [elsewhere]) == [elsewhere]
    assert new_errors([*before, finding("XF301", SHEET03)], [elsewhere]) == []


def test_new_warnings_do_not_undo_a_fix() -> None:
    assert new_errors([], [finding(severity=Severity.WARNING)]) == []


def test_a_new_error_is_laid_at_the_fix_that_touches_its_cells() -> None:
    first, second = fixing(SHEET03, 14.27, 14.72), fixing(OTHER, 20.0, 2.0)
    assert culprits([finding(cell=None, evidence=(OTHER,))], [first, second]) == [second]
    assert culprits([finding(cell=SHEET03)], [first, second]) == [first]
    # what merely speaks for the error is not to blame while another fix touches its very cell
    assert culprits([finding(cell=SHEET03, evidence=(OTHER,))], [first, second]) == [first]
    assert culprits([finding(cell=CellRef("公开09", 1, 1))], [first, second]) == [first, second]
