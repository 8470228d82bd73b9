from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.commands import excel
from gongkai.excel_setup import ExcelSetup
from gongkai_addins import build_add_in
from gongkai_workbooks.user_folders import config_home, data_home
from tests.plugin.conftest import Program
from tests.plugin.test_excel_setup import START, Memory


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ExcelSetup:
    """As on Windows, in a folder and a registry of the test's own."""
    made = ExcelSetup(tmp_path / "XLSTART", Memory(), START)
    monkeypatch.setattr(excel, "user_setup", lambda: made)
    return made


def test_installed_looked_at_and_removed(gongkai: Program, setup: ExcelSetup) -> None:
    done = gongkai("excel", "status")
    assert done.code == 1 and "未安装" in done.out
    done = gongkai("excel", "install")
    assert done.code == 0 and str(setup.path) in done.out
    assert setup.path.read_bytes() == build_add_in()
    done = gongkai("excel", "status")
    assert done.code == 0 and str(setup.path) in done.out and "与本版本不同" not in done.out and START in done.out
    assert "已卸载" in gongkai("excel", "uninstall").out
    assert not setup.path.exists()
    assert "没有安装" in gongkai("excel", "uninstall").out


def test_nothing_of_the_user_is_left_but_what_he_wants_to_keep(
    gongkai: Program, setup: ExcelSetup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "roaming"))

    def leave() -> None:
        for path in (data_home() / "helper.log", data_home() / "reports" / "甲.txt", config_home() / "settings.toml"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")

    gongkai("excel", "install")
    leave()
    assert gongkai("excel", "uninstall", "--keep-settings").code == 0
    assert not data_home().exists() and (config_home() / "settings.toml").exists()
    leave()
    assert gongkai("excel", "uninstall").code == 0
    assert not data_home().exists() and not config_home().exists()


def test_a_given_file_is_taken(gongkai: Program, setup: ExcelSetup, tmp_path: Path) -> None:
    given = tmp_path / "我的.xlam"
    given.write_bytes(b"PK-signed")
    assert gongkai("excel", "install", "--add-in", str(given)).code == 0
    assert setup.path.read_bytes() == b"PK-signed"
    assert "与本版本不同" in gongkai("excel", "status").out
    given.write_bytes(b"MZ")
    for name in (str(given), str(tmp_path / "没有.xlam")):
        done = gongkai("excel", "install", "--add-in", name)
        assert done.code == 2 and "xlam" in done.err
    assert setup.path.read_bytes() == b"PK-signed"


def test_elsewhere_one_sentence_says_what_there_is_instead(gongkai: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "user_setup", lambda: None)
    for what in ("install", "uninstall", "status"):
        done = gongkai("excel", what)
        assert done.code == 2
        assert "只用于 Windows" in done.err and "LibreOffice" in done.err
