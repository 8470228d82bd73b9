"""What keeps Excel from loading the add-in is told with its cure: Excel itself leaves it out without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.excel_setup import ExcelSetup
from gongkai.helper.condition import condition
from gongkai.helper.excel_trust import obstacles
from gongkai.language import Words
from tests.plugin.test_excel_setup import Memory

WORDS = Words("zh")
OWN, POLICY = (rf"Software\{part}Microsoft\Office\16.0\Excel\Security" for part in ("", "Policies\\"))


def told(registry: Memory, add_in: Path) -> list[str]:
    return [*obstacles(registry.read, add_in, WORDS)]


@pytest.mark.parametrize(
    ("key", "name", "sentence"),
    [
        (OWN, "DisableAllAddins", "Excel 的信任中心禁用了所有加载项"),
        (POLICY, "DisableAllAddins", "单位的组策略禁用了所有加载项"),
        (POLICY, "RequireAddinSig", "单位的组策略只许加载有签名的加载项"),
        (POLICY.replace("16.0", "14.0"), "RequireAddinSig", "Office 14.0"),
    ],
)
def test_what_the_office_or_the_user_has_switched_off(tmp_path: Path, key: str, name: str, sentence: str) -> None:
    registry, add_in = Memory(), tmp_path / "gongkai.xlam"
    registry.write(key, name, "0")
    assert told(registry, add_in) == []
    registry.write(key, name, "1")
    [found] = told(registry, add_in)
    assert sentence in found


def test_macros_that_are_off_matter_only_where_no_place_is_trusted(tmp_path: Path) -> None:
    registry, add_in = Memory(), tmp_path / "gongkai.xlam"
    registry.write(POLICY, "VBAWarnings", "4")
    assert told(registry, add_in) == []
    registry.write(rf"{POLICY}\Trusted Locations", "AllLocationsDisabled", "1")
    [found] = told(registry, add_in)
    assert "取消了受信任位置" in found
    registry.write(POLICY, "VBAWarnings", "2")
    assert told(registry, add_in) == []


def test_a_file_that_was_sent_is_told_apart_from_one_that_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = ExcelSetup(tmp_path, Memory(), '"pythonw.exe" -m gongkai helper run')
    monkeypatch.setattr("gongkai.helper.condition.user_setup", lambda: setup)
    setup.install(b"PK")

    def trust() -> list[tuple[str, bool]]:
        return [(text, good) for heading, text, good in condition(WORDS) if heading == "加载项的信任"]

    assert trust() == [("没有发现妨碍加载的设置", True)]
    # Windows keeps the mark behind the name of the file; elsewhere that is a file of its own.
    Path(f"{setup.path}:Zone.Identifier").write_text("[ZoneTransfer]\r\nZoneId=3\r\n", encoding="ascii")
    [(text, good)] = trust()
    assert not good and "解除锁定" in text
