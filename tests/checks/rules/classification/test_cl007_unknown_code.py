"""CL007: codes that the office's own list does not hold."""

from __future__ import annotations

from pathlib import Path

from gongkai_checks.dictionary import load_dictionary
from gongkai_checks.rules.classification.cl007_unknown_code import unknown_code
from tests.checks.applied import cells, findings, reasons
from tests.checks.tables import FUNCTIONAL_ROWS, clean


def own(folder: Path, *left_out: str) -> str:
    path = folder / "科目.csv"
    lines = [f"{code},{name}\n" for code, name, *_ in FUNCTIONAL_ROWS if code not in left_out]
    path.write_text("".join(lines), encoding="utf-8")
    return str(path)


def test_code_that_is_not_listed(tmp_path: Path) -> None:
    [finding] = findings(unknown_code, clean(), load_dictionary(own(tmp_path, "2210203")))
    assert (str(finding.cell), finding.found) == ("公开02!A18", "2210203")
    assert [str(cell) for cell in finding.evidence] == ["公开03!A18", "公开05!A18"]


def test_all_codes_are_listed(tmp_path: Path) -> None:
    assert cells(unknown_code, clean(), load_dictionary(own(tmp_path))) == []


def test_built_in_list_is_too_short_to_say() -> None:
    [reason] = reasons(unknown_code, clean())
    assert "--dictionary" in reason
