from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.desk.desk import Desk
from gongkai.desk.preferences import Preferences, PreferencesError, load_preferences, save_preferences
from gongkai_checks.options import Options

from .conftest import Ask
from .memory_workbook import MemoryWorkbook


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "新" / "settings.toml"
    assert load_preferences(path) == Preferences()
    for preferences in (Preferences(), Preferences(profile="truncate", ignore=("CL", "WB007"), mark=False)):
        save_preferences(preferences, path)
        assert load_preferences(path) == preferences
    assert preferences.options() == Options(profile="truncate", ignore=("CL", "WB007"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("profile = 1", "half_up"),
        ("mark = 'yes'", "true"),
        ("ignore = 'CL'", "列表"),
        ("ignore = ['CL; DROP']", "不是规则代码"),
        ("colour = 1", "没有名为“colour”的设置"),
        ("= nonsense", "不是有效的 TOML"),
        ("\x00", "不是有效的 TOML"),
    ],
)
def test_a_file_that_is_not_understood_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PreferencesError) as caught:
        load_preferences(path)
    assert told in str(caught.value) and str(path) in str(caught.value)


def test_settings_are_changed_and_hold_for_the_next_check(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    assert "四舍五入" in ask(wrong, "settings").sentence
    answer = ask(wrong, "settings", settings={"ignore": ["xf", "FM004"], "mark": False})
    assert "不校验的规则：XF、FM004" in answer.sentence
    codes = {line.code for line in ask(wrong, "check_workbook").lines}
    assert codes and not any(code.startswith("XF") or code == "FM004" for code in codes)
    assert wrong.writes == 0
    assert load_preferences(desk.preferences_file).ignore == ("XF", "FM004")


def test_nothing_is_changed_by_a_setting_that_does_not_exist(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    for given in ({"ignore": ["ZZ9"]}, {"profile": "none"}, {"mark": 1}, {"colour": "red"}):
        answer = ask(wrong, "settings", settings=given)
        assert answer.outcome == "refused" and "设置没有改动" in answer.sentence
    assert not desk.preferences_file.exists()


def test_a_file_changed_by_hand_holds_at_once_and_a_bad_one_is_told(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk
) -> None:
    desk.preferences_file.parent.mkdir()
    desk.preferences_file.write_text("mark = false\n", encoding="utf-8")
    ask(wrong, "check_workbook")
    assert wrong.writes == 0
    desk.preferences_file.write_text("mark = falsch\n", encoding="utf-8")
    assert "不是有效的 TOML" in ask(wrong, "check_workbook").sentence
    assert wrong.writes > 0
