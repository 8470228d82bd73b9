"""CL005 and CL006: names unlike the dictionary's, by what is known of them."""

from __future__ import annotations

from pathlib import Path

from gongkai_checks.dictionary import load_dictionary
from gongkai_checks.rules.classification.cl005_name_differs_from_classification import name_differs_from_classification
from gongkai_checks.rules.classification.cl006_name_unusual import name_unusual
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import cells, findings
from tests.checks.tables import FUNCTIONAL_ROWS, clean, functional, table, with_table


def everywhere(code: str, name: str) -> Disclosure:
    disclosure = clean()
    for number in ("02", "03", "05"):
        rows = [*FUNCTIONAL_ROWS, (code, name, "0.00", "", "")]
        with_table(table(number, functional(number, rows)), disclosure)
    return disclosure


def test_name_of_another_code() -> None:
    # As published by a district in 2025; 2111101 is 生态环境监测与信息.
    [finding] = findings(name_differs_from_classification, everywhere("2111101", "减排专项支出"))
    assert (str(finding.cell), finding.found, finding.expected) == ("公开02!A19", "减排专项支出", "生态环境监测与信息")
    assert [str(cell) for cell in finding.evidence] == ["公开03!A19", "公开05!A19"]


def test_name_in_force_former_name_and_unknown_code() -> None:
    for code, name in (("2111103", "减排专项支出"), ("2080501", "归口管理的行政单位离退休"), ("2219700", "随便什么")):
        assert cells(name_differs_from_classification, everywhere(code, name)) == []
        assert cells(name_unusual, everywhere(code, name)) == []


def test_name_that_was_never_confirmed_is_only_a_hint() -> None:
    disclosure = everywhere("2010104", "人代会会议")
    assert cells(name_differs_from_classification, disclosure) == []
    [finding] = findings(name_unusual, disclosure)
    assert (finding.found, finding.expected) == ("人代会会议", "人大会议")


def test_list_of_the_office_counts_as_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "科目.csv"
    path.write_text("2010104,人大会议\n", encoding="utf-8")
    own = load_dictionary(str(path))
    disclosure = everywhere("2010104", "人代会会议")
    assert cells(name_differs_from_classification, disclosure, own) == ["公开02!A19"]
    assert cells(name_unusual, disclosure, own) == []


def test_tables_that_disagree_are_left_to_the_rule_on_that() -> None:
    rows = [*FUNCTIONAL_ROWS, ("2111101", "减排专项支出", "0.00", "", "")]
    disclosure = everywhere("2111101", "生态环境监测与信息")
    with_table(table("02", functional("02", rows)), disclosure)
    assert cells(name_differs_from_classification, disclosure) == []


def test_clean_disclosure() -> None:
    assert cells(name_differs_from_classification, clean()) == []
    assert cells(name_unusual, clean()) == []
