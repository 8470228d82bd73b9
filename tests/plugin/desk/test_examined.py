from __future__ import annotations

import pytest

from gongkai.desk.desk import Desk
from gongkai.session import Session

from .conftest import Ask
from .memory_workbook import MemoryWorkbook
from .test_checking import TOTAL03


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for each time that the rules were applied."""
    counted: list[object] = []
    check = Session.check

    def counting(session: Session, disclosures: object) -> object:
        counted.append(disclosures)
        return check(session, disclosures)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "check", counting)
    return counted


def test_what_did_not_change_is_not_checked_again(ask: Ask, wrong: MemoryWorkbook, checks: list[object]) -> None:
    first = ask(wrong, "check_workbook")
    second = ask(wrong, "check_workbook")
    assert first.sentence == second.sentence
    assert [(line.cell, line.text) for line in first.lines] == [(line.cell, line.text) for line in second.lines]
    assert len(checks) == 1
    # A correction looks at the workbook before and after; what it will be was foreseen.
    ask(wrong, "fix_safe")
    assert len(checks) == 2
    ask(wrong, "undo_last")
    assert len(checks) == 2


def test_a_change_of_a_cell_or_a_setting_is_seen(
    ask: Ask, wrong: MemoryWorkbook, checks: list[object], desk: Desk
) -> None:
    ask(wrong, "check_workbook", mark=False)
    wrong.put(TOTAL03, 667.0)
    assert TOTAL03 not in {line.cell for line in ask(wrong, "check_workbook", mark=False).lines}
    ask(wrong, "settings", settings={"ignore": ["FM004"]})
    assert "FM004" not in {line.code for line in ask(wrong, "check_workbook", mark=False).lines}
    assert len(checks) == 3
