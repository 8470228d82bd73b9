"""The hierarchy of codes, whole and with levels left out."""

from __future__ import annotations

from gongkai_checks.code_tree import CodeTree, code_tree
from gongkai_workbooks.disclosure import Item, Table, TableStatus


def tree_of(*codes: str) -> CodeTree:
    items = {}
    for row, key in enumerate(codes, 8):
        items[key] = Item(key, "", row, {}, "code", key.partition("#")[0])
    return code_tree(Table("03", "支出决算表", TableStatus.CHECKED, items=items))


def test_items_hang_under_sections_under_classes() -> None:
    tree = tree_of("208", "20805", "2080501", "2080505", "210", "21011", "2101101")
    assert tree.top == ("208", "210")
    assert tree.children == {
        "208": ("20805",),
        "20805": ("2080501", "2080505"),
        "210": ("21011",),
        "21011": ("2101101",),
    }
    assert tree.leaves == ("2080501", "2080505", "2101101")


def test_missing_level_is_bridged() -> None:
    tree = tree_of("208", "2080501", "2080505")
    assert tree.children == {"208": ("2080501", "2080505")}


def test_items_without_parents_are_at_the_top() -> None:
    tree = tree_of("2080501", "2101101")
    assert tree.top == ("2080501", "2101101")
    assert {"208", "20805"} <= tree.stems


def test_repeated_code_counts_twice_and_is_named() -> None:
    tree = tree_of("208", "20805", "20805#2")
    assert tree.children == {"208": ("20805", "20805#2")}
    assert tree.repeated == {"20805"}


def test_codes_above_printed_ones_that_are_not_printed_are_gaps() -> None:
    assert tree_of("208", "20805", "2080501").gaps == frozenset()
    assert tree_of("208", "2080501", "21011").gaps == {"20805", "210"}


def test_order_of_the_codes() -> None:
    assert tree_of("208", "20805", "2080501", "210").in_order
    assert not tree_of("208", "20805", "210", "20808").in_order


def test_codes_by_level() -> None:
    tree = tree_of("208", "20805", "2080501", "208#2", "21011", "2101101", "类款项")
    assert (tree.classes, tree.sections) == (("208",), ("20805", "21011"))
    assert (set(tree.class_parents), set(tree.section_parents)) == ({"208"}, {"20805", "21011"})
